import { age } from '../text/duration.ts'
import type { Row, Table } from './table.ts'

/**
 * What kubectl prints when the server is not to lay it out: it knows no kind's own columns.
 * Models cli-runtime printers defaultTableGenerator of objects without a handler.
 */
export function plainTable(objects: readonly unknown[], now: number): Table {
  return {
    kind: 'Table', metadata: {},
    columnDefinitions: [
      { name: 'Name', type: 'string', format: 'name', priority: 0 },
      { name: 'Age', type: 'string', priority: 0 },
    ],
    rows: objects.map((object) => rowOf(object as NonNullable<Row['object']>, now)),
  }
}

function rowOf(object: NonNullable<Row['object']>, now: number): Row {
  const { metadata } = object
  return { cells: [metadata?.name ?? '', age(metadata?.creationTimestamp, now)], object }
}
