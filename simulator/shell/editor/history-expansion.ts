import type { Task } from '../../time/tasks.ts'
import { complain, warn } from '../messages.ts'
import type { Shell } from '../state.ts'

/**
 * `!!`, `!n`, `!-n`, `!text`, `!$`, `^old^new`. The result is shown before it runs; undefined where
 * there is no such event.
 */
export function* expandHistory(shell: Shell, line: string): Task<string | undefined> {
  const lines = shell.history?.lines ?? []
  if (!line.includes('!') && !line.startsWith('^')) return line
  const replaced = /^\^([^^]+)\^([^^]*)\^?$/.exec(line)
  if (replaced) return yield* shown(
      shell,
      (lines.at(-1) ?? '').replace(replaced[1]!, () => replaced[2]!)
    )
  let missing: string | undefined
  const expanded = substitute(line, (event) => {
    const found = findEvent(lines, event)
    missing ??= found === undefined ? event : undefined
    return found ?? event
  })
  if (missing !== undefined) {
    yield* complain(shell, `${missing}: event not found`, null)
    return undefined
  }
  return expanded === line ? line : yield* shown(shell, expanded)
}

function* shown(shell: Shell, line: string): Task<string> {
  yield* warn(shell, `${line}\n`)
  return line
}

/** Replaces events outside single quotes; a `!` before a blank, `=`, `(` or a quote stays. */
function substitute(line: string, event: (text: string) => string): string {
  let out = ''
  let inQuotes = false
  for (let at = 0; at < line.length; at++) {
    const key = line[at]!
    if (key === '\\') {
      out += key + (line[++at] ?? '')
      continue
    }
    if (key === "'") inQuotes = !inQuotes
    const match =
      key === '!' && !inQuotes
        ? /^!(?:!|\$|-?\d+|\?[^?]+\??|[^\s=("'!;|&<>]+)/.exec(line.slice(at))
        : null
    const special = out.endsWith('$') || out.endsWith('[')
    if (!match || special) {
      out += key
      continue
    }
    out += event(match[0])
    at += match[0].length - 1
  }
  return out
}

function findEvent(lines: readonly string[], event: string): string | undefined {
  const word = event.slice(1)
  if (word === '!') return lines.at(-1)
  if (word === '$') return /(\S+)\s*$/.exec(lines.at(-1) ?? '')?.[1]
  if (/^-?\d+$/.test(word))
    return Number(word) < 0 ? lines.at(Number(word)) : lines[Number(word) - 1]
  const inside = word.startsWith('?') ? word.slice(1).replace(/\?$/, '') : undefined
  return lines.findLast((line) =>
    inside === undefined ? line.startsWith(word) : line.includes(inside)
  )
}
