import { SyscallError } from '../kernel/errors.ts'
import { exitCodeOf } from '../kernel/signals.ts'
import type { Fd, OpenFile } from '../kernel/types.ts'
import { drawMillis, latencies } from '../latencies.ts'
import type { Millis } from '../time/clock.ts'
import type { Task } from '../time/tasks.ts'
import { pause } from '../time/tasks.ts'
import type { EntryId } from '../trace/entries.ts'
import type { Container, ExecRole } from './container.ts'
import { Session } from './exec-session.ts'
import { commandFailure, execFailure } from './process-spec.ts'
import type { Rooms } from './rooms.ts'
import { pidsOfHelpers } from './rooms.ts'
import type { ExecResult, ExecSession, Streams } from './types.ts'
import { RuntimeError } from './types.ts'

/** Output beyond this is read, so that the command can go on, but not kept. */
const maxKeptChars = 262_144
/** Beyond a command's own time the kubelet waits this long for an answer (runtimeRequestTimeout). */
const callMillis = 120_000

interface Exec {
  readonly session: Session
  readonly argv: readonly string[]
  readonly fds: ReadonlyMap<Fd, OpenFile>
  readonly role: ExecRole
  readonly streams: Streams
  readonly cause: EntryId | undefined
}

/** Models containerd's Exec: one more process in the container's namespaces. */
function startExec(rooms: Rooms, container: Container, exec: Exec): void {
  const ordinal = container.execs[exec.role]++
  // Only failures name it.
  const execId = (): string => rooms.chance.text(
    64, '0123456789abcdef', 'exec-id', `${container.id}/${exec.role}`, ordinal,
  )
  requireRunning(rooms, container, execId)
  const spec = { ...container.spec, argv: exec.argv }
  const notStarted = (why: string): RuntimeError =>
    new RuntimeError('Unknown', 'failed to exec in container: '
      + `failed to start exec "${execId()}": OCI runtime exec failed: exec failed: `
      + `unable to start container process: ${why}: unknown`)
  const missing = commandFailure(spec, container.files)
  if (missing !== undefined) throw notStarted(missing)
  const { session } = exec
  const { env: given } = spec
  const env = exec.streams.tty && !given.has('TERM') ? new Map(given).set('TERM', 'xterm') : given
  try {
    const process = container.machine.start({
      ...spec, env, fds: exec.fds, role: exec.role, newSession: true,
      onEnd: (status) => session.commandEnded(status),
      ...(exec.cause === undefined ? {} : { cause: exec.cause }),
      ...(exec.streams.tty ? { tty: exec.streams.tty } : {}),
    })
    // By a name of its own: V8 gives a function written after `a.b =` to the old generation, where
    // it would keep its container, and with it the lab, until the next full collection.
    const kill = (): void => {
      if (!process.ended) container.machine.signal(process.pid, 'KILL', 'runtime', exec.cause)
    }
    session.kill = kill
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    throw notStarted(execFailure(spec, container.files, error))
  }
  container.machine.skipPids(pidsOfHelpers)
}

/**
 * The shim knows at once that PID 1 has ended, containerd only when it has dealt with the news.
 * Models runtime/v2/runc init_state.go stoppedState.Exec, and execInContainer.
 */
function requireRunning(
  { chance, clock }: Rooms, container: Container, execId: () => string,
): void {
  const { state, finishedAt = -Infinity, id } = container
  if (state === 'running') return
  const notice = drawMillis(chance, latencies.exitNotice, 'exit-notice', id)
  const why = clock.now() < finishedAt + notice
    ? `failed to create exec "${execId()}": cannot exec in a stopped state: unknown`
    : `container is in ${state === 'exited' ? 'CONTAINER_EXITED' : 'CONTAINER_CREATED'} state`
  throw new RuntimeError('Unknown', `failed to exec in container: ${why}`)
}

/**
 * Models container_execsync.go: it returns when the command has ended and nobody holds its output
 * open any more, so a hook that leaves a child behind hangs. At its time limit only the command
 * itself is killed, so even then a child of it is waited for.
 */
