import type { ExitStatus, Signal } from './types.ts'

/** What the kernel does with a signal that a process neither catches nor ignores. */
export type DefaultAction = 'terminate' | 'core' | 'ignore' | 'stop' | 'continue'

interface SignalFacts {
  readonly number: number
  readonly action: DefaultAction
  /** The C library's strsignal, as shells print it when a job ends. */
  readonly description: string
}

/** Signals of Linux on x86-64 and arm64, in the order of their numbers from 1. */
const rows: readonly (readonly [Signal, DefaultAction, string])[] = [
  ['HUP', 'terminate', 'Hangup'],
  ['INT', 'terminate', 'Interrupt'],
  ['QUIT', 'core', 'Quit'],
  ['ILL', 'core', 'Illegal instruction'],
  ['TRAP', 'core', 'Trace/breakpoint trap'],
  ['ABRT', 'core', 'Aborted'],
  ['BUS', 'core', 'Bus error'],
  ['FPE', 'core', 'Floating point exception'],
  ['KILL', 'terminate', 'Killed'],
  ['USR1', 'terminate', 'User defined signal 1'],
  ['SEGV', 'core', 'Segmentation fault'],
  ['USR2', 'terminate', 'User defined signal 2'],
  ['PIPE', 'terminate', 'Broken pipe'],
  ['ALRM', 'terminate', 'Alarm clock'],
  ['TERM', 'terminate', 'Terminated'],
  ['STKFLT', 'terminate', 'Stack fault'],
  ['CHLD', 'ignore', 'Child exited'],
  ['CONT', 'continue', 'Continued'],
  ['STOP', 'stop', 'Stopped (signal)'],
  ['TSTP', 'stop', 'Stopped'],
  ['TTIN', 'stop', 'Stopped (tty input)'],
  ['TTOU', 'stop', 'Stopped (tty output)'],
  ['URG', 'ignore', 'Urgent I/O condition'],
  ['XCPU', 'core', 'CPU time limit exceeded'],
  ['XFSZ', 'core', 'File size limit exceeded'],
  ['VTALRM', 'terminate', 'Virtual timer expired'],
  ['PROF', 'terminate', 'Profiling timer expired'],
  ['WINCH', 'ignore', 'Window changed'],
  ['IO', 'terminate', 'I/O possible'],
  ['PWR', 'terminate', 'Power failure'],
  ['SYS', 'core', 'Bad system call'],
]

const facts = new Map<Signal, SignalFacts>()
const byName = new Map<string, Signal>([['IOT', 'ABRT'], ['CLD', 'CHLD'], ['POLL', 'IO']])
rows.forEach(([signal, action, description], i) => {
  facts.set(signal, { number: i + 1, action, description })
  byName.set(signal, signal)
})

function factsOf(signal: Signal): SignalFacts {
  const found = facts.get(signal)
  if (!found) throw new Error(`no such signal: ${signal}`)
  return found
}

/** All signals in the order of their numbers. */
export const signalNames: readonly Signal[] = rows.map(([signal]) => signal)

export function signalNumber(signal: Signal): number {
  return factsOf(signal).number
}

export function signalOfNumber(number: number): Signal | undefined {
  return signalNames[number - 1]
}

export function signalDescription(signal: Signal): string {
  return factsOf(signal).description
}

export function defaultAction(signal: Signal): DefaultAction {
  return factsOf(signal).action
}

/** A signal as commands accept it: `TERM`, `SIGTERM`, `term`, `15`; 0 for "only ask". */
export function parseSignal(word: string): Signal | 0 | undefined {
  if (/^\d+$/.test(word)) {
    const number = Number(word)
    return number === 0 ? 0 : signalOfNumber(number)
  }
  const upper = word.toUpperCase()
  return byName.get(upper.startsWith('SIG') ? upper.slice(3) : upper)
}

/** A shell's `$?` for the way a process ended, and a container's exit code. */
export function exitCodeOf(status: ExitStatus): number {
  return status.kind === 'exited' ? status.code : 128 + signalNumber(status.signal)
}
