import { expandEscapes } from '../builtins/format.ts'
import { declaration } from '../builtins/declare.ts'
import type { Shell } from '../state.ts'
import type { Variable } from '../variables.ts'
import { listKeys } from '../variables.ts'
import { ansiQuote, doubleQuote, hasControls, singleQuote } from './quote.ts'
import type { Value } from './special.ts'

/** `${x@Q}` and its relatives; undefined: no such letter. Models subst.c parameter_brace_transform. */
export function transform(
  shell: Shell, name: string, value: Value, letter: string, whole: boolean,
): Value | undefined {
  const each = eachText(letter)
  if (each) {
    if (value.kind === 'list') return { ...value, items: value.items.map(each) }
    return value.kind === 'text' ? { kind: 'text', text: each(value.text) } : value
  }
  const variable = shell.variables.get(name)
  switch (letter) {
    case 'A': return text(assignment(name, value, variable, whole))
    case 'a': return text(variable ? flags(name, variable) : '')
    case 'K': case 'k': return pairs(value, variable, letter === 'k')
    default: return undefined
  }
}

const text = (value: string): Value => ({ kind: 'text', text: value })

function eachText(letter: string): ((one: string) => string) | undefined {
  switch (letter) {
    case 'Q': return quoteText
    case 'U': return (one) => one.toUpperCase()
    case 'L': return (one) => one.toLowerCase()
    case 'u': return (one) => one.slice(0, 1).toUpperCase() + one.slice(1)
    case 'E': return (one) => expandEscapes(one, 'argument', 'bash').text
    case 'P': return (one) => one
    default: return undefined
  }
}

function quoteText(one: string): string {
  return hasControls(one) ? ansiQuote(one) : singleQuote(one)
}

/** The letters of its attributes, as `declare -p` shows them. */
function flags(name: string, variable: Variable): string {
  return declaration(name, variable).split(' ')[1]!.replace(/^-+/, '')
}

/** What would make it again. */
function assignment(
  name: string, value: Value, variable: Variable | undefined, whole: boolean,
): string {
  if (name === '@' || name === '*') {
    return value.kind === 'list' ? `set -- ${value.items.map(quoteText).join(' ')}` : ''
  }
  if (!variable) return ''
  if (whole && (variable.list || variable.table)) return declaration(name, variable)
  const attributes = flags(name, variable)
  const start = attributes === '' ? name : `declare -${attributes} ${name}`
  return value.kind === 'text' ? `${start}=${quoteText(value.text)}` : start
}

/** Keys and values of an array, as one text or as words. */
function pairs(value: Value, variable: Variable | undefined, words: boolean): Value {
  const { list, table } = variable ?? {}
  if (!list && !table) {
    if (value.kind === 'list') return { ...value, items: value.items.map(quoteText) }
    return value.kind === 'text' ? text(quoteText(value.text)) : value
  }
  const entries: [string, string][] = table ? [...table]
    : listKeys(list!).map((key) => [String(key), list!.get(key) ?? ''])
  if (words) return { kind: 'list', items: entries.flat(), joined: false }
  const shown = entries.map(([key, one]) => `${key} ${doubleQuote(one)}`).join(' ')
  return text(table ? `${shown} ` : shown)
}
