import { limits } from '../limits.ts'
import type { Task } from '../time/tasks.ts'
import { SyscallError } from './errors.ts'
import { halt } from './halt.ts'
import type { KernelProcess } from './process.ts'
import { deliver, deliverToGroup, isOrphanedGroup } from './signal-delivery.ts'
import type { Fd, OpenFile } from './types.ts'

/** A system call costs a step, and what it copies, and the program then reads, the more. */
const charsPerStep = 512
/** A terminal or a log takes its time, so that endless output stays affordable. */
const charsPerStreamStep = 64

function copyCost(file: OpenFile, chars: number): number {
  const isStream = file.kind === 'tty' || file.kind === 'stream'
  return 1 + chars / (isStream ? charsPerStreamStep : charsPerStep)
}

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
      else yield* process.work(copyCost(file, text.length))
      return text
    }
    if ((yield* process.suspend({ on: [file.readable] })) === 'signal') return undefined
  }
}

/** Reading the terminal from the background stops the group (SIGTTIN); if it cannot stop, EIO. */
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
  let chars = 0
  for (;;) {
    if (process.mustHalt) yield halt
    const file = process.descriptors.get(fd)
    const text = stopsBackground(process, file) ? undefined : file.readNow(limits.pipeChars)
    if (text === '') return parts.join('')
    if (text !== undefined) {
      parts.push(text)
      chars += text.length
      if (chars > limits.processMemoryChars) runOutOfMemory(process)
      yield* process.work(copyCost(file, text.length))
    } else if (!process.mustHalt) yield { on: [file.readable] }
  }
}

/** Models mm/oom_kill.c: who gathers without end is killed, PID 1 too. */
function runOutOfMemory(process: KernelProcess): void {
  process.machine.outOfMemory = true
  deliver(process, 'KILL', {
    sender: 'kernel', outside: true, cause: process.cause, because: [{ rule: 'oom-killed' }],
  })
}

export function * writeAll(process: KernelProcess, fd: Fd, text: string): Task {
  let from = 0
  for (;;) {
    if (process.mustHalt) yield halt
    const file = process.descriptors.get(fd)
    if (text === '') return
    const taken = yield* writeSome(process, file, from === 0 ? text : text.slice(from))
    from += taken
    if (taken > 0) yield* process.work(copyCost(file, taken))
    if (from >= text.length) return
    // Time may have passed since: it waits only when there is no room now, not when there was none.
    if (taken === 0) yield { on: [file.writable] }
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
