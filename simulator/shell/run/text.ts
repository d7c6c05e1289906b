import type { Task } from '../../time/tasks.ts'
import { parseSource } from '../parse.ts'
import type { Source } from '../parse.ts'
import type { Shell } from '../state.ts'
import { reportSyntax } from '../syntax.ts'
import { Unwind } from '../unwind.ts'
import { runStatements } from './statements.ts'

export interface TextOptions {
  /** Line number of its first line. */
  readonly line: number
  readonly tail?: boolean
  /** A syntax error is a status here, not the end of the script. */
  readonly forgiving?: boolean
}

/** Parses and runs text in the shell itself: eval, traps, `.`, aliases. */
export function* runText(shell: Shell, text: string, options: TextOptions): Task<number> {
  const source = parseSource(text, shell.flavour)
  return yield* runSource(shell, source, options)
}

export function* runSource(shell: Shell, source: Source, options: TextOptions): Task<number> {
  const { source: outer, lineBase, line } = shell
  shell.source = source
  shell.lineBase = options.line
  try {
    const { problem, sound } = source
    const status = yield* runStatements(shell, sound, { tail: options.tail === true && !problem })
    if (!problem) return sound.length === 0 ? 0 : status
    yield* reportSyntax(shell, source, problem)
    if (options.forgiving) return 2
    throw new Unwind({ kind: 'error', status: 2 })
  } finally {
    shell.source = outer
    shell.lineBase = lineBase
    shell.line = line
  }
}
