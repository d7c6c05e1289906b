import type { Files } from '../kernel/types.ts'
import { attempt } from './attempt.ts'
import { BoundedExpression } from '../shell/expression/bounded-expression.ts'

/** A shell pattern (`*`, `?`, `[…]`) as a regular expression for a whole name. */
export function globExpression(pattern: string, flags = ''): RegExp {
  let out = ''
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!
    if (character === '*') out += '[^]*'
    else if (character === '?') out += '[^]'
    else if (character === '\\' && at + 1 < pattern.length) out += escapeExpression(pattern[++at]!)
    else if (character === '[') {
      const close = pattern.indexOf(']', at + 2)
      if (close < 0) out += '\\['
      else {
        const set = pattern.slice(at + 1, close).replace(/^!/, '^').replace(/\\/g, '\\\\')
        out += `[${set}]`
        at = close
      }
    } else out += escapeExpression(character)
  }
  return new BoundedExpression(`^${out}$`, flags)
}

export function escapeExpression(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

/**
 * Paths that match an absolute pattern, in order; names that begin with a dot only if asked for.
 */
export function globPaths(files: Files, pattern: string): string[] {
  let found = ['']
  for (const part of pattern.split('/').slice(1)) {
    if (!/[*?[]/.test(part)) {
      found = found.map((path) => `${path}/${part}`).filter((path) => files.exists(path))
      continue
    }
    const expression = globExpression(part)
    found = found.flatMap((path) => {
      const names = attempt(() => files.readDirectory(path || '/'))
      return (names.ok ? [...names.value].sort() : [])
        .filter((name) => expression.test(name) && (part.startsWith('.') || !name.startsWith('.')))
        .map((name) => `${path}/${name}`)
    })
  }
  return found
}
