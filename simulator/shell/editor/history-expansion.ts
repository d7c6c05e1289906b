import type { Task } from '../../time/tasks.ts'
import { complain, warn } from '../messages.ts'
import type { Shell } from '../state.ts'

/**
 * `!!`, `!n`, `!-n`, `!text`, `!$`, `!!:2`, `^old^new`. The result is shown before it runs;
 * undefined where there is no such event, or where `:p` only asks for it.
 */
export function* expandHistory(shell: Shell, line: string): Task<string | undefined> {
  const lines = shell.history?.lines ?? []
  if (!line.includes('!') && !line.startsWith('^')) return line
  const replaced = /^\^([^^]+)\^([^^]*)\^?$/.exec(line)
  if (replaced) return yield* shown(
      shell,
      (lines.at(-1) ?? '').replace(replaced[1]!, () => replaced[2]!)
    )
  let problem: string | undefined
  let onlyShown = false
  const expanded = substitute(line, (event, before) => {
    const found = expandEvent(lines, event, before)
    if (found.kind === 'problem') problem ??= found.text
    else if (found.onlyShown) onlyShown = true
    return found.kind === 'problem' ? event : found.text
  })
  if (problem !== undefined) {
    yield* complain(shell, problem, null)
    return undefined
  }
  if (expanded === line) return line
  yield* shown(shell, expanded)
  if (!onlyShown) return expanded
  shell.history?.addTyped(shell, expanded)
  return undefined
}

function* shown(shell: Shell, line: string): Task<string> {
  yield* warn(shell, `${line}\n`)
  return line
}

const eventText = /^!(?:!|#|-?\d+|\?[^?]+\??|(?=[$^*:])|[^\s=("'!;|&<>:$^*]+)/
const wordText = /^(?::(?:\d*\*|\d+(?:-(?:\d+|\$)?)?|[$^])|[$^*])/
const modifierText = /^(?::(?:[htrep]|s\/[^/]+\/[^/]*\/?))+/

/** Replaces events outside single quotes; a `!` before a blank, `=`, `(` or a quote stays. */
function substitute(line: string, event: (text: string, before: string) => string): string {
  let out = ''
  let inQuotes = false
  for (let at = 0; at < line.length; at++) {
    const key = line[at]!
    if (key === '\\') {
      out += key + (line[++at] ?? '')
      continue
    }
    if (key === "'") inQuotes = !inQuotes
    const found = key === '!' && !inQuotes ? eventAt(line.slice(at)) : undefined
    const special = out.endsWith('$') || out.endsWith('[')
    if (found === undefined || special) {
      out += key
      continue
    }
    out += event(found, out)
    at += found.length - 1
  }
  return out
}

function eventAt(text: string): string | undefined {
  const event = eventText.exec(text)?.[0]
  if (event === undefined) return undefined
  const words = wordText.exec(text.slice(event.length))?.[0] ?? ''
  return event + words + (modifierText.exec(text.slice(event.length + words.length))?.[0] ?? '')
}

type Expanded =
  | { readonly kind: 'text'; readonly text: string; readonly onlyShown: boolean }
  | { readonly kind: 'problem'; readonly text: string }

function expandEvent(lines: readonly string[], whole: string, before: string): Expanded {
  const event = eventText.exec(whole)?.[0] ?? '!'
  const rest = whole.slice(event.length)
  const words = wordText.exec(rest)?.[0] ?? ''
  const modifiers = rest.slice(words.length)
  const line = event === '!#' ? before : findEvent(lines, event)
  if (line === undefined) return { kind: 'problem', text: `${whole}: event not found` }
  const chosen = words === '' ? line : chosenWords(line, words)
  if (chosen === undefined) {
    return { kind: 'problem', text: `${words.replace(/^(?!:)/, ':')}: bad word specifier` }
  }
  const text = modify(chosen, modifiers)
  if (text === undefined) return { kind: 'problem', text: `${modifiers}: substitution failed` }
  return { kind: 'text', text, onlyShown: /:p/.test(modifiers) }
}

function findEvent(lines: readonly string[], event: string): string | undefined {
  const word = event.slice(1)
  if (word === '!' || word === '') return lines.at(-1)
  if (/^-?\d+$/.test(word))
    return Number(word) < 0 ? lines.at(Number(word)) : lines[Number(word) - 1]
  const inside = word.startsWith('?') ? word.slice(1).replace(/\?$/, '') : undefined
  return lines.findLast((line) =>
    inside === undefined ? line.startsWith(word) : line.includes(inside)
  )
}

/** `:2`, `:2-4`, `:2*`, `^`, `$`, `*`: words of the line, counted from zero. */
function chosenWords(line: string, spec: string): string | undefined {
  const words = line.match(/(?:[^\s"'\\]|\\.|"[^"]*"|'[^']*')+/g) ?? []
  const text = spec.replace(/^:/, '')
  const last = words.length - 1
  if (text === '*') return words.slice(1).join(' ')
  const range = /^(\d+)(?:(-)(\d+|\$)?|(\*))?$/.exec(text)
  const from = text === '$' ? last : text === '^' ? 1 : Number(range?.[1])
  const until = range?.[4] !== undefined ? Math.max(last, from - 1)
    : range?.[2] === undefined ? from
      : range[3] === '$' ? last : range[3] === undefined ? last - 1 : Number(range[3])
  if (from > last + 1 || until > last || (from > last && range?.[4] === undefined)) return undefined
  return words.slice(from, until + 1).join(' ')
}

/** `:h`, `:t`, `:r`, `:e`, `:s/old/new/`. */
function modify(text: string, modifiers: string): string | undefined {
  let out = text
  for (const [, letter, old, by] of modifiers.matchAll(/:([htrep]|s\/([^/]+)\/([^/]*)\/?)/g)) {
    if (letter === 'h') out = out.replace(/\/[^/]*$/, '')
    else if (letter === 't') out = out.replace(/^.*\//, '')
    else if (letter === 'r') out = out.replace(/\.[^./]*$/, '')
    else if (letter === 'e') out = out.replace(/^.*(?=\.[^./]*$)/, '')
    else if (old !== undefined && !out.includes(old)) return undefined
    else if (old !== undefined) out = out.replace(old, () => by ?? '')
  }
  return out
}
