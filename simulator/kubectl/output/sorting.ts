import { Failure } from '../command/failure.ts'
import { compareText } from '../text/compare.ts'
import { parseTime } from '../text/duration.ts'
import { goQuote } from '../text/quote.ts'
import { expressionFinder, relaxed } from './json-path.ts'
import type { Table } from './table.ts'

/**
 * Rows by a field of their objects; without a field they stay as the server sent them. What fails
 * is not told: then there are no rows. Models kubectl/cmd/get SortingPrinter.PrintObj.
 */
export function sortRows(table: Table, path: string): Table {
  if (path === '' || table.rows.length < 2) return table
  try {
    return { ...table, rows: stablySorted(table.rows, (row) => row.object, path, true) }
  } catch (error) {
    if (error instanceof Failure) return { ...table, rows: [] }
    throw error
  }
}

export function sortItems(items: readonly unknown[], path: string): readonly unknown[] {
  return path === '' || items.length === 0 ? items
    : stablySorted(items, (item) => item, path, false)
}

function stablySorted<T>(
  items: readonly T[], object: (item: T) => unknown, path: string, orTemplate: boolean,
): readonly T[] {
  const expression = expressionOf(path, orTemplate)
  const find = expressionFinder(expression)
  const keyed = items.map((item) => ({ item, key: find(object(item))[0] }))
  if (keyed.every(({ key }) => key === undefined)) {
    throw new Failure(`couldn't find any field with path ${goQuote(expression)} in the list of `
      + 'objects')
  }
  return keyed.sort((a, b) => compareValues(a.key, b.key)).map(({ item }) => item)
}

/** Rows may be sorted by a whole template too. */
function expressionOf(path: string, orTemplate: boolean): string {
  try {
    return relaxed(path)
  } catch (error) {
    if (orTemplate && error instanceof Failure) return path
    throw error
  }
}

/** Missing values come first; times and numbers count as such. */
function compareValues(a: unknown, b: unknown): number {
  if (a === undefined || a === null) return b === undefined || b === null ? 0 : -1
  if (b === undefined || b === null) return 1
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const timeA = parseTime(a)
  const timeB = parseTime(b)
  if (timeA !== undefined && timeB !== undefined) return timeA - timeB
  return compareNatural(String(a), String(b))
}

/** kubectl sorts text with runs of digits as numbers. */
function compareNatural(a: string, b: string): number {
  const partsA = a.match(/\d+|\D+/g) ?? []
  const partsB = b.match(/\d+|\D+/g) ?? []
  for (let at = 0; at < Math.min(partsA.length, partsB.length); at++) {
    const [one, two] = [partsA[at]!, partsB[at]!]
    const digits = /^\d/.test(one) && /^\d/.test(two)
    const order = digits ? Number(one) - Number(two) : compareText(one, two)
    if (order !== 0) return order
  }
  return partsA.length - partsB.length
}
