import { compareText } from './compare.ts'

/** Compact JSON with sorted keys and Go's HTML escapes, as encoding/json writes maps. */
export function compactJson(value: unknown): string {
  return encode(value, '', '')
}

/** As `kubectl -o json` prints: four blanks, sorted keys. */
export function indentedJson(value: unknown, indent = '    '): string {
  return encode(value, indent, '\n')
}

/** As kubectl prints what is a type of Go to it: the members stand as they were declared. */
export function declaredJson(value: unknown, indent = '    '): string {
  return encode(value, indent, '\n', false)
}

/** The same without any blank, as encoding/json writes a struct. */
export function compactDeclaredJson(value: unknown): string {
  return encode(value, '', '', false)
}

function encode(value: unknown, indent: string, newline: string, sorted = true): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'string') return goString(value)
  if (typeof value === 'number') return goNumber(value)
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  const inner = newline === '' ? '' : newline + indent
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    const items = value.map((item) => encode(item, indent, inner, sorted))
    return `[${inner}${items.join(`,${inner}`)}${newline}]`
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  if (sorted) entries.sort(([a], [b]) => compareText(a, b))
  if (entries.length === 0) return '{}'
  const colon = newline === '' ? ':' : ': '
  const members = entries.map(
    ([key, item]) => goString(key) + colon + encode(item, indent, inner, sorted),
  )
  return `{${inner}${members.join(`,${inner}`)}${newline}}`
}

/** Go prints whole numbers without exponent up to 1e21, as JavaScript does. */
function goNumber(value: number): string {
  return Number.isFinite(value) ? String(value) : 'null'
}

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b', '\f': '\\f',
}

function goString(text: string): string {
  return `"${text.replace(/["\\\u0000-\u001f<>&\u2028\u2029]/g, (character) =>
    escapes[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`
}
