import { newTableWriter, type TabWriter } from '../text/tabwriter.ts'
import { compareText } from '../text/compare.ts'

/** A server's meta.k8s.io/v1 Table as it comes over the wire. */
export interface Table {
  readonly kind: 'Table'
  readonly metadata: { readonly resourceVersion?: string }
  readonly columnDefinitions: readonly Column[] | null
  readonly rows: readonly Row[]
}

export interface Column {
  readonly name: string
  readonly type: string
  readonly format?: string
  readonly priority: number
}

export interface Row {
  readonly cells: readonly unknown[]
  readonly object?: { readonly metadata?: {
    readonly name?: string
    readonly namespace?: string
    readonly creationTimestamp?: string
    readonly labels?: Readonly<Record<string, string>>
  } }
}

export function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'Table'
}

export interface TableOptions {
  readonly wide: boolean
  readonly headers: boolean
  readonly withNamespace: boolean
  readonly showLabels: boolean
  readonly labelColumns: readonly string[]
}

/**
 * Prints tables into columns that are shared by all of one kind. Models cli-runtime TablePrinter.
 */
export class TablePrinter {
  private columns: readonly Column[] | undefined
  private headerPrinted = false

  constructor(
    private readonly options: TableOptions,
    /** Prefixes names with the kind, when several kinds are printed. */
    private readonly kind: string | undefined,
    private readonly writer: TabWriter = newTableWriter(),
  ) {}

  print(table: Table, change?: string): void {
    if (table.columnDefinitions) this.columns = table.columnDefinitions
    const columns = this.columns ?? []
    if (table.rows.length === 0) return
    if (this.options.headers && !this.headerPrinted) {
      this.headerPrinted = true
      this.line(this.header(columns, change !== undefined))
    }
    for (const row of table.rows) this.line(this.row(columns, row, change))
  }

  flush(): string {
    return this.writer.flush()
  }

  private line(cells: readonly string[]): void {
    this.writer.write(`${cells.join('\t')}\n`)
  }

  private header(columns: readonly Column[], withChange: boolean): readonly string[] {
    const { withNamespace, labelColumns, showLabels } = this.options
    return [
      ...(withChange ? ['EVENT'] : []), ...(withNamespace ? ['NAMESPACE'] : []),
      ...columns.filter((column) => this.shown(column)).map((column) => column.name.toUpperCase()),
      ...labelColumns.map((label) => label.slice(label.lastIndexOf('/') + 1).toUpperCase()),
      ...(showLabels ? ['LABELS'] : []),
    ]
  }

  private row(columns: readonly Column[], row: Row, change: string | undefined): readonly string[] {
    const { withNamespace, labelColumns, showLabels } = this.options
    const metadata = row.object?.metadata
    const cells = columns.flatMap((column, at) => {
      return this.shown(column) ? [this.cell(column, row.cells[at])] : []
    })
    return [
      ...(change === undefined ? [] : [change.padEnd(8)]),
      ...(withNamespace ? [metadata?.namespace ?? ''] : []), ...cells,
      ...labelColumns.map((label) => metadata?.labels?.[label] ?? ''),
      ...(showLabels ? [labelsText(metadata?.labels)] : []),
    ]
  }

  private cell(column: Column, value: unknown): string {
    const text = cellText(value)
    return this.kind !== undefined && column.format === 'name' ? `${this.kind}/${text}` : text
  }

  private shown(column: Column): boolean {
    return this.options.wide || column.priority === 0
  }
}

/** One line of a value; control characters that would upset a terminal are made visible. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text = String(value)
  const end = text.search(/[\f\n\r]/)
  const line = end < 0 ? text : `${text.slice(0, end)}...`
  return line.replaceAll('\u001b', '^[')
}

export function labelsText(labels: Readonly<Record<string, string>> | undefined): string {
  const entries = Object.entries(labels ?? {}).sort(([a], [b]) => compareText(a, b))
  return entries.length === 0
    ? '<none>' : entries.map(([key, value]) => `${key}=${value}`).join(',')
}
