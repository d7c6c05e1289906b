import type { Task } from '../../time/tasks.ts'
import { complain } from '../messages.ts'
import type { Shell } from '../state.ts'
import { Unwind } from '../unwind.ts'
import { ArithmeticError, AssignmentError } from './assign.ts'

/** Runs what may be refused; the refusal is printed and ends the command or the script. */
export function* guarded<T>(shell: Shell, run: () => T): Task<T> {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof ArithmeticError) && !(error instanceof AssignmentError)) throw error
    yield* complain(shell, error.message)
    throw new Unwind({ kind: 'error', status: shell.isBash ? 1 : 2, line: shell.isBash })
  }
}
