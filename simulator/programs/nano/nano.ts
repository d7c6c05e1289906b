import type { ExitCode, Process, Program } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { KeyReader } from '../terminal/keys.ts'
import { Buffer } from './buffer.ts'
import { locationMessage } from './location.ts'
import { moveCursor } from './moves.ts'
import { editLine, keysOf } from './prompt.ts'
import { isLong, Screen, type Foot, type Shortcut } from './screen.ts'

/** A small nano 7.2: opens one file, edits, searches, cuts, pastes and saves. */
export const nano: Program = function* run(process) {
  const words = process.argv.slice(1)
  if (words.some((word) => ['-h', '--help', '-V', '--version'].includes(word))) {
    yield* process.write(2, `nano: error: ${words[0]} is not simulated in Grace\n`)
    return 1
  }
  const line = words.find((word) => /^\+\d+/.test(word))
  const path = words.find((word) => !/^[-+]./.test(word))
  const keys = process.isTty(0) && process.isTty(1) ? KeyReader.open(process) : undefined
  if (!keys) {
    yield* process.write(2, 'Standard input is not a terminal\n')
    return 1
  }
  const firstLine = Number(line?.slice(1).split(',')[0] ?? 1)
  return yield* new Editor(process, keys, path ?? '', firstLine).run()
}

type Answer = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'cancelled' }

/** A message stands for so many keys. */
const messageKeys = 20

class Editor {
  private readonly buffer = new Buffer()
  private readonly screen = new Screen()
  private said = ''
  private messageAge = 0
  private search = ''
  private leaving = false

  constructor(
    private readonly process: Process,
    private readonly keys: KeyReader,
    private path: string,
    private readonly firstLine: number,
  ) {}

  private get message(): string {
    return this.said
  }

  private set message(text: string) {
    this.said = text
    this.messageAge = 0
  }

  *run(): Task<ExitCode> {
    if (this.path !== '' && !(yield* this.load())) {
      this.keys.close()
      return 1
    }
    this.buffer.goTo(this.firstLine - 1, 0)
    yield* this.process.write(1, '\x1b[?1049h\x1b[H\x1b[2J')
    while (!this.leaving) {
      yield* this.draw({ kind: 'message', text: this.message })
      const key = yield* this.keys.next()
      if (key === '') break
      if (key === 'resize') this.screen.invalidate()
      else if (key !== undefined) {
        yield* this.handle(key)
        if (++this.messageAge > messageKeys) this.message = ''
      }
    }
    yield* this.process.write(1, '\x1b[?1049l')
    this.keys.close()
    return 0
  }

  private *load(): Task<boolean> {
    const { process } = this
    const full = process.absolute(this.path)
    const stat = attempt(() => process.files.stat(full))
    if (!stat.ok) {
      this.message = stat.code === 'ENOENT' ? 'New File' : `Error reading ${this.path}: ${stat.why}`
      return true
    }
    if (stat.value.kind === 'directory') {
      yield* process.write(2, `"${this.path}" is a directory\n`)
      return false
    }
    const text = attempt(() => process.files.readFile(full))
    if (!text.ok) {
      this.message = `Error reading ${this.path}: ${text.why}`
      return true
    }
    this.buffer.load(text.value)
    const count = this.buffer.lineCount()
    this.message = `Read ${count} line${count === 1 ? '' : 's'}`
    return true
  }

  private *draw(foot: Foot): Task {
    if (this.keys.isWaiting && isLong(this.buffer)) return
    const size = this.keys.terminal.size
    yield* this.process.write(1, this.screen.draw(this.buffer, this.path, size, foot))
  }

  private *handle(key: string): Task {
    if (key !== '\x0b' && key !== 'meta-6') this.buffer.endCollecting()
    switch (key) {
      case '\x18':
        return yield* this.exit()
      case '\x0f':
        yield* this.writeOut()
        return
      case '\x13':
        this.save(this.path)
        return
      case '\x17':
        return yield* this.whereIs()
      case '\x1f':
        return yield* this.goToLine()
      case '\x12':
        return yield* this.readFile()
      case '\x0b':
        if (!this.buffer.cutLine()) this.message = 'Nothing was cut'
        return
      case '\x15':
        if (!this.buffer.paste()) this.message = 'Cutbuffer is empty'
        return
      case 'meta-6':
        this.buffer.copyLine()
        return
      case 'meta-u':
        if (!this.buffer.undo()) this.message = 'Nothing to undo'
        return
      case 'meta-e':
        if (!this.buffer.redo()) this.message = 'Nothing to redo'
        return
      case 'meta-w':
        if (this.search !== '') this.findNext()
        return
      case '\x03':
        this.message = locationMessage(this.buffer)
        return
      case '\x0c':
        this.screen.invalidate()
        return
      case '\x07':
      case '\x14':
      case '\x1c':
        this.message = 'error: not simulated in Grace'
        return
      default:
        this.edit(key)
    }
  }

