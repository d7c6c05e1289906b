import { exitCodeOf } from '../kernel/signals.ts'
import { SyscallError } from '../kernel/errors.ts'
import type { ExitStatus, Fd, OpenFile, Signal } from '../kernel/types.ts'
import { drawMillis, latencies } from '../latencies.ts'
import type { Task } from '../time/tasks.ts'
import { pause } from '../time/tasks.ts'
import type { Because, EntryId } from '../trace/entries.ts'
import type { Container } from './container.ts'
import { mountMessageFile } from './mounts.ts'
import { commandFailure, execFailure } from './process-spec.ts'
import type { Rooms } from './rooms.ts'
import { pidsOfHelpers } from './rooms.ts'
import { RuntimeError } from './types.ts'

/** The kubelet keeps this much of the end of a termination message. */
const maxMessageChars = 4096
/** Of a log, these last lines and characters. */
const maxMessageLines = 80
const maxLogMessageChars = 2048

/** Models containerd's StartContainer: the main process begins, or the container ends with 128. */
export function* startContainer(
  rooms: Rooms, container: Container, cause: EntryId | undefined,
): Task {
  const { chance, clock } = rooms
  const { config } = container
  const delay = drawMillis(chance, latencies.startContainer, 'start-container', container.id)
  yield* pause(clock, delay)
  const failure = commandFailure(container.spec, container.files)
  if (failure === undefined) return begin(rooms, container, cause)
  const text = 'failed to create containerd task: failed to create shim task: OCI runtime create '
    + `failed: runc create failed: unable to start container process: ${failure}: unknown`
  container.state = 'exited'
  container.finishedAt = rooms.clock.now()
  container.exitCode = 128
  container.reason = 'StartError'
  container.message = text
  container.endedBecause = config.commandBecause ?? []
  container.entry = recordExit(rooms, container, cause ?? container.entry)
  rooms.noteChange()
  throw new RuntimeError('Unknown', text)
}

/** Starts PID 1. */
function begin(rooms: Rooms, container: Container, cause: EntryId | undefined): void {
  const { config, spec, machine, files } = container
  const messagePath = config.terminationMessagePath
  if (messagePath !== '') mountMessageFile(files, messagePath)
  if (!files.exists(spec.cwd)) files.mkdir(spec.cwd, { parents: true })
  if (config.readOnlyRoot) files.makeRootReadOnly()
  const entry = rooms.trace.write({
    kind: 'container-started', target: config.target, containerId: container.id,
    attempt: config.attempt,
  }, cause ?? container.entry, config.commandBecause)
  container.log.cause = entry
  try {
    container.main = machine.start({
      ...spec, fds: standardFiles(rooms, container), role: 'main', cause: entry,
      onEnd: (status) => onExit(rooms, container, status),
      ...(container.tty ? { tty: container.tty, newSession: true } : {}),
    })
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    rooms.scheduler.spawn(failToExecute(rooms, container, error))
  }
  machine.skipPids(pidsOfHelpers)
  container.state = 'running'
  container.startedAt = rooms.clock.now()
  container.startEntry = entry
  container.entry = entry
  rooms.noteChange()
}

/**
 * Models runc's standard_init_linux.go: when execve fails the container has started and nobody
 * listens to its first process any more, so that says it in the log and ends with 1.
 */
function* failToExecute(rooms: Rooms, container: Container, error: SyscallError): Task {
  const { chance, clock } = rooms
  yield* pause(clock, drawMillis(chance, latencies.execFailure, 'exec-failure', container.id))
  const text = `${execFailure(container.spec, container.files, error)}\n`
  container.log.write('stderr', text)
  container.output.write('stderr', text)
  onExit(rooms, container, { kind: 'exited', code: 1 })
}

function standardFiles(rooms: Rooms, container: Container): ReadonlyMap<Fd, OpenFile> {
  const { kernel } = rooms
  const { config, log, output } = container
  const sink = (stream: 'stdout' | 'stderr'): OpenFile =>
    kernel.createSink(`pipe:[${container.id.slice(0, 6)}]`, (text) => {
      log.write(stream, text)
      output.write(stream, text)
    })
  if (config.tty) {
    container.tty = kernel.createTty({
      name: '/dev/pts/0', size: { columns: 80, rows: 24 },
      onOutput: (text) => {
        log.write('stdout', text)
        output.write('stdout', text)
      },
    })
    const file = kernel.openTty(container.tty)
    return new Map([[0, file], [1, file], [2, file]])
  }
  if (!config.stdin) {
    const empty = container.files.open('/dev/null', { read: true })
    return new Map([[0, empty], [1, sink('stdout')], [2, sink('stderr')]])
  }
  const pipe = kernel.createPipe()
  container.stdin = pipe.write
  return new Map([[0, pipe.read], [1, sink('stdout')], [2, sink('stderr')]])
}

