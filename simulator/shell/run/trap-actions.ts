import { signalNumber } from '../../kernel/signals.ts'
import type { Signal } from '../../kernel/types.ts'
import { limits } from '../../limits.ts'
import type { Task } from '../../time/tasks.ts'
import type { Shell } from '../state.ts'
import { isSignal } from '../traps.ts'
import type { TrapName } from '../traps.ts'
import { Unwind } from '../unwind.ts'
import { runText } from './text.ts'

/** What one more action needs of the nesting that is simulated. */
const actionDepth = 4

/**
 * Runs the actions of signals that have arrived, lowest number first. Called between commands,
 * never inside one.
 */
export function* runPendingTraps(shell: Shell): Task {
  const { traps } = shell
  traps.collect(shell.process)
  while (traps.pending.length > 0) {
    const signal = traps.takeLowest()
    const action = traps.get(signal)
    if (action) yield* runTrap(shell, signal, action)
    else if (signal === 'INT' && shell.interactive) throw new Unwind({ kind: 'interrupt' })
    else if (endsShell(shell, signal)) yield* dieBySignal(shell, signal)
  }
}

/** bash with an EXIT trap, or interactive, cleans up before a fatal signal takes effect. */
export function endsShell(shell: Shell, signal: Signal): boolean {
  if (shell.traps.get(signal) !== undefined) return false
  if (shell.interactive) return signal === 'HUP'
  if (!shell.isBash) return signal === 'INT'
  return signal === 'HUP' || signal === 'INT' || signal === 'TERM'
}

export function* dieBySignal(shell: Shell, signal: Signal): Task<never> {
  const status = 128 + signalNumber(signal)
  if (signal === 'INT') shell.status = status
  if (shell.isBash) yield* runExitTrap(shell, shell.status)
  raise(shell, signal)
  // PID 1 outlives its own signal and leaves by itself; dash and ash clean up only then.
  if (!shell.isBash) return yield* shell.process.exit(yield* runExitTrap(shell, status))
  return yield* shell.process.exit(status)
}

function raise(shell: Shell, signal: Signal): void {
  shell.process.setDisposition(signal, 'default')
  shell.process.kill(shell.process.pid, signal)
}

/** One action; it leaves `$?` as it was. A signal's action is interrupted by the same signal. */
export function* runTrap(shell: Shell, name: TrapName, action: string): Task {
  const { status, trapStatus } = shell
  const entered = shell.traps.running.has(name)
  if (entered && !isSignal(name)) return
  if (entered && shell.depth + actionDepth > limits.shellNesting) yield* overflow(shell)
  shell.traps.running.add(name)
  shell.indirection++
  // bash takes the status of the action's last command for an `exit` in it.
  if (!shell.isBash) shell.trapStatus = status
  try {
    // What is no signal belongs to the line it happens in.
    const here = shell.isAsh || !isSignal(name)
    yield* runText(shell, action, { line: here ? shell.line : 1 })
  } finally {
    if (!entered) shell.traps.running.delete(name)
    shell.indirection--
    shell.trapStatus = trapStatus
  }
  shell.status = status
}

/** `trap 'kill 0' TERM` calls itself until the shell's stack is full. */
function* overflow(shell: Shell): Task<never> {
  raise(shell, 'SEGV')
  return yield* shell.process.exit(128 + signalNumber('SEGV'))
}

/** The EXIT trap, once; gives the status the shell ends with. */
export function* runExitTrap(shell: Shell, status: number): Task<number> {
  const action = shell.traps.get('EXIT')
  if (!action || shell.traps.running.has('EXIT')) return status
  shell.traps.running.add('EXIT')
  shell.status = status
  shell.trapStatus = status
  try {
    yield* runText(shell, action, { line: 1 })
  } catch (thrown) {
    if (!(thrown instanceof Unwind)) throw thrown
    const { reason } = thrown
    if (reason.kind === 'exit' || reason.kind === 'error') return reason.status
  }
  return status
}
