import type { Task } from '../../time/tasks.ts'
import { listQuote, traceQuote } from '../expand/quote.ts'
import { expandHereText } from '../expand/word.ts'
import { warn } from '../messages.ts'
import type { Shell } from '../state.ts'

/** PS4, its first character once more for each level of sourcing. */
export function* tracePrefix(shell: Shell): Task<string> {
  const prompt = shell.variables.text('PS4') ?? '+ '
  const on = shell.options.delete('xtrace')
  const text = yield* expandHereText(shell, prompt)
  if (on) shell.options.add('xtrace')
  return shell.isBash ? text.slice(0, 1).repeat(Math.max(0, shell.sourcing)) + text : text
}

/** `set -x` for a simple command. bash shows assignments on lines of their own. */
export function* traceCommand(
  shell: Shell, assignments: readonly (readonly [string, string])[], words: readonly string[],
): Task {
  if (!shell.has('xtrace')) return
  const prefix = yield* tracePrefix(shell)
  const show = shell.isBash ? traceQuote : plainQuote(shell)
  const settings = assignments.map(([name, value]) => `${name}=${value === '' ? '' : show(value)}`)
  const lines = shell.isBash
    ? [...settings, ...(words.length > 0 ? [words.map(show).join(' ')] : [])]
    : [[...settings, ...words.map(show)].join(' ')]
  yield* warn(shell, lines.map((line) => `${prefix}${line}\n`).join(''))
}

// Models shell/ash.c maybe_single_quote.
const ashQuotes = /[\x00-*;-?`[\\{-\uffff]/

/** dash prints the words as they are, ash quotes what needs it. */
function plainQuote(shell: Shell): (word: string) => string {
  if (shell.isDash) return (word) => word
  return (word) => (ashQuotes.test(word) ? listQuote(word) : word)
}
