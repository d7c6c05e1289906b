import type { Fd, Process } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { momentOf } from '../calendar.ts'
import { strftime } from '../strftime.ts'

export type Level = 'debug' | 'info' | 'notice' | 'warn' | 'error' | 'crit' | 'alert' | 'emerg'

const levels: readonly Level[] = [
  'debug',
  'info',
  'notice',
  'warn',
  'error',
  'crit',
  'alert',
  'emerg',
]

/** Where a process of nginx writes, each log opened once and shared by fork. */
export interface Logs {
  readonly error: Fd
  readonly level: string
  /** Access logs by path. */
  readonly access: ReadonlyMap<string, Fd>
}

/** A line of the error log: `2026/11/21 02:45:37 [notice] 1#1: exit`. */
export function* logError(process: Process, logs: Logs, level: Level, text: string): Task {
  const threshold = levels.indexOf((logs.level as Level))
  if (threshold >= 0 && levels.indexOf(level) < threshold) return
  yield* process.write(logs.error, errorLine(process, level, text))
}

export function errorLine(process: Process, level: Level, text: string): string {
  const at = strftime('%Y/%m/%d %H:%M:%S', momentOf(process.kernel.clock.epochMillis()))
  return `${at} [${level}] ${process.pid}#${process.pid}: ${text}\n`
}

export function localTime(process: Process): string {
  return strftime('%d/%b/%Y:%H:%M:%S %z', momentOf(process.kernel.clock.epochMillis()))
}

export function httpTime(epochMillis: number): string {
  return strftime('%a, %d %b %Y %H:%M:%S GMT', momentOf(epochMillis))
}
