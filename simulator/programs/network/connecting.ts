import { SyscallError } from '../../kernel/errors.ts'
import type { Connection, Errno, OpenFile, Process } from '../../kernel/types.ts'
import type { Millis } from '../../time/clock.ts'
import type { Task } from '../../time/tasks.ts'

export type Connected =
  | { readonly kind: 'connected'; readonly connection: Connection }
  | { readonly kind: 'failed'; readonly code: Errno }
  | { readonly kind: 'late' }

/** connect(2) that is given up at a moment of its own. */
export function* connectUntil(
  process: Process, address: string, port: number, deadline: Millis | undefined,
): Task<Connected> {
  let outcome: Connected | undefined
  function* attemptConnect(): Task {
    try {
      outcome = { kind: 'connected', connection: yield* process.network.connect(address, port) }
    } catch (error) {
      if (!(error instanceof SyscallError)) throw error
      outcome = { kind: 'failed', code: error.code }
    }
  }
  const running = process.kernel.scheduler.spawn(attemptConnect())
  const forget = process.atEnd(() => running.cancel())
  while (outcome === undefined) {
    const woken =
      yield* process.suspend(
        { on: [running.done], ...(deadline !== undefined && { until: deadline }) },
      )
    if (woken === 'signal') process.takeSignal()
    if (woken === undefined && deadline !== undefined && process.kernel.clock.now() >= deadline)
      break
  }
  forget()
  if (outcome) return outcome
  running.cancel()
  return { kind: 'late' }
}

/** What can be read now or until the deadline: '' at the end, undefined when it is too late. */
export function* readUntil(
  process: Process, file: OpenFile, deadline: Millis | undefined,
): Task<string | undefined> {
  for (;;) {
    yield* process.work(1)
    const text = file.readNow(65_536)
    if (text !== undefined) return text
    if (deadline !== undefined && process.kernel.clock.now() >= deadline) return undefined
    const woken =
      yield* process.suspend(
        { on: [file.readable], ...(deadline !== undefined && { until: deadline }) },
      )
    if (woken === 'signal') process.takeSignal()
  }
}

/** The address of a host name or of an address in figures. */
export function addressOf(process: Process, host: string): string | undefined {
  if (/^\d+(?:\.\d+){3}$/.test(host)) return host
  if (host === 'localhost') return '127.0.0.1'
  return process.network.resolve(host)
}
