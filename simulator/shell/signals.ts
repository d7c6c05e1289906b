import type { Disposition, Signal } from '../kernel/types.ts'
import type { Shell } from './state.ts'

/** What an interactive shell survives. Caught, not ignored: its children get the default. */
export const interactiveSignals: readonly Signal[] = ['INT', 'QUIT', 'TERM', 'TSTP', 'TTIN', 'TTOU']

/** What the shell does with a signal that has no trap. */
export function defaultDisposition(shell: Shell, signal: Signal): Disposition {
  if (shell.subshells > 0) return 'default'
  if (!shell.interactive) return signal === 'INT' && catchesInterrupt(shell) ? 'catch' : 'default'
  if (interactiveSignals.includes(signal) || signal === 'HUP' || signal === 'WINCH') return 'catch'
  return 'default'
}

/**
 * dash and ash catch SIGINT unless they read their standard input, so that it ends them also where
 * they are PID 1, but not before the command in the foreground.
 */
function catchesInterrupt(shell: Shell): boolean {
  return !shell.isBash && shell.mode !== 'stdin'
}
