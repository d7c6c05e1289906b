import { SyscallError } from '../kernel/errors.ts'
import { exitCodeOf } from '../kernel/signals.ts'
import type { ExitStatus, Fd, OpenFile } from '../kernel/types.ts'
import { drawMillis, latencies } from '../latencies.ts'
import type { Millis } from '../time/clock.ts'
import type { Task } from '../time/tasks.ts'
import { pause, Wakeable } from '../time/tasks.ts'
import type { EntryId } from '../trace/entries.ts'
import type { Container, ExecRole } from './container.ts'
import { commandFailure } from './process-spec.ts'
import type { Rooms } from './rooms.ts'
import { pidsOfHelpers } from './rooms.ts'
import type { ExecResult, ExecSession, Streams } from './types.ts'
import { RuntimeError } from './types.ts'

/** Output beyond this is read, so that the command can go on, but not kept. */
const maxKeptChars = 262_144

class Session implements ExecSession {
  status: ExitStatus | undefined
  readonly ended = new Wakeable()
  /** Ends the command at its time limit. */
  kill: () => void = () => undefined
}

interface Exec {
  readonly argv: readonly string[]
  readonly fds: ReadonlyMap<Fd, OpenFile>
  readonly role: ExecRole
  readonly streams: Streams
  readonly cause: EntryId | undefined
}

/** Models containerd's Exec: one more process in the container's namespaces. */
function startExec(rooms: Rooms, container: Container, exec: Exec): Session {
  if (container.state !== 'running') {
    const state = container.state === 'exited' ? 'CONTAINER_EXITED' : 'CONTAINER_CREATED'
    throw new RuntimeError('Unknown', `failed to exec in container: container is in ${state} state`)
  }
  const spec = { ...container.spec, argv: exec.argv }
  const ordinal = container.execs[exec.role]++
  const notStarted = (why: string): RuntimeError => {
    const key = `${container.id}/${exec.role}`
    const id = rooms.chance.text(64, '0123456789abcdef', 'exec-id', key, ordinal)
    return new RuntimeError('Unknown', `failed to exec in container: failed to start exec "${id}": `
      + `OCI runtime exec failed: exec failed: unable to start container process: ${why}: unknown`)
  }
  const missing = commandFailure(spec, container.files)
  if (missing !== undefined) throw notStarted(missing)
  const session = new Session()
  const { env: given } = spec
  const env = exec.streams.tty && !given.has('TERM') ? new Map(given).set('TERM', 'xterm') : given
  try {
    const process = container.machine.start({
      ...spec, env, fds: exec.fds, role: exec.role, newSession: true,
      onEnd: (status) => {
        session.status = status
        session.ended.wake()
      },
      ...(exec.cause === undefined ? {} : { cause: exec.cause }),
      ...(exec.streams.tty ? { tty: exec.streams.tty } : {}),
    })
    session.kill = () => {
      if (!process.ended) container.machine.signal(process.pid, 'KILL', 'runtime', exec.cause)
    }
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    throw notStarted(`exec ${exec.argv[0] ?? ''}: ${error.message.toLowerCase()}`)
  }
  container.machine.skipPids(pidsOfHelpers)
  return session
}

/**
 * Models container_execsync.go: it returns when the command has ended and nobody holds its output
 * open any more, so a hook that leaves a child behind hangs.
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
  const session = startExec(rooms, container, {
    argv, role, cause, streams: {},
    fds: new Map([[0, nullDevice(container)], [1, out.write], [2, err.write]]),
  })
  const collected = [new Collected(out.read), new Collected(err.read)] as const
  const limit = timeoutSeconds > 0 ? rooms.clock.now() + timeoutSeconds * 1000 : undefined
  try {
    const finished = yield* drain(rooms, session, collected, limit)
    if (!finished) {
      session.kill()
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

/** False when the time limit came first. */
function* drain(
  rooms: Rooms, session: Session, outputs: readonly Collected[], limit: Millis | undefined,
): Task<boolean> {
  for (;;) {
    for (const output of outputs) output.read()
    const open = outputs.filter((output) => !output.atEnd)
    if (session.status && open.length === 0) return true
    if (limit !== undefined && rooms.clock.now() >= limit) return false
    const on = open.map((output) => output.file.readable)
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

/** A command with streams of its own, as `kubectl exec` asks for it. */
export function exec(
  rooms: Rooms, container: Container, argv: readonly string[], streams: Streams,
  cause: EntryId | undefined,
): ExecSession {
  const nothing = (): OpenFile => nullDevice(container)
  const fds = new Map<Fd, OpenFile>()
  if (streams.tty) {
    const file = rooms.kernel.openTty(streams.tty)
    for (const fd of [0, 1, 2]) fds.set(fd, file)
  } else {
    fds.set(0, streams.stdin ?? nothing())
    fds.set(1, streams.stdout ?? nothing())
    fds.set(2, streams.stderr ?? nothing())
  }
  return startExec(rooms, container, { argv, fds, role: 'exec', streams, cause })
}
