import type { Fd, Process } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import type { Moment } from '../../time/calendar.ts'
import { dayNames, momentOf, monthNames, two } from '../../time/calendar.ts'

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
  const at = momentOf(process.kernel.clock.epochMillis())
  const date = `${at.year}/${two(at.month)}/${two(at.day)}`
  return `${date} ${timeOfDay(at)} [${level}] ${process.pid}#${process.pid}: ${text}\n`
}

export function localTime(process: Process): string {
  const at = momentOf(process.kernel.clock.epochMillis())
  return `${two(at.day)}/${monthOf(at)}/${at.year}:${timeOfDay(at)} +0000`
}

export function httpTime(epochMillis: number): string {
  const at = momentOf(epochMillis)
  const day = dayNames[at.weekday]!.slice(0, 3)
  return `${day}, ${two(at.day)} ${monthOf(at)} ${at.year} ${timeOfDay(at)} GMT`
}

function monthOf(at: Moment): string {
  return monthNames[at.month - 1]!.slice(0, 3)
}

function timeOfDay(at: Moment): string {
  return `${two(at.hour)}:${two(at.minute)}:${two(at.second)}`
}
