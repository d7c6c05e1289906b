import type { ApiObject } from '../types.ts'

export interface Column {
  readonly name: string
  readonly type: 'string' | 'integer'
  /** `name` marks the column that identifies the row. */
  readonly format: string
  readonly description: string
  /** 1: for `-o wide` only. */
  readonly priority: 0 | 1
}

export interface Row {
  readonly cells: readonly unknown[]
  readonly conditions?: readonly object[]
}

/** How the objects of a resource are shown in a table. */
export interface Printer<T extends ApiObject = ApiObject> {
  readonly columns: readonly Column[]
  /** A method, so that a printer of one kind can stand among those of all. */
  row(object: T, nowMillis: number): Row
}

/**
 * Columns from their names: those after `|` are for wide output, `#` marks a number.
 *
 *     columns('Name Ready Age | Containers')
 */
export function columns(text: string): readonly Column[] {
  const [always = '', wide = ''] = text.split(' | ')
  const parse = (part: string, priority: 0 | 1): Column[] => {
    return part.split(' ').filter((name) => name !== '').map((name) => ({
      name: name.replace('#', '').replaceAll('_', ' '), type: name.includes('#') ? 'integer'
        : 'string',
      format: name === 'Name' ? 'name' : '', description: '', priority,
    }))
  }
  return [...parse(always, 0), ...parse(wide, 1)]
}

/** Models the Table of meta.k8s.io/v1; the definitions stand only in the first of a stream. */
export function tableOf(
  printer: Printer, objects: readonly ApiObject[], options: {
    readonly nowMillis: number
    readonly resourceVersion: string
    readonly withColumns: boolean
    readonly include: string
    /** The object in the version that was asked for; cells are made of the stored one. */
    readonly shown: (object: ApiObject) => ApiObject
  },
): object {
  return {
    kind: 'Table', apiVersion: 'meta.k8s.io/v1',
    metadata: { resourceVersion: options.resourceVersion },
    columnDefinitions: options.withColumns ? printer.columns : null,
    rows: objects.map((object) => ({
      ...printer.row(object, options.nowMillis),
      object: included(options.shown(object), options.include),
    })),
  }
}

function included(object: ApiObject, include: string): unknown {
  if (include === 'Object') return object
  if (include === 'None') return null
  return {
    kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata,
  }
}
