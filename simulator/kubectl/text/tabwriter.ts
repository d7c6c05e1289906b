// Models Go's text/tabwriter and the fork cli-runtime prints with (which remembers widths).

export interface TabOptions {
  readonly minWidth: number
  readonly padding: number
  /** Columns keep the width they once had: what makes `get -w` only ever grow wider. */
  readonly rememberWidths?: boolean
}

/** Elastic columns: a column is a run of lines that have a tab-ended cell at that position. */
export class TabWriter {
  private text = ''
  private remembered: number[] = []

  constructor(private readonly options: TabOptions) {}

  write(text: string): void {
    this.text += text
  }

  /** The aligned text of what was written since the last flush. */
  flush(): string {
    const text = this.text
    this.text = ''
    if (text === '') return ''
    const endsLine = text.endsWith('\n')
    const lines = (endsLine ? text.slice(0, -1) : text).split('\n').map((line) => line.split('\t'))
    const out: string[] = []
    this.format(lines, 0, lines.length, [], out)
    return out.join('\n') + (endsLine ? '\n' : '')
  }

  private format(
    lines: readonly string[][], from: number, to: number, widths: number[], out: string[],
  ): void {
    const column = widths.length
    let start = from
    for (let at = from; at < to; at++) {
      if (column >= lines[at]!.length - 1) continue
      for (; start < at; start++) out.push(padded(lines[start]!, widths))
      const end = blockEnd(lines, at, to, column)
      widths.push(this.columnWidth(lines, at, end, column))
      this.format(lines, at, end, widths, out)
      widths.pop()
      start = end
      at = end - 1
    }
    for (; start < to; start++) out.push(padded(lines[start]!, widths))
  }

  private columnWidth(
    lines: readonly string[][], from: number, to: number, column: number,
  ): number {
    const { minWidth, padding, rememberWidths } = this.options
    let width = Math.max(minWidth, rememberWidths ? this.remembered[column] ?? 0 : 0)
    for (let at = from; at < to; at++) {
      width = Math.max(width, runeCount(lines[at]![column]!) + padding)
    }
    if (rememberWidths) this.remembered[column] = width
    return width
  }
}

function blockEnd(lines: readonly string[][], from: number, to: number, column: number): number {
  let end = from
  while (end < to && column < lines[end]!.length - 1) end++
  return end
}

function padded(cells: readonly string[], widths: readonly number[]): string {
  let line = ''
  for (const [at, cell] of cells.entries()) {
    line += cell
    const width = widths[at]
    if (width !== undefined) line += ' '.repeat(Math.max(0, width - runeCount(cell)))
  }
  return line
}

function runeCount(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 0xdc00 || code > 0xdfff) count++
  }
  return count
}

/** The columns of `kubectl get`. Models cli-runtime/printers GetNewTabWriter. */
export function newTableWriter(): TabWriter {
  return new TabWriter({ minWidth: 6, padding: 3, rememberWidths: true })
}

/** The columns of `kubectl describe`. Models kubectl/describe tabbedString. */
export function newDescribeWriter(): TabWriter {
  return new TabWriter({ minWidth: 0, padding: 2 })
}
