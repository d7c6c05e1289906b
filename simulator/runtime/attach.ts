import { SyscallError } from '../kernel/errors.ts'
import type { ExitStatus, OpenFile } from '../kernel/types.ts'
import type { Task } from '../time/tasks.ts'
import { Wakeable } from '../time/tasks.ts'
import type { Container } from './container.ts'
import type { Rooms } from './rooms.ts'
import type { ExecSession, Streams } from './types.ts'

class Attached implements ExecSession {
  status: ExitStatus | undefined
  readonly ended = new Wakeable()
}

/** Connects to the streams of the main process; ends with the container. */
export function attach(rooms: Rooms, container: Container, streams: Streams): ExecSession {
  const session = new Attached()
  const detach: (() => void)[] = []
  const terminal = streams.tty ? rooms.kernel.openTty(streams.tty) : undefined
  if (streams.tty && container.tty) {
    streams.tty.modes = { canonical: false, echo: false, signals: false, mapNewline: false }
    container.tty.resize(streams.tty.size)
  }
  const stdout = terminal ?? streams.stdout
  const stderr = terminal ?? streams.stderr
  if (stdout) detach.push(container.output.attach('stdout', stdout))
  if (stderr) detach.push(container.output.attach('stderr', stderr))
  const input = terminal ?? streams.stdin
  const pump = input ? rooms.scheduler.spawn(feed(container, input)) : undefined
  rooms.scheduler.spawn(untilExit(container), () => {
    pump?.cancel()
    for (const end of detach) end()
    session.status = { kind: 'exited', code: 0 }
    session.ended.wake()
  })
  return session
}

function* untilExit(container: Container): Task {
  while (container.state === 'running') yield { on: [container.exited] }
}

/** Carries what is typed to the container; end of file closes a stdin that is meant for one use. */
function* feed(container: Container, input: OpenFile): Task {
  try {
    for (;;) {
      const text = input.readNow(4096)
      if (text === undefined) yield { on: [input.readable] }
      else if (text === '') break
      else if (container.tty) container.tty.input(text)
      else if (container.stdin) yield* write(container.stdin, text)
    }
    if (container.config.stdinOnce) container.stdin?.close()
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
  }
}

function* write(file: OpenFile, text: string): Task {
  let rest = text
  while (rest !== '') {
    const taken = file.writeNow(rest)
    rest = rest.slice(taken)
    if (taken === 0) yield { on: [file.writable] }
  }
}
