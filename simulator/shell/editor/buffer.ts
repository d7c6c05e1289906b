/** The line being edited: its characters (a new list for each change) and the cursor's place. */
export class EditBuffer {
  keys: readonly string[] = []
  cursor = 0
  private killed: string[] = []
  /** The last change was a kill: the next one adds to it. */
  killing = false
  private readonly past: { readonly keys: readonly string[]; readonly cursor: number }[] = []

  get text(): string {
    return this.keys.join('')
  }

  get isAtEnd(): boolean {
    return this.cursor === this.keys.length
  }

  set(text: string, cursor?: number): void {
    this.keys = [...text]
    this.cursor = Math.min(cursor ?? this.keys.length, this.keys.length)
  }

  clear(): void {
    this.keys = []
    this.cursor = 0
    this.past.length = 0
  }

  insert(text: string): void {
    this.remember()
    const keys = [...text]
    this.keys = this.keys.toSpliced(this.cursor, 0, ...keys)
    this.cursor += keys.length
  }

  /** Removes from the cursor to `to`, in either direction; true if there was something. */
  remove(to: number, keep: boolean): boolean {
    const from = Math.min(this.cursor, to)
    const until = Math.min(this.keys.length, Math.max(this.cursor, to))
    if (until <= from || from < 0) return false
    this.remember()
    const removed = this.keys.slice(from, until)
    this.keys = this.keys.toSpliced(from, until - from)
    if (keep) this.keepKilled(removed, to < this.cursor)
    this.cursor = from
    return true
  }

  private keepKilled(removed: string[], backwards: boolean): void {
    if (!this.killing) this.killed = removed
    else this.killed = backwards ? [...removed, ...this.killed] : [...this.killed, ...removed]
    this.killing = true
  }

  yank(): void {
    this.insert(this.killed.join(''))
  }

  undo(): void {
    const before = this.past.pop()
    if (!before) return
    this.keys = before.keys
    this.cursor = before.cursor
  }

  /** Start of the word before the cursor; words of letters and digits, or between blanks. */
  wordLeft(blanks = false): number {
    let at = this.cursor
    while (at > 0 && !isWord(this.keys[at - 1], blanks)) at--
    while (at > 0 && isWord(this.keys[at - 1], blanks)) at--
    return at
  }

  wordRight(): number {
    let at = this.cursor
    while (at < this.keys.length && !isWord(this.keys[at], false)) at++
    while (at < this.keys.length && isWord(this.keys[at], false)) at++
    return at
  }

  transpose(): boolean {
    if (this.cursor === 0 || this.keys.length < 2) return false
    this.remember()
    const at = this.cursor === this.keys.length ? this.cursor - 1 : this.cursor
    const [left, right] = [this.keys[at - 1]!, this.keys[at]!]
    this.keys = this.keys.toSpliced(at - 1, 2, right, left)
    this.cursor = at + 1
    return true
  }

  changeWord(change: (word: string) => string): void {
    this.remember()
    const end = this.wordRight()
    const word = this.keys.slice(this.cursor, end).join('')
    this.keys = this.keys.toSpliced(this.cursor, end - this.cursor, ...change(word))
    this.cursor = end
  }

  private remember(): void {
    this.past.push({ keys: this.keys, cursor: this.cursor })
    if (this.past.length > 200) this.past.shift()
  }
}

function isWord(key: string | undefined, blanks: boolean): boolean {
  if (key === undefined) return false
  return blanks ? !/\s/.test(key) : /[\p{L}\p{N}]/u.test(key)
}
