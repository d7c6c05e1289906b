import { signalNumber } from '../../kernel/signals.ts'
import type { Signal } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import type { Shell } from '../state.ts'
import { isSignal } from '../traps.ts'
import type { TrapName } from '../traps.ts'
import { Unwind } from '../unwind.ts'
import { runText } from './text.ts'

/** Runs the actions of signals that have arrived; called between commands, never inside one. */
export function* runPendingTraps(shell: Shell): Task {
  const { traps } = shell
  traps.collect(shell.process)
  while (traps.pending.length > 0) {
    const signal = traps.pending.shift()!
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
  return shell.isBash && (signal === 'HUP' || signal === 'INT' || signal === 'TERM')
}

export function* dieBySignal(shell: Shell, signal: Signal): Task<never> {
  if (signal === 'INT') shell.status = 128 + signalNumber(signal)
  yield* runExitTrap(shell, shell.status)
  shell.process.setDisposition(signal, 'default')
  shell.process.kill(shell.process.pid, signal)
  // PID 1 outlives its own signal and leaves by itself.
  return yield* shell.process.exit(128 + signalNumber(signal))
}

/** One action; it leaves `$?` as it was. */
export function* runTrap(shell: Shell, name: TrapName, action: string): Task {
  const { status, trapStatus } = shell
  if (shell.traps.running.has(name)) return
  shell.traps.running.add(name)
  shell.indirection++
  // bash takes the status of the action's last command for an `exit` in it.
  if (!shell.isBash) shell.trapStatus = status
  try {
    // What is no signal belongs to the line it happens in.
    const here = shell.isAsh || !isSignal(name)
    yield* runText(shell, action, { line: here ? shell.line : 1 })
  } finally {
    shell.traps.running.delete(name)
    shell.indirection--
    shell.trapStatus = trapStatus
  }
  shell.status = status
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
