import { compareText } from './compare.ts'
import { goQuote } from './quote.ts'

/** Go's `%#v` of a decoded JSON value. */
export function goSyntax(value: unknown): string {
  if (value === null || value === undefined) return 'interface {}(nil)'
  if (typeof value === 'string') return goQuote(value)
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`
  if (typeof value !== 'object') return String(value)
  const members = Object.entries(value).filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => compareText(a, b))
  const inner = members.map(([key, item]) => `${goQuote(key)}:${goSyntax(item)}`)
  return `map[string]interface {}{${inner.join(', ')}}`
}

/** Go's name for the type of a decoded JSON value. */
export function goType(value: unknown): string {
  if (value === null || value === undefined) return '<nil>'
  if (Array.isArray(value)) return '[]interface {}'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64'
  if (typeof value === 'boolean') return 'bool'
  return typeof value === 'string' ? 'string' : 'map[string]interface {}'
}
