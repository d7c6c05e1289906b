import { Failure } from '../command/failure.ts'
import { compactJson } from '../text/json.ts'
import { newTableWriter } from '../text/tabwriter.ts'
import { findValues } from './json-path.ts'

/**
 * `-o custom-columns=HEADER:.path,…`. Models kubectl/cmd/get CustomColumnsPrinter: a watch has one
 * header, and columns that only grow.
 */
export function customColumns(spec: string, headers: boolean): (object: unknown) => string {
  if (spec === '') throw new Failure('custom-columns format specified but no custom columns given')
  const columns = spec.split(',').map((column) => {
    const colon = column.indexOf(':')
    if (colon < 0) {
      throw new Failure(
        `unexpected custom-columns spec: ${column}, expected <header>:<json-path-expr>`,
      )
    }
    return { header: column.slice(0, colon), path: column.slice(colon + 1) }
  })
  const writer = newTableWriter()
  let headerDue = headers
  return (object) => {
    if (headerDue) writer.write(`${columns.map((column) => column.header).join('\t')}\n`)
    headerDue = false
    for (const item of itemsOf(object)) {
      writer.write(`${columns.map((column) => cell(column.path, item)).join('\t')}\n`)
    }
    return writer.flush()
  }
}

function itemsOf(object: unknown): readonly unknown[] {
  if (typeof object === 'object' && object !== null && 'items' in object
    && Array.isArray(object.items)) {
    return object.items
  }
  return [object]
}

function cell(path: string, item: unknown): string {
  const values = findValues(path, item)
  if (values.length === 0) return '<none>'
  return values.map((value) => {
    if (value === null) return '<nil>'
    return typeof value === 'object' ? goValue(value) : String(value)
  }).join(',')
}

/** Go's `%v` of maps and lists. */
function goValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goValue).join(' ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const sorted = JSON.parse(compactJson(value)) as Readonly<Record<string, unknown>>
  return `map[${Object.entries(sorted).map(([key, item]) => `${key}:${goValue(item)}`).join(' ')}]`
}
