import { Failure } from '../command/failure.ts'
import { compareText } from '../text/compare.ts'
import { parseTime } from '../text/duration.ts'
import { findValues } from './json-path.ts'
import type { Table } from './table.ts'

/** Rows by a field of their objects; without a field they stay as the server sent them. */
export function sortRows(table: Table, path: string): Table {
  if (path === '') return table
  return { ...table, rows: stablySorted(table.rows, (row) => row.object, path) }
}

export function sortItems(items: readonly unknown[], path: string): readonly unknown[] {
  return path === '' ? items : stablySorted(items, (item) => item, path)
}

/** Models kubectl/cmd/get SortingPrinter. */
function stablySorted<T>(
  items: readonly T[], object: (item: T) => unknown, path: string,
): readonly T[] {
  const keyed = items.map((item) => ({ item, key: findValues(path, object(item))[0] }))
  if (items.length > 0 && keyed.every(({ key }) => key === undefined)) {
    const shown = `{.${path.replace(/^\.|[{}]/g, '')}}`
    throw new Failure(`couldn't find any field with path "${shown}" in the list of objects`)
  }
  return keyed.sort((a, b) => compareValues(a.key, b.key)).map(({ item }) => item)
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
