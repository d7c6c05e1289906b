import { SyscallError, strerror } from '../kernel/errors.ts'
import type { Fd, OpenFile } from '../kernel/types.ts'
import type { Task } from '../time/tasks.ts'
import type { Call } from './command.ts'

/** How a program words what went wrong with a file: when opening it, and when reading it. */
export interface InputErrors {
  readonly open: (path: string, why: string) => string
  readonly read: (path: string, why: string) => string
  readonly code?: number
  /** Exit code of a failed read, where it differs from that of a failed open. */
  readonly readCode?: number
}

export function refuseDirectory(file: OpenFile | undefined): boolean {
  return file?.kind === 'directory'
}

/** Opens an operand for line-wise reading; undefined after a complaint. */
export function* openInput(call: Call, path: string, errors: InputErrors): Task<Fd | undefined> {
  const code = errors.code ?? 1
  const fd = yield* call.input(path, (error) => errors.open(path, strerror(error.code)), code)
  if (fd === undefined) return undefined
  if (!refuseDirectory(call.process.fds.get(fd))) return fd
  yield* call.complain(errors.read(path, 'Is a directory'), errors.readCode ?? code)
  call.close(fd)
  return undefined
}

/** All of an operand; undefined after a complaint. */
export function* readInput(
  call: Call,
  path: string,
  errors: InputErrors,
): Task<string | undefined> {
  const fd = yield* openInput(call, path, errors)
  if (fd === undefined) return undefined
  let text: string | undefined
  try {
    text = yield* call.process.readAll(fd)
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    yield* call.complain(errors.read(path, strerror(error.code)), errors.code ?? 1)
  }
  call.close(fd)
  return text
}

/** The next line with its newline, '' at the end. */
export function* nextLine(call: Call, fd: Fd): Task<string> {
  for (;;) {
    yield* call.process.work(1)
    const line = yield* call.process.readLine(fd)
    if (line !== undefined) return line
    call.process.takeSignal()
  }
}

/** Lines of a text without their newlines; a last empty piece is not a line. */
export function linesOf(text: string): string[] {
  const lines = text.split('\n')
  if (lines[lines.length - 1] === '') lines.pop()
  return lines
}
