import type { Task } from '../../time/tasks.ts'
import { parseSource } from '../parse.ts'
import type { Command } from '../parse.ts'
import type { Shell } from '../state.ts'
import type { RunOptions } from './statements.ts'
import { runSource } from './text.ts'

/**
 * Replaces an alias by its text and runs the result; undefined: the command word is none. Shells
 * do this while they read; here the command's own text is read again.
 */
export function* runAlias(
  shell: Shell, node: Command, options: RunOptions,
): Task<number | undefined> {
  const { name } = node
  if (shell.aliases.size === 0 || !name || name.parts || !expandsAliases(shell)) return undefined
  const alias = shell.aliases.get(name.text)
  if (alias === undefined || shell.aliasesInUse.has(name.text)) return undefined
  if (alias.source === shell.source && alias.line >= shell.line) return undefined
  const text = aliasedText(shell, node, alias.text)
  shell.aliasesInUse.add(name.text)
  try {
    return yield* runSource(shell, parseSource(text), {
      line: shell.line,
      tail: options.tail === true,
    })
  } finally {
    shell.aliasesInUse.delete(name.text)
  }
}

function expandsAliases(shell: Shell): boolean {
  return !shell.isBash || shell.interactive || shell.shoptions.has('expand_aliases')
}

function aliasedText(shell: Shell, node: Command, value: string): string {
  const { text } = shell.source
  const name = node.name!
  const before = text.slice(node.pos, name.pos)
  let after = text.slice(name.end, hereEnd(node))
  // A value that ends in a blank lets the next word be an alias too.
  const next = /^\s+([^\s;|&<>()$'"`\\]+)/.exec(after)
  const second = value.endsWith(' ') && next ? shell.aliases.get(next[1]!)?.text : undefined
  if (second !== undefined && next) after = ` ${second}${after.slice(next[0].length)}`
  return `${before}${value}${after}`
}

/** A here-document's body stands behind the command. */
function hereEnd(node: Command): number {
  let { end } = node
  for (const one of node.redirects) {
    if (one.type === 'HereDoc') end = Math.max(end, one.closing?.end ?? one.body.end)
  }
  return end
}