  private edit(key: string): void {
    const { buffer } = this
    if (key === '\r' || key === '\n') buffer.insert('\n')
    else if (key === '\x7f' || key === '\b') buffer.backspace()
    else if (key === 'delete' || key === '\x04') buffer.deleteForward()
    else if (key === '\t' || (key >= ' ' && Array.from(key).length === 1)) buffer.insert(key)
    else moveCursor(buffer, key, this.screen.textRows(this.keys.terminal.size))
  }

  private *exit(): Task {
    if (!this.buffer.modified) {
      this.leaving = true
      return
    }
    for (;;) {
      yield* this.draw({ kind: 'question', label: 'Save modified buffer? ' })
      const key = yield* this.keys.next()
      if (key === '' || key === 'n' || key === 'N') {
        this.leaving = true
        return
      }
      if (key === 'y' || key === 'Y') {
        if (yield* this.writeOut()) this.leaving = true
        return
      }
      if (key === '\x03') {
        this.message = 'Cancelled'
        return
      }
      if (key === 'resize') this.screen.invalidate()
    }
  }

  private *writeOut(): Task<boolean> {
    const answer = yield* this.ask('File Name to Write: ', this.path, keysOf.write)
    if (answer.kind === 'cancelled' || answer.text === '') {
      this.message = 'Cancelled'
      return false
    }
    return this.save(answer.text)
  }

  private save(path: string): boolean {
    const { process } = this
    if (path === '') {
      this.message = 'No file name'
      return false
    }
    const full = process.absolute(path)
    const written = attempt(() =>
      process.files.writeFile(full, this.buffer.text(), {
        ...(process.files.exists(full) ? {} : { mode: 0o666 & ~process.umask }),
        user: process.user,
      }),
    )
    if (!written.ok) {
      this.message = `Error writing ${path}: ${written.why}`
      return false
    }
    this.path = path
    this.buffer.modified = false
    const count = this.buffer.lineCount()
    this.message = `Wrote ${count} line${count === 1 ? '' : 's'}`
    return true
  }

  private *whereIs(): Task {
    const label = this.search === '' ? 'Search: ' : `Search [${this.search}]: `
    const answer = yield* this.ask(label, '', keysOf.search)
    if (answer.kind === 'cancelled' || (answer.text === '' && this.search === '')) {
      this.message = 'Cancelled'
      return
    }
    if (answer.text !== '') this.search = answer.text
    this.findNext()
  }

  private findNext(): void {
    const found = this.buffer.find(this.search)
    if (!found) {
      this.message = `"${this.search}" not found`
      return
    }
    const here = found.row === this.buffer.row && found.column === this.buffer.column
    this.message = here ? 'This is the only occurrence' : found.wrapped ? 'Search Wrapped' : ''
    this.buffer.goTo(found.row, found.column)
  }

  private *goToLine(): Task {
    const answer = yield* this.ask('Enter line number, column number: ', '', keysOf.line)
    const match =
      answer.kind === 'text' ? /^(-?\d*)(?:[,.\s]+(\d+))?$/.exec(answer.text.trim()) : null
    if (answer.kind === 'cancelled' || answer.text === '') this.message = 'Cancelled'
    else if (!match) this.message = 'Invalid line or column number'
    else {
      const line = Number(match[1] || this.buffer.row + 1)
      this.buffer.goTo(
        line < 0 ? this.buffer.lines.length + line : line - 1,
        Number(match[2] ?? 1) - 1,
      )
    }
  }

  private *readFile(): Task {
    const answer = yield* this.ask('File to insert [from ./]: ', '', keysOf.insert)
    if (answer.kind === 'cancelled' || answer.text === '') {
      this.message = 'Cancelled'
      return
    }
    const text = attempt(() => this.process.files.readFile(this.process.absolute(answer.text)))
    if (!text.ok) {
      this.message =
        text.code === 'ENOENT'
          ? `File "${answer.text}" not found`
          : `Error reading ${answer.text}: ${text.why}`
      return
    }
    this.buffer.insert(text.value)
    const count = text.value.split('\n').length - (text.value.endsWith('\n') ? 1 : 0)
    this.message = `Read ${count} line${count === 1 ? '' : 's'}`
  }

  /** A line of input at the foot of the screen. */
  private *ask(
    label: string,
    preset: string,
    keys: readonly Shortcut[],
  ): Task<Answer> {
    let text = preset
    let at = text.length
    for (;;) {
      yield* this.draw({ kind: 'prompt', label, answer: text, at, keys })
      const key = yield* this.keys.next()
      if (key === '' || key === '\x03') return { kind: 'cancelled' }
      if (key === '\r' || key === '\n') return { kind: 'text', text }
      if (key === 'resize') this.screen.invalidate()
      else if (key !== undefined) [text, at] = editLine(text, at, key)
    }
  }
}
