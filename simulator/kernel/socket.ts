import type { Wakeable } from '../time/tasks.ts'
import { Pipe, PipeEnd } from './pipe.ts'
import type { OpenFile } from './types.ts'

/** One side of a connection: reads from one pipe and writes to another. */
export class Socket implements OpenFile {
  readonly kind = 'socket'
  private readonly input: PipeEnd
  private readonly output: PipeEnd

  constructor(
    private readonly own: string, private readonly peer: string, from: Pipe, to: Pipe,
  ) {
    this.input = new PipeEnd(from, 'pipe-read')
    this.output = new PipeEnd(to, 'pipe-write')
  }

  /** Put together when somebody lists descriptors; most connections nobody looks at. */
  get path(): string {
    return `socket:[${this.own}->${this.peer}]`
  }

  get readable(): Wakeable {
    return this.input.readable
  }

  get writable(): Wakeable {
    return this.output.writable
  }

  isPeerOpen(): boolean {
    return this.output.pipe.readers > 0
  }

  readNow(maxChars: number): string | undefined {
    return this.input.readNow(maxChars)
  }

  readLineNow(): string | undefined {
    return this.input.readLineNow()
  }

  writeNow(text: string): number {
    return this.output.writeNow(text)
  }

  close(): void {
    this.input.close()
    this.output.close()
  }
}

export function connectSockets(near: string, far: string): readonly [Socket, Socket] {
  const [there, back] = [new Pipe('socket:'), new Pipe('socket:')]
  return [new Socket(near, far, back, there), new Socket(far, near, there, back)]
}
