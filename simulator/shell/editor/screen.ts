import type { Prompt } from './prompt.ts'
import { charWidth, shown, textWidth } from './width.ts'

interface Place { readonly row: number; readonly column: number }

/**
 * What stands on the terminal from the prompt on, and the shortest way from one line to the next,
 * in the sequences that readline sends.
 */
export class Screen {
  private line: readonly string[] = []
  private cursor = 0
  private prompt = ''
  private promptText = ''

  constructor(public columns: number, private readonly style: 'readline' | 'busybox') {}

  /** After the prompt was printed. */
  begin(prompt: Prompt): void {
    this.prompt = prompt.visible
    this.promptText = prompt.text.slice(prompt.text.lastIndexOf('\n') + 1)
    this.line = []
    this.cursor = 0
  }

  /** Text that changes the screen to show `line`, the cursor before character `cursor`. */
  update(line: readonly string[], cursor: number): string {
    const out = this.isSimple(line) ? this.updateRow(line, cursor) : this.updateRows(line, cursor)
    this.line = [...line]
    this.cursor = cursor
    return out
  }

  /** Everything again, from the row of the prompt. */
  redraw(promptText: string, clear: 'below' | 'screen'): string {
    const { line, cursor } = this
    const up =
      clear === 'screen'
        ? '\x1b[H\x1b[2J'
        : this.goto(this.place(this.cursor), { row: 0, column: 0 })
    this.line = []
    this.cursor = 0
    const body = this.update(line, cursor)
    return clear === 'screen' ? up + promptText + body : `${up}\r${promptText}${body}\x1b[J`
  }

  /** From the cursor to the row after the last. */
  leave(): string {
    return this.update(this.line, this.line.length)
  }

  /** Columns that are left behind a line that stands in one row with its prompt; 0 where none. */
  room(line: readonly string[]): number {
    const room = this.columns - 2 - textWidth(this.prompt)
    return line.includes('\n') ? 0 : Math.max(0, room - this.widthOf(line))
  }

  private isSimple(line: readonly string[]): boolean {
    const room = this.columns - 1 - textWidth(this.prompt)
    return (
      room > 0 && [this.line, line].every((one) => !one.includes('\n') && this.widthOf(one) < room)
    )
  }

  private widthOf(keys: readonly string[]): number {
    return textWidth(print(keys))
  }

  private updateRow(line: readonly string[], cursor: number): string {
    const old = this.line
    let from = 0
    while (from < old.length && from < line.length && old[from] === line[from]) from++
    if (from === old.length && from === line.length) return this.slide(line, this.cursor, cursor)
    let same = 0
    while (same < old.length - from && same < line.length - from
      && old[old.length - 1 - same] === line[line.length - 1 - same]) same++
    const removed = old.slice(from, old.length - same)
    const added = line.slice(from, line.length - same)
    if (this.style === 'busybox') return this.redrawRow(line, cursor, from, added, removed)
    let out = this.slide(old, this.cursor, from)
    let at = line.length
    if (same > 0 && removed.length === 0) {
      out += `\x1b[${this.widthOf(added)}@${print(added)}`
      at = from + added.length
    } else if (same > 0 && added.length === 0) {
      out += `\x1b[${this.widthOf(removed)}P`
      at = from
    } else {
      out += print(line.slice(from))
      if (this.widthOf(line) < this.widthOf(old)) out += '\x1b[K'
    }
    return out + this.slide(line, at, cursor)
  }

  /** busybox prints the rest of the line again, and all of it when more than a key has changed. */
  private redrawRow(
    line: readonly string[], cursor: number, from: number,
    added: readonly string[], removed: readonly string[],
  ): string {
    const back = '\b'.repeat(this.widthOf(line.slice(cursor)))
    if (added.length > 1 || (added.length > 0 && removed.length > 0)) {
      return `\r${this.promptText}${print(line)}\x1b[J${back}`
    }
    const rest = print(line.slice(from))
    const clear = removed.length > 0 ? '\x1b[J' : ''
    return this.slide(this.line, this.cursor, from) + rest + clear + back
  }

  /**
   * Moves within a row: to the right by the characters themselves, to the left by backspaces or,
   * if that is shorter, from the first column on (readline's CR_FASTER).
   */
  private slide(line: readonly string[], from: number, to: number): string {
    if (to >= from) return print(line.slice(from, to))
    const target = textWidth(this.prompt) + this.widthOf(line.slice(0, to))
    const distance = this.widthOf(line.slice(to, from))
    if (target + 1 < distance) return `\r${this.promptText}${print(line.slice(0, to))}`
    return '\b'.repeat(distance)
  }

  private updateRows(line: readonly string[], cursor: number): string {
    let from = 0
    while (from < this.line.length && from < line.length && this.line[from] === line[from]) from++
    const unchanged = from === this.line.length && from === line.length
    if (unchanged) return this.goto(this.place(this.cursor), this.place(cursor))
    const appended = from === this.line.length && this.cursor === from
    if (this.isErasure(line, cursor)) return this.erase(line)
    let out = appended ? '' : this.goto(this.place(this.cursor), this.place(from))
    out += print(line.slice(from))
    this.line = [...line]
    const last = this.place(line.length)
    // A full row leaves the cursor hanging behind its last column: a blank takes it down.
    if (last.column === 0 && line.length > from && line.at(-1) !== '\n') out += ' \r'
    if (!appended) out += '\x1b[J'
    return out + this.goto(last, this.place(cursor))
  }

  /** The end of the line goes, within the row the cursor is in. */
  private isErasure(line: readonly string[], cursor: number): boolean {
    const atEnd = this.cursor === this.line.length && cursor === line.length
    return atEnd && line.length < this.line.length && line.every((key, at) => key === this.line[at])
      && this.place(line.length).row === this.place(this.line.length).row
  }

  private erase(line: readonly string[]): string {
    return '\b \b'.repeat(this.widthOf(this.line.slice(line.length)))
  }

  /** Where the character with this index stands. */
  private place(index: number): Place {
    let row = 0
    let column = 0
    for (const key of [...this.prompt, ...this.line.slice(0, index)]) {
      if (key === '\n') {
        row++
        column = 0
        continue
      }
      for (const part of shown(key)) {
        const width = charWidth(part)
        if (column + width > this.columns) {
          row++
          column = 0
        }
        column += width
      }
      if (column >= this.columns) {
        row++
        column = 0
      }
    }
    return { row, column }
  }

  private goto(from: Place, to: Place): string {
    if (from.row === to.row && from.column === to.column) return ''
    const rows =
      to.row < from.row ? `\x1b[${from.row - to.row}A` : '\x1b[B'.repeat(to.row - from.row)
    return `${rows}\r${to.column > 0 ? `\x1b[${to.column}C` : ''}`
  }
}

function print(keys: readonly string[]): string {
  return keys.map(shown).join('')
}
