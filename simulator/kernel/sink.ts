import { Wakeable } from '../time/tasks.ts'
import type { OpenFile } from './types.ts'

/** Output goes to a callback (a container's log), input is empty. */
export class Sink implements OpenFile {
  readonly kind = 'stream'
  readonly readable = new Wakeable()
  readonly writable = new Wakeable()

  constructor(readonly path: string, private readonly receive: (text: string) => void) {}

  readNow(): string {
    return ''
  }

  writeNow(text: string): number {
    this.receive(text)
    return text.length
  }

  /** Nothing to do: a sink outlives the processes that write to it. */
  close(): void {}
}
