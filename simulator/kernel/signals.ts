import type { ExitStatus, Signal } from './types.ts'

/** What the kernel does with a signal that a process neither catches nor ignores. */
export type DefaultAction = 'terminate' | 'core' | 'ignore' | 'stop' | 'continue'

interface SignalFacts {
  readonly number: number
  readonly action: DefaultAction
  /** The C library's strsignal, as shells print it when a job ends. */
  readonly description: string
}

/** Signals of Linux on x86-64 and arm64. */
const table: Readonly<Record<Signal, SignalFacts>> = {
  HUP: { number: 1, action: 'terminate', description: 'Hangup' },
  INT: { number: 2, action: 'terminate', description: 'Interrupt' },
  QUIT: { number: 3, action: 'core', description: 'Quit' },
  ILL: { number: 4, action: 'core', description: 'Illegal instruction' },
  TRAP: { number: 5, action: 'core', description: 'Trace/breakpoint trap' },
  ABRT: { number: 6, action: 'core', description: 'Aborted' },
  BUS: { number: 7, action: 'core', description: 'Bus error' },
  FPE: { number: 8, action: 'core', description: 'Floating point exception' },
  KILL: { number: 9, action: 'terminate', description: 'Killed' },
  USR1: { number: 10, action: 'terminate', description: 'User defined signal 1' },
  SEGV: { number: 11, action: 'core', description: 'Segmentation fault' },
  USR2: { number: 12, action: 'terminate', description: 'User defined signal 2' },
  PIPE: { number: 13, action: 'terminate', description: 'Broken pipe' },
  ALRM: { number: 14, action: 'terminate', description: 'Alarm clock' },
  TERM: { number: 15, action: 'terminate', description: 'Terminated' },
  STKFLT: { number: 16, action: 'terminate', description: 'Stack fault' },
  CHLD: { number: 17, action: 'ignore', description: 'Child exited' },
  CONT: { number: 18, action: 'continue', description: 'Continued' },
  STOP: { number: 19, action: 'stop', description: 'Stopped (signal)' },
  TSTP: { number: 20, action: 'stop', description: 'Stopped' },
  TTIN: { number: 21, action: 'stop', description: 'Stopped (tty input)' },
  TTOU: { number: 22, action: 'stop', description: 'Stopped (tty output)' },
  URG: { number: 23, action: 'ignore', description: 'Urgent I/O condition' },
  XCPU: { number: 24, action: 'core', description: 'CPU time limit exceeded' },
  XFSZ: { number: 25, action: 'core', description: 'File size limit exceeded' },
  VTALRM: { number: 26, action: 'terminate', description: 'Virtual timer expired' },
  PROF: { number: 27, action: 'terminate', description: 'Profiling timer expired' },
  WINCH: { number: 28, action: 'ignore', description: 'Window changed' },
  IO: { number: 29, action: 'terminate', description: 'I/O possible' },
  PWR: { number: 30, action: 'terminate', description: 'Power failure' },
  SYS: { number: 31, action: 'core', description: 'Bad system call' },
}

const byNumber = new Map<number, Signal>()
const byName = new Map<string, Signal>()
for (const name of Object.keys(table) as Signal[]) {
  byNumber.set(table[name].number, name)
  byName.set(name, name)
}
byName.set('IOT', 'ABRT').set('CLD', 'CHLD').set('POLL', 'IO')

/** All signals in the order of their numbers. */
export const signalNames: readonly Signal[] = [...byNumber.values()]

export function signalNumber(signal: Signal): number {
  return table[signal].number
}

export function signalOfNumber(number: number): Signal | undefined {
  return byNumber.get(number)
}

export function signalDescription(signal: Signal): string {
  return table[signal].description
}

export function defaultAction(signal: Signal): DefaultAction {
  return table[signal].action
}

/** A signal as commands accept it: `TERM`, `SIGTERM`, `term`, `15`; 0 for "only ask". */
export function parseSignal(word: string): Signal | 0 | undefined {
  if (/^\d+$/.test(word)) {
    const number = Number(word)
    return number === 0 ? 0 : byNumber.get(number)
  }
  const upper = word.toUpperCase()
  return byName.get(upper.startsWith('SIG') ? upper.slice(3) : upper)
}

/** A shell's `$?` for the way a process ended, and a container's exit code. */
export function exitCodeOf(status: ExitStatus): number {
  return status.kind === 'exited' ? status.code : 128 + signalNumber(status.signal)
}
