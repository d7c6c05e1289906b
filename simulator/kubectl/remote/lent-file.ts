import type { OpenFile } from '../../kernel/types.ts'
import { Wakeable } from '../../time/tasks.ts'

/**
 * One of kubectl's descriptors as it is lent to a remote command. When kubectl ends, the line is
 * cut: the remote side then reads end of file, and what it still writes is lost.
 */
export class LentFile implements OpenFile {
  private cut = false
  private readonly cutOff = new Wakeable()

  constructor(private readonly file: OpenFile) {}

  get kind() {
    return this.cut ? 'stream' as const : this.file.kind
  }

  get path(): string {
    return this.file.path
  }

  get readable(): Wakeable {
    return this.cut ? this.cutOff : this.file.readable
  }

  get writable(): Wakeable {
    return this.cut ? this.cutOff : this.file.writable
  }

  readNow(maxChars: number): string | undefined {
    return this.cut ? '' : this.file.readNow(maxChars)
  }

  writeNow(text: string): number {
    return this.cut ? text.length : this.file.writeNow(text)
  }

  /** The descriptor belongs to kubectl, which closes it itself. */
  close(): void {}

  hangUp(): void {
    if (this.cut) return
    this.cut = true
    this.cutOff.wake()
    this.file.readable.wake()
    this.file.writable.wake()
  }
}