function onExit(rooms: Rooms, container: Container, status: ExitStatus): void {
  container.state = 'exited'
  container.finishedAt = rooms.clock.now()
  container.exitCode = exitCodeOf(status)
  container.reason = container.machine.outOfMemory ? 'OOMKilled'
    : container.exitCode === 0 ? 'Completed' : 'Error'
  container.log.finish()
  container.message = terminationMessage(container)
  container.entry = recordExit(rooms, container, container.main?.cause ?? container.startEntry)
  container.exited.wake()
  rooms.noteChange()
}

function recordExit(rooms: Rooms, container: Container, cause: EntryId | undefined): EntryId {
  const { config, id, exitCode, reason } = container
  const because: readonly Because[] = container.machine.outOfMemory
    ? [{ rule: 'oom-killed' }] : container.endedBecause
  return rooms.trace.write({
    kind: 'container-exited', target: config.target, containerId: id, attempt: config.attempt,
    exitCode, reason,
  }, cause, because)
}

/** What the container left for whoever looks at its end. */
function terminationMessage(container: Container): string {
  const written = messageFile(container)
  if (written !== '' || container.exitCode === 0 || !container.config.messageFromLog) return written
  const lines = container.log.lines.slice(-maxMessageLines)
    .map(({ text, partial }) => (partial ? text : `${text}\n`))
  return lines.join('').slice(-maxLogMessageChars)
}

function messageFile({ config, files }: Container): string {
  const path = config.terminationMessagePath
  if (path === '' || !files.exists(path)) return ''
  try {
    return files.readFile(path).slice(-maxMessageChars)
  } catch (error) {
    if (error instanceof SyscallError) return ''
    throw error
  }
}

export interface Stop {
  readonly seconds: number
  readonly cause: EntryId | undefined
  readonly because: readonly Because[]
}

/**
 * Models containerd's container_stop.go stopContainer: the stop signal once and to PID 1 only; when
 * the time is over, SIGKILL.
 */
export function* stopContainer(rooms: Rooms, container: Container, stop: Stop): Task {
  if (!isRunning(container)) return
  const { chance, clock } = rooms
  yield* pause(clock, drawMillis(chance, latencies.stopSignal, 'stop-signal', container.id))
  if (isRunning(container)) yield* signalAndWait(rooms, container, stop)
  yield* pause(clock, drawMillis(chance, latencies.exitNotice, 'exit-notice', container.id))
}

function* signalAndWait(rooms: Rooms, container: Container, stop: Stop): Task {
  const signal = stopSignal(container)
  const because: Because[] = [...stop.because]
  if (container.image.stopSignal) because.push({ rule: 'stop-signal-of-image' })
  const entry = rooms.trace.write({
    kind: 'stop', target: container.config.target, signal: `SIG${signal}`, seconds: stop.seconds,
  }, stop.cause, because)
  if (stop.seconds > 0) {
    send(container, signal, entry)
    yield* waitForExit(rooms, container, stop.seconds * 1000)
  }
  if (isRunning(container)) {
    const grace = stop.because.filter((one) => 'field' in one)
    container.endedBecause = [{ rule: 'grace-period-over' }, ...grace]
    send(container, 'KILL', entry, container.endedBecause)
    while (isRunning(container)) yield { on: [container.exited] }
  }
}

function isRunning(container: Container): boolean {
  return container.state === 'running'
}

function stopSignal({ image }: Container): Signal {
  return image.stopSignal ?? 'TERM'
}

function send(
  container: Container, signal: Signal, cause: EntryId | undefined,
  because: readonly Because[] = [],
): void {
  if (container.main && !container.main.ended) {
    container.machine.signal(container.main.pid, signal, 'runtime', cause, because)
  }
}

function* waitForExit(rooms: Rooms, container: Container, millis: number): Task {
  const until = rooms.clock.now() + millis
  while (isRunning(container) && rooms.clock.now() < until) {
    yield { on: [container.exited], until }
  }
}
