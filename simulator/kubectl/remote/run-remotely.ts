import type { StatusError } from '../../api/types.ts'
import { exitCodeOf } from '../../kernel/signals.ts'
import type { ExitCode, Process, Tty } from '../../kernel/types.ts'
import type { ExecSession, Streams } from '../../runtime/types.ts'
import type { Task, Wakeable } from '../../time/tasks.ts'
import { Failure, StatusFailure } from '../command/failure.ts'
import type { Session } from '../session.ts'
import { LentFile } from './lent-file.ts'
import { RemoteTerminal } from './remote-terminal.ts'

export interface Remote {
  readonly stdin: boolean
  readonly tty: boolean
  readonly connect: (streams: Streams) => Task<ExecSession | StatusError>
}

/** Joins kubectl's streams with those of a remote command, and ends as it ends. */
export function* runRemotely(session: Session, remote: Remote): Task<ExitCode> {
  const { process } = session
  const wanted = remote.stdin && remote.tty
  const local = wanted && process.isTty(0) ? process.tty : undefined
  if (wanted && !local) {
    session.err('Unable to use a TTY - input is not a terminal or the right kind of file\n')
  }
  yield* session.flush()
  const ended = local
    ? yield* overTerminal(process, remote, local) : yield* overFiles(process, remote)
  return exitOf(session, ended)
}

function* overFiles(process: Process, remote: Remote): Task<ExecSession> {
  const lend = (fd: number) => {
    const file = process.fds.get(fd)
    return file ? new LentFile(file) : undefined
  }
  const [stdin, stdout, stderr] = [remote.stdin ? lend(0) : undefined, lend(1), lend(2)]
  const streams: Streams = {
    ...(stdin ? { stdin } : {}), ...(stdout ? { stdout } : {}), ...(stderr ? { stderr } : {}),
  }
  try {
    const started = accepted(yield* remote.connect(streams))
    while (started.status === undefined) yield* process.suspend({ on: [started.ended] })
    return started
  } finally {
    for (const file of [stdin, stdout, stderr]) file?.hangUp()
  }
}

function* overTerminal(process: Process, remote: Remote, local: Tty): Task<ExecSession> {
  const far = new RemoteTerminal(process, local)
  try {
    const started = accepted(yield* remote.connect({ tty: far.tty }))
    const keys = process.fds.get(0)!
    const typing: Wakeable[] = [keys.readable]
    for (;;) {
      const typed = typing.length > 0 ? keys.readNow(4096) : undefined
      if (typed === '') typing.length = 0
      else if (typed !== undefined) far.type(typed)
      const text = far.take()
      if (text !== '') yield* process.write(1, text)
      else if (started.status !== undefined) return started
      else if (typed === undefined || typed === '') {
        const woken = yield* process.suspend({ on: [started.ended, far.arrived, ...typing] })
        while (woken === 'signal' && process.takeSignal() !== undefined) far.resize()
      }
    }
  } finally {
    far.close()
  }
}

/** What the kubelet could not do is an error of the stream, not of the server. */
export function accepted(answer: ExecSession | StatusError): ExecSession {
  if (!('message' in answer)) return answer
  const { code, reason, message } = answer
  throw reason === 'InternalError'
    ? new Failure(message) : new StatusFailure({ kind: 'Status', code, reason, message })
}

function exitOf(session: Session, { status }: ExecSession): ExitCode {
  if (!status || status.kind === 'stopped') return 0
  const code = exitCodeOf(status)
  if (code !== 0) session.err(`command terminated with exit code ${code}\n`)
  return code
}
