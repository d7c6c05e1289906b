import { Failure, PrintFailure } from '../command/failure.ts'
import { newTableWriter } from '../text/tabwriter.ts'
import { goValue } from './go-template-functions.ts'
import { expressionFinder, relaxed } from './json-path.ts'

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
    return { header: column.slice(0, colon), path: relaxed(column.slice(colon + 1)) }
  })
  const writer = newTableWriter()
  let headerDue = headers
  return (object) => {
    if (headerDue) writer.write(`${columns.map((column) => column.header).join('\t')}\n`)
    headerDue = false
    try {
      const finders = columns.map(({ path }) => expressionFinder(path))
      for (const item of itemsOf(object)) {
        writer.write(`${finders.map((find) => cell(find(item))).join('\t')}\n`)
      }
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      // The rows before the one that fails are shown.
      throw new PrintFailure(error.message, writer.flush())
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

function cell(values: readonly unknown[]): string {
  return values.length === 0 ? '<none>' : values.map(goValue).join(',')
}
