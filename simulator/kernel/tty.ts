import { Wakeable } from '../time/tasks.ts'
import type { EntryId } from '../trace/entries.ts'
import { SyscallError } from './errors.ts'
import { LineBuffer, showControl } from './line-buffer.ts'
import type { PidNamespace } from './namespace.ts'
import { deliverToGroup } from './signal-delivery.ts'
import type { OpenFile, Pid, Signal, Tty, TtyOptions, TtyModes, WindowSize } from './types.ts'
import { cutAt } from './utf8.ts'

const maxPendingInput = 65_536
const signalKeys: ReadonlyMap<string, Signal> =
  new Map([['\x03', 'INT'], ['\x1c', 'QUIT'], ['\x1a', 'TSTP']])

/** A terminal line with its line discipline (Linux' n_tty). */
export class TtyDevice implements Tty {
  readonly name: string
  size: WindowSize
  modes: TtyModes = { canonical: true, echo: true, signals: true, mapNewline: true }
  foreground: Pid = 0
  /** The session it controls; there is none before a process was started on it. */
  session: Pid = 0
  private namespace: PidNamespace | undefined
  private readonly line = new LineBuffer()
  /** Text that may be read: in canonical mode a line each, '' is an end of file. */
  private readonly ready: string[] = []
  private hungUp = false
  readonly readable = new Wakeable()
  readonly file: TtyFile

  /** Characters programs may still print before a key is needed to go on. */
  private credit: number

  constructor(
    private readonly options: TtyOptions,
    private readonly onOutput: (text: string) => void,
  ) {
    this.name = options.name
    this.size = options.size
    this.credit = options.creditChars ?? Infinity
    this.file = new TtyFile(this)
  }

  /** Becomes the controlling terminal of a session. */
  attach(namespace: PidNamespace, session: Pid): void {
    this.namespace = namespace
    this.session = session
    this.foreground = session
  }

  detach(session: Pid): void {
    if (this.session === session) this.namespace = undefined
  }

  input(text: string, cause?: EntryId): void {
    if (this.hungUp) return
    this.credit = this.options.creditChars ?? Infinity
    this.file.writable.wake()
    for (const key of text) this.receive(key, cause)
  }

  resize(size: WindowSize): void {
    if (size.columns === this.size.columns && size.rows === this.size.rows) return
    this.size = size
    this.signalForeground('WINCH', undefined)
  }

  hangUp(cause?: EntryId): void {
    if (this.hungUp) return
    this.hungUp = true
    this.readable.wake()
    this.file.writable.wake()
    if (!this.namespace) return
    const members = [...this.namespace.inSession(this.session)]
    deliverToGroup(members, 'HUP', { sender: 'terminal', outside: true, cause })
    deliverToGroup(members, 'CONT', { sender: 'terminal', outside: true, cause })
  }

  read(maxChars: number): string | undefined {
    if (this.hungUp) return ''
    if (!this.modes.canonical && !this.line.isEmpty()) this.ready.push(this.line.take())
    let first = this.ready[0]
    while (first === '' && !this.modes.canonical) {
      this.ready.shift()
      first = this.ready[0]
    }
    if (first === undefined) return undefined
    const end = cutAt(first, 0, maxChars)
    if (end >= first.length) this.ready.shift()
    else this.ready[0] = first.slice(end)
    return first.slice(0, end)
  }

  /** As `read`, but never beyond a newline even in raw mode. */
  readLine(): string | undefined {
    const newline = this.ready[0]?.indexOf('\n') ?? -1
    return this.read(newline < 0 ? Infinity : newline + 1)
  }

  /** Takes what the credit allows; a writer beyond it waits, as on a slow line. */
  write(text: string): number {
    if (this.hungUp) throw new SyscallError('EIO')
    if (this.credit <= 0) return 0
    const end = cutAt(text, 0, this.credit)
    const taken = end === text.length ? text : text.slice(0, end)
    this.credit -= taken.length
    this.onOutput(this.modes.mapNewline ? taken.replaceAll('\n', '\r\n') : taken)
    if (this.credit <= 1 && this.options.onCreditSpent) {
      this.credit = 0
      this.options.onCreditSpent()
    }
    return taken.length
  }

  signalForeground(signal: Signal, cause: EntryId | undefined): void {
    if (!this.namespace || this.foreground === 0) return
    deliverToGroup(this.namespace.inGroup(this.foreground), signal,
      { sender: 'terminal', outside: true, cause })
  }

  private receive(key: string, cause: EntryId | undefined): void {
    const signal = signalKeys.get(key)
    if (this.modes.signals && signal !== undefined) {
      this.line.take()
      this.ready.length = 0
      if (this.modes.echo) this.onOutput(showControl(key))
      this.signalForeground(signal, cause)
    } else if (this.modes.canonical) this.edit(key === '\r' ? '\n' : key)
    else {
      if (this.modes.echo) this.onOutput(showControl(key))
      this.makeReady(key)
    }
  }

  private edit(key: string): void {
    const change = this.line.type(key)
    if (this.modes.echo && change.echo !== '') this.onOutput(change.echo)
    if (change.done !== undefined) this.makeReady(change.done)
  }

  private makeReady(text: string): void {
    const pending = this.ready.reduce((sum, part) => sum + part.length, 0)
    if (pending + text.length > maxPendingInput) return
    // Raw keys join up, so that a paste is one read; lines and ends of file stay apart.
    const last = this.ready.length - 1
    if (this.modes.canonical || last < 0 || this.ready[last] === '') this.ready.push(text)
    else this.ready[last] += text
    this.readable.wake()
  }
}

/** What descriptors of a terminal refer to. */
export class TtyFile implements OpenFile {
  readonly kind = 'tty'
  readonly writable = new Wakeable()

  constructor(readonly tty: TtyDevice) {}

  get path(): string {
    return this.tty.name
  }

  get readable(): Wakeable {
    return this.tty.readable
  }

  readNow(maxChars: number): string | undefined {
    return this.tty.read(maxChars)
  }

  readLineNow(): string | undefined {
    return this.tty.readLine()
  }

  writeNow(text: string): number {
    return this.tty.write(text)
  }

  /** The line stays up until it is hung up; sessions may follow each other on it. */
  close(): void {}
}
