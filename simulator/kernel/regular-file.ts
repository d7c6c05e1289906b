import { Wakeable } from '../time/tasks.ts'
import { SyscallError } from './errors.ts'
import type { OpenFile, OpenFlags } from './types.ts'
import { cutAt, utf8Length } from './utf8.ts'
import type { Inode, Volume } from './volume.ts'

/** Where an opened file lies, and who is told when it changes. */
export interface FilePlace {
  readonly volume: Volume
  /** Path within the volume. */
  readonly inner: string
  /** Path as opened, symbolic links resolved. */
  readonly path: string
  readonly changed: Wakeable
  notify(): void
}

/** An opened regular file with its offset, shared by all descriptors that were duplicated. */
export class RegularFile implements OpenFile {
  readonly kind = 'file'
  offset = 0
  readonly writable = new Wakeable()

  constructor(
    readonly place: FilePlace, private inode: Inode, private readonly flags: OpenFlags,
  ) {}

  get path(): string {
    return this.place.path
  }

  /** Woken by any change in the tree: what `tail -f` waits for. */
  get readable(): Wakeable {
    return this.place.changed
  }

  get opened(): Inode {
    this.inode = this.place.volume.latest(this.inode)
    return this.inode
  }

  readNow(maxChars: number): string {
    if (!this.flags.read) throw new SyscallError('EBADF')
    const { text } = this.opened
    if (this.offset >= text.length) return ''
    const end = cutAt(text, this.offset, maxChars)
    return this.advanceTo(end)
  }

  readLineNow(): string {
    if (!this.flags.read) throw new SyscallError('EBADF')
    const { text } = this.opened
    if (this.offset >= text.length) return ''
    const newline = text.indexOf('\n', this.offset)
    return this.advanceTo(newline < 0 ? text.length : newline + 1)
  }

  writeNow(text: string): number {
    if (!this.flags.write) throw new SyscallError('EBADF')
    const { volume, inner } = this.place
    this.inode = volume.own(inner, this.opened)
    const { inode } = this
    const at = this.flags.append ? inode.text.length : this.offset
    if (at === inode.text.length) {
      volume.setText(inode, inode.text + text, inode.bytes + utf8Length(text))
    } else {
      const padded = inode.text.padEnd(at, '\0')
      const whole = padded.slice(0, at) + text + padded.slice(at + text.length)
      volume.setText(inode, whole, utf8Length(whole))
    }
    this.offset = at + text.length
    this.place.notify()
    return text.length
  }

  seek(offset: number): void {
    this.offset = Math.max(0, offset)
  }

  close(): void {}

  private advanceTo(end: number): string {
    const taken = this.opened.text.slice(this.offset, end)
    this.offset = end
    return taken
  }
}

/** An opened directory: it has a path for `ls -l /proc/self/fd`, and nothing to read. */
export class DirectoryFile implements OpenFile {
  readonly kind = 'directory'
  readonly readable = new Wakeable()
  readonly writable = new Wakeable()

  constructor(readonly path: string) {}

  readNow(): string {
    throw new SyscallError('EISDIR', this.path)
  }

  writeNow(): number {
    throw new SyscallError('EBADF')
  }

  close(): void {}
}
