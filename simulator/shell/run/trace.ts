import type { Task } from '../../time/tasks.ts'
import { listQuote, traceQuote } from '../expand/quote.ts'
import { expandHereText } from '../expand/word.ts'
import { isReserved } from '../flavour.ts'
import { warn } from '../messages.ts'
import { textOf } from '../parse.ts'
import type { Assignment } from '../parse.ts'
import type { Shell } from '../state.ts'

/** PS4; in bash its first character once more for each level of eval, `.`, traps and `$( )`. */
function* tracePrefix(shell: Shell): Task<string> {
  const prompt = shell.variables.text('PS4') ?? '+ '
  const on = shell.options.delete('xtrace')
  const text = yield* expandHereText(shell, prompt)
  if (on) shell.options.add('xtrace')
  return shell.isBash ? text.slice(0, 1).repeat(shell.indirection) + text : text
}

/** Lines of `set -x`, where it is on. bash writes them to BASH_XTRACEFD. */
export function* traceLines(shell: Shell, lines: readonly string[]): Task {
  if (!shell.has('xtrace') || lines.length === 0) return
  const prefix = yield* tracePrefix(shell)
  const text = lines.map((line) => `${prefix}${line}\n`).join('')
  const fd = shell.isBash ? Number(shell.variables.text('BASH_XTRACEFD') || 2) : 2
  yield* warn(shell, text, shell.process.fds.has(fd) ? fd : 2)
}

/** `set -x` for a simple command. bash shows assignments on lines of their own. */
export function* traceCommand(
  shell: Shell, assignments: readonly (readonly [string, string])[], words: readonly string[],
): Task {
  if (!shell.has('xtrace')) return
  const show = shell.isBash ? traceQuote : plainQuote(shell)
  const settings = assignments.map(([name, value]) => {
    const plain = value === '' || (shell.isAsh && isReserved('ash', value))
    return `${name}=${plain ? value : show(value)}`
  })
  if (!shell.isBash) return yield* traceLines(shell, [[...settings, ...words.map(show)].join(' ')])
  const command = words.length > 0 ? [words.map(show).join(' ')] : []
  yield* traceLines(shell, [...settings, ...command, ...exported(words)])
}

/** `export` and `readonly` assign, and show it, themselves. */
function exported([name, ...words]: readonly string[]): string[] {
  if (name !== 'export' && name !== 'readonly') return []
  return words.flatMap((word) => {
    const at = word.indexOf('=')
    return at > 0 ? [`${word.slice(0, at + 1)}${emptyOr(word.slice(at + 1))}`] : []
  })
}

function emptyOr(value: string): string {
  return value === '' ? '' : traceQuote(value)
}

/** bash: an assignment on its own is shown before it is made; a list as it was written. */
export function* traceAssignment(
  shell: Shell, node: Assignment, value: string | undefined,
): Task {
  if (!shell.isBash || !shell.has('xtrace')) return
  if (value === undefined) return yield* traceLines(shell, [textOf(shell.source, node)])
  const name = `${node.name}${node.index ? `[${node.index.text}]` : ''}${node.append ? '+' : ''}`
  yield* traceLines(shell, [`${name}=${emptyOr(value)}`])
}

// Models shell/ash.c maybe_single_quote.
const ashQuotes = /[\x00-*;-?`[\\{-\uffff]/

/** dash prints the words as they are, ash quotes what needs it. */
function plainQuote(shell: Shell): (word: string) => string {
  if (shell.isDash) return (word) => word
  return (word) => (ashQuotes.test(word) || isReserved('ash', word) ? listQuote(word) : word)
}
