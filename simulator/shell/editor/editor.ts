import type { Task } from '../../time/tasks.ts'
import { runPendingTraps, runTrap } from '../run/trap-actions.ts'
import type { Shell } from '../state.ts'
import { isUnwind } from '../unwind.ts'
import { EditBuffer } from './buffer.ts'
import { columnsOf, commonPrefix, complete } from './complete.ts'
import { readAhead, readCharacter, readKey } from './keys.ts'
import type { Action, Key } from './keys.ts'
import type { Prompt } from './prompt.ts'
import { Screen } from './screen.ts'
import { searchHistory } from './search.ts'

/** What became of the line. */
export type Typed =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'interrupt' }
  | { readonly kind: 'end' }

const defaultColumns = 80
/** A line this long is no longer drawn for each of its characters if more are waiting. */
const longLine = 512
const noControl = /[^\x00-\x1f\x7f]/
const oneColumn = /[ -~]/

/** readline (bash) and busybox' line editor (ash), key by key on a raw terminal. */
export class Editor {
  readonly buffer = new EditBuffer()
  readonly screen: Screen
  prompt: Prompt = { text: '', visible: '' }
  private historyAt = 0
  private draft = ''
  private tabs = 0

  constructor(readonly shell: Shell) {
    this.screen = new Screen(defaultColumns, shell.isBash ? 'readline' : 'busybox')
  }

  private get isReadline(): boolean {
    return this.shell.isBash
  }

  * readLine(prompt: Prompt): Task<Typed> {
    const tty = this.shell.process.fds.get(0)?.tty
    if (!tty) return { kind: 'end' }
    const before = tty.modes
    tty.modes = { canonical: false, echo: false, signals: false, mapNewline: true }
    this.prompt = prompt
    this.buffer.clear()
    this.historyAt = this.shell.history?.lines.length ?? 0
    this.fitColumns()
    this.screen.begin(prompt)
    yield* this.put(this.isReadline ? `\x1b[?2004h${prompt.text}` : `${prompt.text}\x1b[6n`)
    try {
      return yield* this.edit()
    } finally {
      tty.modes = before
    }
  }

  * put(text: string): Task {
    if (text !== '') yield* this.shell.process.write(this.isReadline ? 2 : 1, text)
  }

  * refresh(): Task {
    yield* this.put(this.screen.update(this.buffer.keys, this.buffer.cursor))
  }

  private fitColumns(): void {
    this.screen.columns = this.shell.process.fds.get(0)?.tty?.size.columns || defaultColumns
  }

  private * edit(): Task<Typed> {
    let held: string | undefined
    for (;;) {
      let key = yield* readKey(this.shell, held)
      held = undefined
      if (key.kind === 'text') ({ key, held } = this.withMore(key.text))
      if (!(key.kind === 'action' && key.name.startsWith('kill'))) this.buffer.killing = false
      const done = yield* this.handle(key)
      if (done) return done
      if (!(key.kind === 'action' && key.name === 'complete')) this.tabs = 0
    }
  }

  /** Takes what waits behind a character with it where that leaves the same on the screen. */
  private withMore(text: string): { readonly key: Key; readonly held: string | undefined } {
    const { buffer, shell, screen } = this
    if (buffer.keys.length > longLine) {
      const more = readAhead(shell, noControl)
      return { key: { kind: 'text', text: text + more.text }, held: more.held }
    }
    if (!this.isReadline || !buffer.isAtEnd || !oneColumn.test(text)) {
      return { key: { kind: 'text', text }, held: undefined }
    }
    const more = readAhead(shell, oneColumn, screen.room(buffer.keys) - 1)
    // Each is one to be undone; the last is drawn, and all with it.
    const typed = text + more.text
    for (const one of typed.slice(0, -1)) buffer.insert(one)
    return { key: { kind: 'text', text: typed.slice(-1) }, held: more.held }
  }

  private * handle(key: Key): Task<Typed | undefined> {
    switch (key.kind) {
      case 'text': case 'paste':
        this.buffer.insert(key.text)
        yield* this.refresh()
        return undefined
      case 'signal': return yield* this.onSignal()
      case 'end': return { kind: 'end' }
      case 'action': return yield* this.act(key.name)
    }
  }

  private * onSignal(): Task<Typed | undefined> {
    const { traps, process } = this.shell
    traps.collect(process)
    const resized = traps.pending.indexOf('WINCH')
    if (resized >= 0) {
      traps.pending.splice(resized, 1)
      yield* this.resize()
    }
    try {
      yield* runPendingTraps(this.shell)
    } catch (thrown) {
      if (isUnwind(thrown, 'interrupt')) return yield* this.interrupt()
      throw thrown
    }
    return undefined
  }

  private * resize(): Task {
    this.fitColumns()
    yield* this.put(this.screen.redraw(this.prompt.text, 'below'))
  }

  private * interrupt(): Task<Typed> {
    // The bytes readline sends: it ends the line, and starts and ends an empty one.
    yield* this.put(this.isReadline ? '^C\x1b[?2004l\r\x1b[?2004h\x1b[?2004l\r' : '^C')
    const action = this.isReadline ? this.shell.traps.get('INT') : undefined
    if (action) yield* runTrap(this.shell, 'INT', action)
    yield* this.put('\n')
    return { kind: 'interrupt' }
  }

