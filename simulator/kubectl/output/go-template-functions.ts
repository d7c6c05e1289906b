import { decodeBase64 } from '../text/base64.ts'
import { compareText } from '../text/compare.ts'
import { goType } from '../text/go-syntax.ts'
import { goQuote } from '../text/quote.ts'

// The functions of Go's text/template, and kubectl's own.

/** What a function cannot do with what it was given. */
export class CallError extends Error {
  constructor(readonly text: string) {
    super(text)
  }
}

export function applyFunction(name: string, values: readonly unknown[]): unknown {
  const [a, b] = values
  switch (name) {
    case 'and': return values.find((value) => !isTrue(value)) ?? values.at(-1)
    case 'or': return values.find(isTrue) ?? values.at(-1)
    case 'not': return !isTrue(a)
    case 'eq': return values.slice(1).some((value) => equal(a, value))
    case 'ne': return !equal(a, b)
    case 'lt': return order(a, b) < 0
    case 'le': return order(a, b) <= 0
    case 'gt': return order(a, b) > 0
    case 'ge': return order(a, b) >= 0
    case 'len': return lengthOf(a)
    case 'index': return values.slice(1).reduce(indexInto, a)
    case 'slice': return sliceOf(a, values.slice(1))
    case 'print': return printed(values)
    case 'println': return `${values.map(goValue).join(' ')}\n`
    case 'printf': return format(String(a), values.slice(1))
    case 'html': return escaped(printed(values), htmlEscapes)
    case 'js': return escaped(printed(values), scriptEscapes)
    case 'urlquery': return encodeURIComponent(printed(values)).replaceAll('%20', '+')
    case 'exists': return values.slice(1).reduce(found, a) !== undefined
    case 'base64decode': return decoded(String(a))
    default: return undefined
  }
}

/** How many arguments some functions want; a minus: at least so many. */
const counts: Readonly<Record<string, number>> = {
  not: 1, len: 1, lt: 2, le: 2, gt: 2, ge: 2, ne: 2, base64decode: 1, printf: -1, index: -1,
  slice: -1, eq: -1, and: -1, or: -1,
}

/** What is said to too few or too many arguments. */
export function wrongCount(name: string, given: number): string | undefined {
  const wanted = counts[name]
  if (wanted === undefined || given === wanted || (wanted < 0 && given >= -wanted)) return undefined
  return `wrong number of args for ${name}: want ${wanted < 0 ? 'at least ' : ''}`
    + `${Math.abs(wanted)} got ${given}`
}

export function isTrue(value: unknown): boolean {
  if (value === undefined || value === null) return false
  if (Array.isArray(value)) return value.length > 0
  if (typeof value === 'object') return Object.keys(value).length > 0
  return Boolean(value)
}

/** Kinds that can be compared with each other. */
function basicKind(value: unknown): string {
  if (typeof value !== 'number') return typeof value
  return Number.isInteger(value) ? 'int' : 'float'
}

function equal(a: unknown, b: unknown): boolean {
  for (const value of [a, b]) {
    if (typeof value === 'object' && value !== null) {
      throw new CallError(`non-comparable type ${goText(value)}: ${goType(value)}`)
    }
  }
  const isMissing = [a, b].some((value) => value === undefined || value === null)
  if (isMissing) return (a ?? null) === (b ?? null)
  if (basicKind(a) !== basicKind(b)) throw new CallError('incompatible types for comparison')
  return a === b
}

function order(a: unknown, b: unknown): number {
  const kinds = [basicKind(a), basicKind(b)]
  if (kinds.some((kind) => !['int', 'float', 'string'].includes(kind))) {
    throw new CallError('invalid type for comparison')
  }
  if (kinds[0] !== kinds[1]) throw new CallError('incompatible types for comparison')
  return typeof a === 'number' && typeof b === 'number' ? a - b : compareText(String(a), String(b))
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string' || Array.isArray(value)) return value.length
  if (typeof value === 'object' && value !== null) return Object.keys(value).length
  if (value === undefined || value === null) throw new CallError('len of nil pointer')
  const type = { int: 'int', float: 'float64' }[basicKind(value)] ?? 'bool'
  throw new CallError(`len of type ${type}`)
}

export function memberOf(value: object, name: string): unknown {
  return Object.entries(value).find(([key]) => key === name)?.[1] as unknown
}

function indexInto(value: unknown, key: unknown): unknown {
  if (value === undefined || value === null) throw new CallError('index of untyped nil')
  if (Array.isArray(value)) {
    if (typeof key !== 'number') {
      throw new CallError(`cannot index slice/array with type ${typeof key}`)
    }
    if (key < 0 || key >= value.length) throw new CallError(`index out of range: ${key}`)
    return value[key] as unknown
  }
  if (typeof value !== 'object') throw new CallError(`can't index item of type ${goType(value)}`)
  if (typeof key !== 'string') {
    throw new CallError(`value has type ${basicKind(key)}; should be string`)
  }
  return memberOf(value, key)
}

