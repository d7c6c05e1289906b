import type { Pod } from '../../api/kinds.ts'
import type { StatusError } from '../../api/types.ts'
import type { ExitCode, Process, TtyModes } from '../../kernel/types.ts'
import type { ExecSession, Streams } from '../../runtime/types.ts'
import type { Task } from '../../time/tasks.ts'
import { Failure, StatusFailure, usageFailure } from '../command/failure.ts'
import { defaultContainerOf, podBehind } from '../query/pods.ts'
import { LentFile } from '../query/remote-streams.ts'
import { targetsOf } from '../query/targets.ts'
import type { Session } from '../session.ts'

// Models kubectl/cmd/exec ExecOptions.
export function* exec(session: Session): Task<ExitCode> {
  const { flags } = session
  const { name, argv } = words(session)
  const [target] = targetsOf(session, [name], { collections: false, defaultType: 'pods' })
  const pod = podBehind(session, target!)
  if (pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed') {
    throw new Failure('cannot exec into a container in a completed pod; current phase is '
      + pod.status.phase)
  }
  const container = flags.text('container') || defaultContainerOf(session, pod, flags.on('quiet'))
  return yield* runRemotely(session, {
    stdin: flags.on('stdin'), tty: flags.on('tty'),
    connect: (streams) => node(session).exec({
      ...place(session, pod), container, argv, streams,
    }),
  })
}

function words(session: Session): { readonly name: string; readonly argv: readonly string[] } {
  const { args, line } = session
  const { dashAt } = line
  if (dashAt < 0 && args.length > 1) {
    throw usageFailure(line.path, 'exec [POD] [COMMAND] is not supported anymore. '
      + 'Use exec [POD] -- [COMMAND] instead')
  }
  const name = args.length > 0 && dashAt !== 0 ? args[0]! : ''
  const argv = dashAt < 0 ? [] : args.slice(dashAt)
  if (name === '') throw new Failure('pod, type/name or --filename must be specified')
  if (argv.length === 0) throw new Failure('you must specify at least one command for the container')
  return { name, argv }
}

export function node(session: Session) {
  const { node: api } = session.options.api
  if (!api) throw new Failure('dial tcp 192.0.2.2:10250: connect: connection refused')
  return api
}

export function place(session: Session, { metadata }: Pod) {
  const { cause } = session.process
  return {
    namespace: metadata.namespace ?? 'default', pod: metadata.name,
    ...(cause === undefined ? {} : { cause }),
  }
}

export interface Remote {
  readonly stdin: boolean
  readonly tty: boolean
  readonly connect: (streams: Streams) => Task<ExecSession | StatusError>
}

/** Lends kubectl's descriptors to a remote command until it ends, and tells how it ended. */
export function* runRemotely(session: Session, remote: Remote): Task<ExitCode> {
  const { process } = session
  let tty = remote.stdin && remote.tty
  if (tty && !(process.isTty(0) && process.tty)) {
    session.err('Unable to use a TTY - input is not a terminal or the right kind of file\n')
    tty = false
  }
  yield* session.flush()
  const lent = new Map<number, LentFile>()
  for (const fd of [...(remote.stdin ? [0] : []), 1, ...(tty ? [] : [2])]) {
    const file = process.fds.get(fd)
    if (file) lent.set(fd, new LentFile(file))
  }
  const restore = tty ? rawMode(process) : undefined
  try {
    const answer = yield* remote.connect(streamsOf(process, lent, tty))
    if ('message' in answer) throw refusal(answer)
    yield* untilEnded(process, answer, tty)
    return exitOf(session, answer)
  } finally {
    restore?.()
    for (const file of lent.values()) file.hangUp()
  }
}

function streamsOf(process: Process, lent: ReadonlyMap<number, LentFile>, tty: boolean): Streams {
  const [stdin, stdout, stderr] = [lent.get(0), lent.get(1), lent.get(2)]
  return {
    ...(stdin ? { stdin } : {}), ...(stdout ? { stdout } : {}), ...(stderr ? { stderr } : {}),
    ...(tty && process.tty ? { tty: process.tty } : {}),
  }
}

/** Keys go to the remote terminal as they are typed; returns what puts the modes back. */
function rawMode(process: Process): () => void {
  const { modes } = process.tty!
  const before: TtyModes = { ...modes }
  Object.assign(modes, { canonical: false, echo: false, signals: false, mapNewline: false })
  return () => Object.assign(modes, before)
}

function* untilEnded(process: Process, remote: ExecSession, tty: boolean): Task {
  if (tty) process.setDisposition('WINCH', 'catch')
  while (remote.status === undefined) {
    yield* process.suspend({ on: [remote.ended] })
    while (process.takeSignal() !== undefined) {
      if (process.tty) remote.resize?.(process.tty.size)
    }
  }
}

/** What the kubelet could not do is an error of the stream, not of the server. */
function refusal({ code, reason, message }: StatusError): Error {
  return reason === 'InternalError'
    ? new Failure(message) : new StatusFailure({ kind: 'Status', code, reason, message })
}

function exitOf(session: Session, { status }: ExecSession): ExitCode {
  if (!status || status.kind === 'stopped') return 0
  const code = status.kind === 'exited' ? status.code : 128 + (signalNumbers[status.signal] ?? 9)
  if (code !== 0) session.err(`command terminated with exit code ${code}\n`)
  return code
}

const signalNumbers: Readonly<Record<string, number>> = {
  HUP: 1, INT: 2, QUIT: 3, ILL: 4, TRAP: 5, ABRT: 6, BUS: 7, FPE: 8, KILL: 9, USR1: 10, SEGV: 11,
  USR2: 12, PIPE: 13, ALRM: 14, TERM: 15,
}