  private * act(name: Action): Task<Typed | undefined> {
    const { buffer } = this
    switch (name) {
      case 'accept': return yield* this.accept()
      case 'interrupt': return yield* this.interrupt()
      case 'eof':
        if (buffer.keys.length > 0) break
        yield* this.put(this.isReadline ? '\x1b[?2004l\r' : '')
        return { kind: 'end' }
      case 'complete':
        yield* this.complete()
        return undefined
      case 'clear':
        yield* this.put(this.screen.redraw(this.prompt.text, 'screen'))
        return undefined
      case 'search': return yield* this.search()
      case 'quoted': {
        buffer.insert((yield* readCharacter(this.shell)) ?? '')
        yield* this.refresh()
        return undefined
      }
      case 'comment':
        buffer.set(`#${buffer.text}`)
        yield* this.refresh()
        return yield* this.accept()
    }
    if (this.move(name) || this.change(name) || this.recall(name)) yield* this.refresh()
    else if (name !== 'none') yield* this.put('\x07')
    return undefined
  }

  private * accept(): Task<Typed> {
    yield* this.put(`${this.screen.leave()}\n${this.isReadline ? '\x1b[?2004l\r' : ''}`)
    return { kind: 'line', text: this.buffer.text }
  }

  private * search(): Task<Typed | undefined> {
    const then = yield* searchHistory(this)
    return then ? yield* this.handle(then) : undefined
  }

  /** Cursor movements; false where the cursor cannot go on. */
  private move(name: Action): boolean {
    const { buffer } = this
    const to = {
      left: buffer.cursor - 1,
      right: buffer.cursor + 1,
      home: 0,
      end: buffer.keys.length,
      'word-left': buffer.wordLeft(),
      'word-right': buffer.wordRight(),
    }[name as string]
    if (to === undefined || to < 0 || to > buffer.keys.length) return false
    buffer.cursor = to
    return true
  }

  private change(name: Action): boolean {
    const { buffer } = this
    const { cursor, keys } = buffer
    switch (name) {
      case 'backspace': return buffer.remove(cursor - 1, false)
      case 'delete': case 'eof': return buffer.remove(cursor + 1, false)
      case 'kill-end': return buffer.remove(keys.length, true) || true
      case 'kill-start': return buffer.remove(0, true) || true
      case 'kill-word-back': return buffer.remove(buffer.wordLeft(true), true)
      case 'kill-word': return buffer.remove(buffer.wordLeft(), true)
      case 'kill-word-right': return buffer.remove(buffer.wordRight(), true)
      case 'transpose': return buffer.transpose()
      case 'yank': buffer.yank(); return true
      case 'undo': buffer.undo(); return true
      case 'upcase': buffer.changeWord((word) => word.toUpperCase()); return true
      case 'downcase': buffer.changeWord((word) => word.toLowerCase()); return true
      case 'capitalize':
        buffer.changeWord((word) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase())
        return true
      default: return false
    }
  }

  /** Lines of the history; what was typed below them is kept. */
  private recall(name: Action): boolean {
    const lines = this.shell.history?.lines ?? []
    if (name === 'last-argument') {
      const last = /(\S+)\s*$/.exec(lines.at(-1) ?? '')
      if (last) this.buffer.insert(last[1]!)
      return last !== null
    }
    const to = { up: this.historyAt - 1, down: this.historyAt + 1, 'history-first': 0,
      'history-last': lines.length }[name as string]
    if (to === undefined || to < 0 || to > lines.length) return false
    if (this.historyAt === lines.length) this.draft = this.buffer.text
    this.historyAt = to
    this.buffer.set(lines[to] ?? this.draft)
    return true
  }

  private * complete(): Task {
    const { buffer, shell } = this
    const line = buffer.text
    const at = buffer.keys.slice(0, buffer.cursor).join('').length
    const { start, candidates } = complete(shell, line, at)
    const typed = line.slice(start, at)
    const common = commonPrefix(candidates)
    const only = candidates.length === 1 ? candidates[0] : undefined
    if (common.length > typed.length || only) {
      this.tabs = 0
      const rest = common.startsWith(typed) ? common.slice(typed.length) : common
      if (!common.startsWith(typed)) buffer.remove(buffer.cursor - [...typed].length, false)
      buffer.insert(rest + (only && !only.open && line[at] !== ' ' ? ' ' : ''))
      // Nothing chosen yet: the bell says that there is more than one.
      if (!only) yield* this.put('\x07')
      yield* this.refresh()
      return
    }
    if (candidates.length === 0 || ++this.tabs < 2) {
      yield* this.put('\x07')
      return
    }
    yield* this.list(candidates.map((one) => one.label))
  }

  private * list(labels: readonly string[]): Task {
    const columns = columnsOf(labels, this.screen.columns)
    yield* this.put(`\n${columns}\n${this.prompt.text}`)
    this.screen.begin(this.prompt)
    yield* this.refresh()
  }
}
