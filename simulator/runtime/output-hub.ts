import { SyscallError } from '../kernel/errors.ts'
import type { OpenFile } from '../kernel/types.ts'
import type { Running, Scheduler, Task } from '../time/tasks.ts'
import { Wakeable } from '../time/tasks.ts'

type Name = 'stdout' | 'stderr'

/** A reader that waits too long for its output loses it, as with a full attach buffer. */
const maxBehindChars = 262_144

/** Sends a container's output to whoever is attached at the moment. */
export class OutputHub {
  private readonly listeners = new Set<Copy>()

  constructor(private readonly scheduler: Scheduler) {}

  write(stream: Name, text: string): void {
    for (const listener of this.listeners) if (listener.stream === stream) listener.push(text)
  }

  /** Copies a stream to a file until it breaks; the result ends that. */
  attach(stream: Name, file: OpenFile): () => void {
    const copy = new Copy(stream, file)
    this.listeners.add(copy)
    const running: Running<void> = this.scheduler.spawn(copy.run(), () => {
      this.listeners.delete(copy)
    })
    return () => {
      this.listeners.delete(copy)
      copy.finish()
      if (copy.isEmpty()) running.cancel()
    }
  }
}

class Copy {
  private pending = ''
  private over = false
  private readonly news = new Wakeable()

  constructor(readonly stream: Name, private readonly file: OpenFile) {}

  push(text: string): void {
    this.pending = (this.pending + text).slice(-maxBehindChars)
    this.news.wake()
  }

  isEmpty(): boolean {
    return this.pending === ''
  }

  finish(): void {
    this.over = true
    this.news.wake()
  }

  *run(): Task {
    try {
      for (;;) {
        if (this.pending === '') {
          if (this.over) return
          yield { on: [this.news] }
          continue
        }
        const taken = this.file.writeNow(this.pending)
        this.pending = this.pending.slice(taken)
        if (taken === 0) yield { on: [this.file.writable] }
      }
    } catch (error) {
      if (!(error instanceof SyscallError)) throw error
    }
  }
}
