import type { WindowSize } from '../../kernel/types.ts'
import { columnsOf, padColumns } from '../text-width.ts'
import type { Buffer } from './buffer.ts'

const reverse = (text: string): string => `\x1b[7m${text}\x1b[27m`
const tabColumns = 8

/** A key and what it does, as the lowest lines show it. */
export type Shortcut = readonly [key: string, label: string]

const main: readonly Shortcut[] = [
  ['^G', 'Help'],
  ['^X', 'Exit'],
  ['^O', 'Write Out'],
  ['^R', 'Read File'],
  ['^W', 'Where Is'],
  ['^\\', 'Replace'],
  ['^K', 'Cut'],
  ['^U', 'Paste'],
  ['^T', 'Execute'],
  ['^J', 'Justify'],
  ['^C', 'Location'],
  ['^/', 'Go To Line'],
  ['M-U', 'Undo'],
  ['M-E', 'Redo'],
]

/**
 * What stands in the lowest three lines: a question with its keys, or a message over the usual
 * keys.
 */
export type Foot =
  | { readonly kind: 'message'; readonly text: string }
  | {
      readonly kind: 'prompt'
      readonly label: string
      readonly answer: string
      readonly at: number
      readonly keys: readonly Shortcut[]
    }
  | { readonly kind: 'question'; readonly label: string }

/** A line this long is no longer drawn for each key if more are waiting. */
const longLine = 1000

export function isLong(buffer: Buffer): boolean {
  return buffer.line.length >= longLine
}

/** Draws the editor, and of it only the lines that changed. */
export class Screen {
  private shown: string[] = []
  top = 0

  /** Forgets what is on the terminal, so that the next drawing is whole. */
  invalidate(): void {
    this.shown = []
  }

  textRows(size: WindowSize): number {
    return Math.max(1, size.rows - 4)
  }

  scrollTo(buffer: Buffer, size: WindowSize): void {
    const rows = this.textRows(size)
    if (buffer.row < this.top || buffer.row >= this.top + rows) {
      const near = buffer.row === this.top - 1 || buffer.row === this.top + rows
      this.top = near
        ? buffer.row < this.top
          ? buffer.row
          : buffer.row - rows + 1
        : buffer.row - Math.floor(rows / 2)
      this.top = Math.max(0, this.top)
    }
  }

  draw(buffer: Buffer, name: string, size: WindowSize, foot: Foot): string {
    this.scrollTo(buffer, size)
    const rows = this.textRows(size)
    const lines = [reverse(title(name, buffer.modified, size.columns))]
    for (let i = 0; i < rows; i++) lines.push(this.textLine(buffer, this.top + i, size.columns))
    lines.push(...footLines(foot, size.columns))
    let out = '\x1b[?25l'
    lines.slice(0, size.rows).forEach((line, i) => {
      if (this.shown[i] === line) return
      out += `\x1b[${i + 1};1H${line}\x1b[K`
    })
    this.shown = lines
    return out + this.cursor(buffer, size, foot) + '\x1b[?25h'
  }

  private cursor(buffer: Buffer, size: WindowSize, foot: Foot): string {
    const footRow = this.textRows(size) + 2
    if (foot.kind === 'prompt') {
      const before = foot.label + foot.answer.slice(0, foot.at)
      return `\x1b[${footRow};${columnsOf(before) + 1}H`
    }
    if (foot.kind === 'question') return `\x1b[${footRow};${columnsOf(foot.label) + 2}H`
    const column = expanded(buffer.line.slice(0, buffer.column)).length
    const width = columnsOf(expanded(buffer.line.slice(0, buffer.column)))
    const start = pageStart(Math.max(column, width), size.columns)
    return `\x1b[${buffer.row - this.top + 2};${width - start + 1}H`
  }

  private textLine(buffer: Buffer, row: number, columns: number): string {
    const line = buffer.lines[row]
    if (line === undefined) return ''
    const text = expanded(line)
    const start =
      row === buffer.row ? pageStart(columnsOf(expanded(line.slice(0, buffer.column))), columns) : 0
    if (start === 0 && columnsOf(text) <= columns) return text
    const piece = cutColumns(text, start, columns)
    const cutRight = columnsOf(text) - start > columns
    const body = cutRight ? cutColumns(piece, 0, columns - 1) + reverse('>') : piece
    return start > 0 ? reverse('<') + body.slice(1) : body
  }
}

/** Models nano's get_page_start: long lines scroll sideways in pages. */
function pageStart(column: number, columns: number): number {
  if (column === 0 || column + 2 < columns || columns <= 8) return 0
  return column - 6 - (column - 6) % (columns - 8)
}

export function expanded(line: string): string {
  if (!/[\x00-\x1f]/.test(line)) return line
  let out = ''
  for (const character of line) {
    if (character === '\t') out += ' '.repeat(tabColumns - (columnsOf(out) % tabColumns))
    else
      out += character < ' ' ? `^${String.fromCharCode(character.charCodeAt(0) + 64)}` : character
  }
  return out
}

function cutColumns(text: string, from: number, count: number): string {
  if (/^[ -~]*$/.test(text)) return text.slice(from, from + count)
  let at = 0
  let out = ''
  for (const character of text) {
    const width = columnsOf(character)
    if (at >= from && at + width <= from + count) out += character
    at += width
  }
  return out
}

function title(name: string, modified: boolean, columns: number): string {
  const version = '  GNU nano 7.2'
  const state = modified ? 'Modified' : ''
  const middle = name === '' ? 'New Buffer' : name
  // The room left between the version and the place of "Modified", halved.
  const room = columns - version.length - 12 - columnsOf(middle)
  const offset = version.length + 1 + Math.max(0, Math.floor(room / 2))
  const left = padColumns(version, offset) + middle
  return padColumns(padColumns(left, columns - 10) + state, columns).slice(0, columns)
}

function footLines(foot: Foot, columns: number): string[] {
  if (foot.kind === 'message') {
    const text = foot.text === '' ? '' : `[ ${foot.text} ]`
    const indent = Math.max(0, Math.floor((columns - columnsOf(text)) / 2))
    return [text === '' ? '' : ' '.repeat(indent) + reverse(text), ...shortcutLines(main, columns)]
  }
  if (foot.kind === 'question') {
    return [
      reverse(padColumns(foot.label, columns)),
      `${reverse(' Y')} Yes`,
      `${reverse(' N')} No           ${reverse('^C')} Cancel`,
    ]
  }
  return [
    reverse(padColumns(foot.label + foot.answer, columns)),
    ...shortcutLines(foot.keys, columns),
  ]
}

/** Two lines of keys in columns of one width, as many as fit. */
function shortcutLines(shortcuts: readonly Shortcut[], columns: number): string[] {
  const shownCount = Math.min(shortcuts.length, Math.max(2, Math.floor(columns / 13) * 2))
  const shown = shortcuts.slice(0, shownCount)
  const width = Math.floor(columns / Math.ceil(shown.length / 2))
  const line = (offset: number): string =>
    shown
      .filter((_, i) => i % 2 === offset)
      .map(([key, label]) => {
        const room = width - key.length - 1
        return `${reverse(key)} ${padColumns(label.slice(0, room), room)}`
      })
      .join('')
      .trimEnd()
  return [line(0), line(1)]
}
