import type { Stat } from '../../kernel/types.ts'
import type { Call } from '../command.ts'
import { diskKibibytes } from './file-sizes.ts'
import type { Item } from './ls.ts'
import { columnsOf } from '../text-width.ts'

export function blocksOf(stat: Stat): number {
  return stat.kind === 'file' || stat.kind === 'directory' ? diskKibibytes(stat.size) : 0
}

/** The name with what -F or -p puts behind it. */
export function marked(call: Call, item: Item, shown: string): string {
  const { kind, mode } = item.stat
  if (kind === 'directory') return call.has('F', 'p', 'file-type') ? `${shown}/` : shown
  if (!call.has('F', 'file-type')) return shown
  if (kind === 'symlink') return `${shown}@`
  return call.has('F') && kind === 'file' && (mode & 0o111) !== 0 ? `${shown}*` : shown
}

/** On a terminal GNU quotes names a shell would split, and moves the others by one column. */
export function gnuQuoted(names: readonly string[]): string[] {
  const quoted = names.map(shellQuoted)
  const any = quoted.some((name, i) => name !== names[i])
  return any ? quoted.map((name, i) => name === names[i] ? ` ${name}` : name) : quoted
}

function shellQuoted(name: string): string {
  if (name !== '' && !/[\s!"$&'()*;<=>?[\\\]^`{|}]|^[#~]/.test(name)) return name
  if (!name.includes("'")) return `'${name}'`
  return /["$`\\!]/.test(name) ? `'${name.replaceAll("'", "'\\''")}'` : `"${name}"`
}

const tabStop = 8
const minimumColumn = 3

/**
 * Models coreutils ls.c: as many columns as fit, each as wide as its longest name, tabs between.
 */
export function gnuColumns(names: readonly string[], width: number, across: boolean): string {
  const widths = names.map(columnsOf)
  let columns = Math.min(names.length, Math.max(1, Math.floor(width / minimumColumn)))
  let sizes: number[] = []
  for (; columns > 1; columns--) {
    sizes = columnWidths(widths, columns, across)
    if (sizes.reduce((sum, size) => sum + size, 0) < width) break
  }
  if (columns <= 1) return names.map((name) => `${name}\n`).join('')
  const rows = Math.ceil(names.length / columns)
  let out = ''
  for (let row = 0; row < rows; row++) {
    let at = 0
    let start = 0
    for (let column = 0; column < columns; column++) {
      const index = across ? row * columns + column : column * rows + row
      if (index >= names.length) break
      out += indent(at, start) + names[index]!
      at = start + widths[index]!
      start += sizes[column]!
    }
    out += '\n'
  }
  return out
}

function columnWidths(widths: readonly number[], columns: number, across: boolean): number[] {
  const rows = Math.ceil(widths.length / columns)
  const sizes = new Array<number>(columns).fill(minimumColumn)
  widths.forEach((width, i) => {
    const column = across ? i % columns : Math.floor(i / rows)
    const gap = column === columns - 1 ? 0 : 2
    sizes[column] = Math.max(sizes[column]!, width + gap)
  })
  return sizes
}

function indent(from: number, to: number): string {
  let out = ''
  let at = from
  while (at < to) {
    if (Math.floor(to / tabStop) > Math.floor((at + 1) / tabStop)) {
      out += '\t'
      at += tabStop - at % tabStop
    } else {
      out += ' '
      at++
    }
  }
  return out
}

/** Models busybox coreutils/ls.c: columns of one width, filled with spaces. */
export function busyboxColumns(names: readonly string[], width: number, across: boolean): string {
  const widths = names.map(columnsOf)
  const columnWidth = Math.max(...widths) + 2
  const columns = Math.max(1, Math.floor(width / columnWidth))
  const rows = Math.ceil(names.length / columns)
  let out = ''
  for (let row = 0; row < rows; row++) {
    let gap = 0
    for (let column = 0; column < columns; column++) {
      const index = across ? row * columns + column : column * rows + row
      if (index >= names.length) break
      out += ' '.repeat(gap) + names[index]!
      gap = columnWidth - widths[index]!
    }
    out += '\n'
  }
  return out
}
