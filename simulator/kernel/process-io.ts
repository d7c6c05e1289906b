import { limits } from '../limits.ts'
import type { Task } from '../time/tasks.ts'
import { SyscallError } from './errors.ts'
import { halt } from './halt.ts'
import type { KernelProcess } from './process.ts'
import { deliverToGroup, isOrphanedGroup } from './signal-delivery.ts'
import type { Fd, OpenFile } from './types.ts'

/** A system call costs a step, and what it copies another for each so many characters. */
const charsPerStep = 4096

export function * readAvailable(
  process: KernelProcess, fd: Fd, maxChars: number,
): Task<string | undefined> {
  return yield* readWith(process, fd, (file) => file.readNow(maxChars))
}

export function * readOneLine(process: KernelProcess, fd: Fd): Task<string | undefined> {
  const file = process.descriptors.get(fd)
  if (file.readLineNow) return yield* readWith(process, fd, () => file.readLineNow?.())
  let line = ''
  while (!line.endsWith('\n') && line.length < limits.pipeChars) {
    const key = yield* readWith(process, fd, () => file.readNow(1))
    if (key === undefined || key === '') return line === '' ? key : line
    line += key
  }
  return line
}

function * readWith(
  process: KernelProcess, fd: Fd, take: (file: OpenFile) => string | undefined,
): Task<string | undefined> {
  for (;;) {
    if (process.mustHalt) yield halt
    const file = process.descriptors.get(fd)
    if (stopsBackground(process, file)) continue
    const text = take(file)
    if (text !== undefined) {
      // Whoever typed this is a person: the prompt answers even while the lab is paused.
      if (file.tty) process.cpu.refresh()
      else yield* process.work(1 + text.length / charsPerStep)
      return text
    }
    if ((yield* process.suspend({ on: [file.readable] })) === 'signal') return undefined
  }
}

/** Reading the terminal from the background stops the group (SIGTTIN), or fails if it cannot stop. */
function stopsBackground(process: KernelProcess, file: OpenFile): boolean {
  const { tty } = file
  if (!tty || tty !== process.tty || tty.foreground === 0) return false
  if (process.group === tty.foreground) return false
  if (process.disposition('TTIN') === 'ignore' || isOrphanedGroup(process)) {
    throw new SyscallError('EIO')
  }
  const origin = { sender: 'terminal', outside: false, cause: process.cause } as const
  deliverToGroup(process.namespace.inGroup(process.group), 'TTIN', origin)
  return process.mustHalt
}

export function * readEverything(process: KernelProcess, fd: Fd): Task<string> {
  const parts: string[] = []
  for (;;) {
    if (process.mustHalt) yield halt
    const file = process.descriptors.get(fd)
    const text = stopsBackground(process, file) ? undefined : file.readNow(limits.pipeChars)
    if (text === '') return parts.join('')
    if (text !== undefined) {
      parts.push(text)
      yield* process.work(1 + text.length / charsPerStep)
    } else if (!process.mustHalt) yield { on: [file.readable] }
  }
}

export function * writeAll(process: KernelProcess, fd: Fd, text: string): Task {
  let from = 0
  for (;;) {
    if (process.mustHalt) yield halt
    const file = process.descriptors.get(fd)
    if (text === '') return
    const taken = yield* writeSome(process, file, from === 0 ? text : text.slice(from))
    from += taken
    if (taken > 0) yield* process.work(1 + taken / charsPerStep)
    if (from >= text.length) return
    yield { on: [file.writable] }
  }
}

function * writeSome(process: KernelProcess, file: OpenFile, text: string): Task<number> {
  try {
    return file.writeNow(text)
  } catch (error) {
    if (!(error instanceof SyscallError) || error.code !== 'EPIPE') throw error
    process.raise('PIPE')
    if (process.mustHalt) yield halt
    throw error
  }
}