export function* execSync(
  rooms: Rooms, container: Container, argv: readonly string[], timeoutSeconds: number,
  role: 'hook' | 'probe', cause: EntryId | undefined,
): Task<ExecResult> {
  const { chance, clock } = rooms
  const key = `${container.id}/${role}`
  const delay = drawMillis(chance, latencies.execStart, 'exec-start', key, container.execs[role])
  yield* pause(clock, delay)
  const out = rooms.kernel.createPipe()
  const err = rooms.kernel.createPipe()
  const session = new Session()
  startExec(rooms, container, {
    session, argv, role, cause, streams: {},
    fds: new Map([[0, nullDevice(container)], [1, out.write], [2, err.write]]),
  })
  const collected = [new Collected(out.read), new Collected(err.read)] as const
  try {
    if (!(yield* finish(rooms, session, collected, timeoutSeconds * 1000))) {
      throw new RuntimeError('DeadlineExceeded', 'failed to exec in container: timeout '
        + `${timeoutSeconds}s exceeded: context deadline exceeded`)
    }
  } finally {
    out.read.close()
    err.read.close()
  }
  const ordinal = container.execs[role]
  yield* pause(clock, drawMillis(chance, latencies.execEnd, 'exec-end', key, ordinal))
  const [stdout, stderr] = collected
  return { exitCode: exitCodeOf(session.status!), stdout: stdout.text, stderr: stderr.text }
}

function nullDevice(container: Container): OpenFile {
  return container.files.open('/dev/null', { read: true, write: true })
}

/** False if the command did not end within its time (0: it may take as long as it likes). */
function* finish(
  rooms: Rooms, session: Session, outputs: readonly Collected[], timeout: Millis,
): Task<boolean> {
  const start = rooms.clock.now()
  const limit = (millis: Millis): Millis | undefined => (timeout > 0 ? start + millis : undefined)
  const hasEnded = (): boolean => session.status !== undefined
  const inTime = yield* drain(rooms, session, outputs, hasEnded, limit(timeout))
  if (!inTime) session.kill()
  const isDrained = (): boolean => hasEnded() && outputs.every(({ atEnd }) => atEnd)
  const answered = yield* drain(rooms, session, outputs, isDrained, limit(timeout + callMillis))
  return inTime && answered
}

/** Reads the outputs until `isOver`; false when the time limit came first. */
function* drain(
  rooms: Rooms, session: Session, outputs: readonly Collected[], isOver: () => boolean,
  limit: Millis | undefined,
): Task<boolean> {
  for (;;) {
    for (const output of outputs) output.read()
    if (isOver()) return true
    if (limit !== undefined && rooms.clock.now() >= limit) return false
    const on = outputs.filter(({ atEnd }) => !atEnd).map(({ file }) => file.readable)
    if (!session.status) on.push(session.ended)
    yield limit === undefined ? { on } : { on, until: limit }
  }
}

/** One output stream of a command, read to its end. */
class Collected {
  text = ''
  atEnd = false

  constructor(readonly file: OpenFile) {}

  read(): void {
    for (;;) {
      const text = this.file.readNow(65_536)
      if (text === undefined) return
      if (text === '') {
        this.atEnd = true
        return
      }
      if (this.text.length < maxKeptChars) this.text += text
    }
  }
}

/**
 * A command with streams of its own, as `kubectl exec` asks for it. Models execInternal: the answer
 * waits for whoever holds its output; a terminal is hung up when its session ends.
 */
export function exec(
  rooms: Rooms, container: Container, argv: readonly string[], streams: Streams,
  cause: EntryId | undefined,
): ExecSession {
  const session = new Session()
  const fds = new Map<Fd, OpenFile>()
  if (streams.tty) {
    const file = rooms.kernel.openTty(streams.tty)
    for (const fd of [0, 1, 2]) fds.set(fd, file)
  } else {
    const nothing = (): OpenFile => nullDevice(container)
    fds.set(0, streams.stdin ?? nothing())
    fds.set(1, session.lend(streams.stdout ?? nothing()))
    fds.set(2, session.lend(streams.stderr ?? nothing()))
  }
  startExec(rooms, container, { session, argv, fds, role: 'exec', streams, cause })
  return session
}