/** The place that is told is that of the first letter outside of the alphabet, or the end. */
function decoded(text: string): string {
  const odd = text.search(/[^A-Za-z0-9+/=\r\n]/)
  const letters = text.replace(/[\r\n]/g, '')
  if (odd < 0 && letters.length % 4 === 0) return decodeBase64(text)
  throw new CallError('base64 decode failed: illegal base64 data at input byte '
    + `${odd < 0 ? letters.length - letters.length % 4 : odd}`)
}

/** As `index`, but what is not there is no error. */
function found(value: unknown, key: unknown): unknown {
  if (Array.isArray(value)) return value[Number(key)] as unknown
  return typeof value === 'object' && value !== null ? memberOf(value, String(key)) : undefined
}

function sliceOf(value: unknown, bounds: readonly unknown[]): unknown {
  const [from = 0, to] = bounds.map(Number)
  if (typeof value !== 'string' && !Array.isArray(value)) {
    throw new CallError(`can't slice item of type ${goType(value)}`)
  }
  const most = Math.max(from, to ?? from)
  if (most > value.length) throw new CallError(`index out of range: ${most}`)
  return value.slice(from, to)
}

/** Go's Sprint: a blank stands only between two that are no texts. */
function printed(values: readonly unknown[]): string {
  return values.map((value, at) => {
    const before = values[at - 1]
    const apart = at > 0 && typeof value !== 'string' && typeof before !== 'string'
    return (apart ? ' ' : '') + goValue(value)
  }).join('')
}

const htmlEscapes: Readonly<Record<string, string>> = {
  '"': '&#34;', "'": '&#39;', '&': '&amp;', '<': '&lt;', '>': '&gt;', '\0': '\uFFFD',
}
const scriptEscapes: Readonly<Record<string, string>> = {
  '\\': '\\\\', "'": "\\'", '"': '\\"', '<': '\\u003C', '>': '\\u003E', '&': '\\u0026',
  '=': '\\u003D', '\n': '\\u000A', '\t': '\\u0009', '\r': '\\u000D',
}

function escaped(text: string, escapes: Readonly<Record<string, string>>): string {
  return [...text].map((character) => escapes[character] ?? character).join('')
}

/** Go's Printf with the verbs templates use. */
function format(text: string, values: readonly unknown[]): string {
  let at = 0
  const verbs = /%([-+ 0]*)(\d*)(?:\.(\d+))?([vsdqtxXTcfg%])/g
  const shown = text.replace(verbs, (
    _, flags: string, width: string, digits: string | undefined, verb: string,
  ) => {
    if (verb === '%') return '%'
    if (at >= values.length) return `%!${verb}(MISSING)`
    const word = verbText(verb, values[at++], digits)
    const size = Number(width || 0)
    return flags.includes('-')
      ? word.padEnd(size) : word.padStart(size, flags.includes('0') ? '0' : ' ')
  })
  const extra = values.slice(at).map((value) => `${typed(value)}`)
  return extra.length === 0 ? shown : `${shown}%!(EXTRA ${extra.join(', ')})`
}

/** What a verb makes of a value; of one that it cannot show it tells type and value. */
function verbText(verb: string, value: unknown, digits: string | undefined): string {
  const whole = typeof value === 'number' && Number.isInteger(value)
  if (verb === 'v') return goValue(value)
  if (verb === 'T') return goType(value)
  if (verb === 's' && (typeof value === 'string' || (typeof value === 'object' && value))) {
    const text = goValue(value)
    return digits === undefined ? text : [...text].slice(0, Number(digits)).join('')
  }
  if (verb === 'q' && typeof value === 'string') return goQuote(value)
  if (verb === 'd' && whole) return String(value)
  if (verb === 'c' && whole) return String.fromCodePoint(Math.abs(value) % 0x110000)
  if (verb === 't' && typeof value === 'boolean') return String(value)
  if (verb === 'f' && typeof value === 'number' && !whole) {
    return value.toFixed(Math.min(100, Number(digits ?? 6)))
  }
  if (verb === 'g' && typeof value === 'number' && !whole) return String(value)
  if (verb.toLowerCase() === 'x' && whole) {
    const hex = value.toString(16)
    return verb === 'x' ? hex : hex.toUpperCase()
  }
  return `%!${verb}(${typed(value)})`
}

function typed(value: unknown): string {
  return value === undefined || value === null ? '<nil>' : `${goType(value)}=${goValue(value)}`
}

/** Go's `%v` at the top; what is not there reads `<no value>` in a template. */
export function goText(value: unknown): string {
  return value === undefined || value === null ? '<no value>' : goValue(value)
}

/** Go's `%v`. */
export function goValue(value: unknown): string {
  if (value === undefined || value === null) return '<nil>'
  if (Array.isArray(value)) return `[${value.map(goValue).join(' ')}]`
  if (typeof value !== 'object') return String(value)
  const members = Object.entries(value).filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => compareText(a, b))
  return `map[${members.map(([key, item]) => `${key}:${goValue(item)}`).join(' ')}]`
}
