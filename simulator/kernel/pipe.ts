import { limits } from '../limits.ts'
import { Wakeable } from '../time/tasks.ts'
import { SyscallError } from './errors.ts'
import type { OpenFile } from './types.ts'
import { cutAt } from './utf8.ts'

/** Writes of up to this size are never split (PIPE_BUF). */
const atomicChars = 4096

/** A bounded queue of text with a reading and a writing side. */
export class Pipe {
  private text = ''
  private head = 0
  /** Ends open on either side: /proc/<pid>/fd can open further ones. */
  readers = 0
  writers = 0
  readonly readable = new Wakeable()
  readonly writable = new Wakeable()

  constructor(readonly name: string) {}

  get size(): number {
    return this.text.length - this.head
  }

  take(maxChars: number): string | undefined {
    if (this.size === 0) return this.writers === 0 ? '' : undefined
    // Whoever asks for nothing only learns that a read would not wait.
    if (maxChars === 0) return ''
    return this.cut(cutAt(this.text, this.head, maxChars))
  }

  /** A line with its newline; what is there at end of file or when the pipe is full. */
  takeLine(): string | undefined {
    if (this.size === 0) return this.writers === 0 ? '' : undefined
    const newline = this.text.indexOf('\n', this.head)
    if (newline >= 0) return this.cut(newline + 1)
    const isLast = this.writers === 0 || this.size >= limits.pipeChars
    return isLast ? this.cut(this.text.length) : undefined
  }

  put(text: string): number {
    if (this.readers === 0) throw new SyscallError('EPIPE')
    const room = limits.pipeChars - this.size
    if (room <= 0 || (text.length > room && text.length <= atomicChars)) return 0
    const end = text.length <= room ? text.length : cutAt(text, 0, room)
    this.text = this.text.slice(this.head) + text.slice(0, end)
    this.head = 0
    this.readable.wake()
    return end
  }

  private cut(end: number): string {
    const taken = this.text.slice(this.head, end)
    this.head = end
    if (this.head === this.text.length) {
      this.text = ''
      this.head = 0
    }
    this.writable.wake()
    return taken
  }

  closeReader(): void {
    this.readers--
    if (this.readers > 0) return
    this.text = ''
    this.head = 0
    this.writable.wake()
  }

  closeWriter(): void {
    this.writers--
    if (this.writers === 0) this.readable.wake()
  }
}

/** The reading or the writing end of a pipe. */
export class PipeEnd implements OpenFile {
  private open = true

  constructor(readonly pipe: Pipe, readonly kind: 'pipe-read' | 'pipe-write') {
    if (kind === 'pipe-read') pipe.readers++
    else pipe.writers++
  }

  get path(): string {
    return this.pipe.name
  }

  get readable(): Wakeable {
    return this.pipe.readable
  }

  get writable(): Wakeable {
    return this.pipe.writable
  }

  readNow(maxChars: number): string | undefined {
    if (this.kind !== 'pipe-read') throw new SyscallError('EBADF')
    return this.pipe.take(maxChars)
  }

  readLineNow(): string | undefined {
    if (this.kind !== 'pipe-read') throw new SyscallError('EBADF')
    return this.pipe.takeLine()
  }

  writeNow(text: string): number {
    if (this.kind !== 'pipe-write') throw new SyscallError('EBADF')
    return this.pipe.put(text)
  }

  close(): void {
    if (!this.open) return
    this.open = false
    if (this.kind === 'pipe-read') this.pipe.closeReader()
    else this.pipe.closeWriter()
  }
}
