import { commandText } from '../layout/command-text.ts'
import type { CommandNode, Source } from '../parse.ts'
import type { Shell } from '../state.ts'
import type { Task } from '../../time/tasks.ts'
import type { TrapName } from '../traps.ts'
import { runTrap } from './trap-actions.ts'

/** What `$BASH_COMMAND` names; its text is made when it is asked for. */
export interface Underway {
  readonly source: Source
  readonly node: CommandNode
  /** Of a loop or a choice, its head only. */
  readonly text?: string
}

/** bash notes the command it is about to run, and runs the DEBUG trap before it. */
export function* beforeCommand(shell: Shell, node: CommandNode, text?: string): Task {
  if (!shell.isBash || shell.traps.running.size > 0) return
  shell.underway = { source: shell.source, node, ...(text !== undefined && { text }) }
  const action = shell.traps.get('DEBUG')
  if (action) yield* runTrap(shell, 'DEBUG', action)
}

export function underwayText({ underway }: Shell): string {
  return underway ? underway.text ?? commandText(underway.source, underway.node) : ''
}

type Pseudo = Extract<TrapName, 'ERR' | 'DEBUG' | 'RETURN'>

/** The pseudo-signals that functions, `.` and subshells do not see without `set -E` and `-T`. */
export function untraced(shell: Shell): Pseudo[] {
  return [
    ...(shell.has('errtrace') ? [] : ['ERR' as const]),
    ...(shell.has('functrace') ? [] : ['DEBUG' as const, 'RETURN' as const]),
  ]
}

/** Runs a function or a sourced file, which sees those traps only that it sets itself. */
export function* withOwnTraps(
  shell: Shell, names: readonly Pseudo[], run: () => Task<number>,
): Task<number> {
  if (!shell.isBash) return yield* run()
  const { traps } = shell
  const hidden = traps.any ? traps.hide(names) : []
  try {
    return yield* run()
  } finally {
    traps.unhide(hidden)
  }
}

/** The RETURN trap, before a function or a sourced file gives its status. */
export function* runReturnTrap(shell: Shell): Task {
  const action = shell.isBash ? shell.traps.get('RETURN') : undefined
  if (action) yield* runTrap(shell, 'RETURN', action)
}
