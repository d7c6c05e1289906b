interface Snapshot {
  readonly lines: readonly string[]
  readonly row: number
  readonly column: number
}

/** Steps that can be taken back; more than a learner will want. */
const maxUndo = 200

/** The text being edited, the cursor in it, and what was done to it. */
export class Buffer {
  lines: string[] = ['']
  row = 0
  /** Position in UTF-16 units, never inside a pair of surrogates. */
  column = 0
  modified = false
  private undoSteps: Snapshot[] = []
  private redoSteps: Snapshot[] = []
  private lastKind = ''
  private cut: string[] = []
  /** Cuts in a row are collected. */
  private collecting = false

  load(text: string): void {
    // A text that ends with a newline has an empty last line, on which typing can go on.
    this.lines = text.split('\n')
    this.row = 0
    this.column = 0
    this.modified = false
  }

  /** The text as it is saved: nano adds a newline at the end. */
  text(): string {
    const text = this.lines.join('\n')
    return text === '' || text.endsWith('\n') ? text : `${text}\n`
  }

  get line(): string {
    return this.lines[this.row] ?? ''
  }

  /** How many lines a save writes, as nano counts them. */
  lineCount(): number {
    return this.lines.length - (this.lines[this.lines.length - 1] === '' ? 1 : 0)
  }

  insert(text: string): void {
    this.remember(text === '\n' ? 'enter' : 'type')
    const before = this.line.slice(0, this.column)
    const after = this.line.slice(this.column)
    const pieces = (before + text).split('\n')
    const last = pieces[pieces.length - 1]!
    this.lines.splice(this.row, 1, ...pieces.slice(0, -1), last + after)
    this.row += pieces.length - 1
    this.column = last.length
  }

  backspace(): void {
    if (this.column === 0 && this.row === 0) return
    this.left()
    this.deleteForward('backspace')
  }

  deleteForward(kind = 'delete'): void {
    const atEnd = this.column >= this.line.length
    if (atEnd && this.row >= this.lines.length - 1) return
    this.remember(kind)
    if (atEnd) {
      this.lines.splice(this.row, 2, this.line + this.lines[this.row + 1]!)
      return
    }
    const width = this.widthAt(this.column)
    this.lines[this.row] = this.line.slice(0, this.column) + this.line.slice(this.column + width)
  }

  /** ^K: the whole line. */
  cutLine(): boolean {
    if (this.row === this.lines.length - 1 && this.line === '') return false
    this.remember('cut')
    if (!this.collecting) this.cut = []
    this.cut.push(this.line)
    this.collecting = true
    if (this.row === this.lines.length - 1) this.lines[this.row] = ''
    else this.lines.splice(this.row, 1)
    this.column = 0
    return true
  }

  /** M-6: copies the line and goes to the next. */
  copyLine(): void {
    if (!this.collecting) this.cut = []
    this.cut.push(this.line)
    this.down()
    this.column = 0
    this.collecting = true
  }

  paste(): boolean {
    if (this.cut.length === 0) return false
    this.remember('paste')
    const before = this.line.slice(0, this.column)
    const pieces = `${before}${this.cut.join('\n')}\n${this.line.slice(this.column)}`.split('\n')
    this.lines.splice(this.row, 1, ...pieces)
    this.row += this.cut.length
    this.column = 0
    return true
  }

  endCollecting(): void {
    this.collecting = false
  }

  undo(): boolean {
    return this.restore(this.undoSteps, this.redoSteps)
  }

  redo(): boolean {
    return this.restore(this.redoSteps, this.undoSteps)
  }

  private restore(from: Snapshot[], to: Snapshot[]): boolean {
    const step = from.pop()
    if (!step) return false
    to.push(this.snapshot())
    this.lines = [...step.lines]
    this.row = step.row
    this.column = step.column
    this.modified = true
    this.lastKind = ''
    return true
  }

  private snapshot(): Snapshot {
    return { lines: [...this.lines], row: this.row, column: this.column }
  }

  /** Letters typed one after another are one step. */
  private remember(kind: string): void {
    this.modified = true
    if (kind !== this.lastKind || !['type', 'backspace', 'delete'].includes(kind)) {
      this.undoSteps.push(this.snapshot())
      if (this.undoSteps.length > maxUndo) this.undoSteps.shift()
    }
    this.lastKind = kind
    this.redoSteps = []
  }

  private widthAt(column: number): number {
    return (this.line.codePointAt(column) ?? 0) > 0xffff ? 2 : 1
  }

  moved(): void {
    this.lastKind = ''
  }

  left(): void {
    if (this.column > 0)
      this.column -= (this.line.codePointAt(this.column - 2) ?? 0) > 0xffff ? 2 : 1
    else if (this.row > 0) {
      this.row--
      this.column = this.line.length
    }
  }

  right(): void {
    if (this.column < this.line.length) this.column += this.widthAt(this.column)
    else if (this.row < this.lines.length - 1) {
      this.row++
      this.column = 0
    }
  }

  up(count = 1): void {
    this.goTo(this.row - count, this.column)
  }

  down(count = 1): void {
    this.goTo(this.row + count, this.column)
  }

  goTo(row: number, column: number): void {
    this.row = Math.max(0, Math.min(this.lines.length - 1, row))
    this.column = Math.max(0, Math.min(this.line.length, column))
    const code = this.line.charCodeAt(this.column)
    if (code >= 0xdc00 && code < 0xe000) this.column--
  }

  /** The next place of a text after the cursor, around the end to the beginning. */
  find(
    wanted: string,
  ): { readonly row: number; readonly column: number; readonly wrapped: boolean } | undefined {
    const key = wanted.toLowerCase()
    const total = this.lines.length
    for (let step = 0; step <= total; step++) {
      const row = (this.row + step) % total
      const from = step === 0 ? this.column + 1 : 0
      const column = this.lines[row]!.toLowerCase().indexOf(key, from)
      if (column < 0) continue
      if (step === total && column > this.column) continue
      return { row, column, wrapped: row < this.row || step === total }
    }
    return undefined
  }
}
