import type { Process, Tty, TtyModes } from '../../kernel/types.ts'
import { Wakeable } from '../../time/tasks.ts'

/**
 * The terminal at the far end of `exec -t`: the line discipline is there, the local one is put
 * aside, so that every key travels. Its output waits here until kubectl has written it.
 */
export class RemoteTerminal {
  readonly tty: Tty
  readonly arrived = new Wakeable()
  private output = ''
  private readonly before: TtyModes

  constructor(private readonly process: Process, private readonly local: Tty) {
    this.before = { ...local.modes }
    local.modes = { canonical: false, echo: false, signals: false, mapNewline: false }
    this.tty = process.kernel.createTty({
      name: 'pts/0', size: local.size,
      onOutput: (text) => {
        this.output += text
        this.arrived.wake()
      },
    })
    process.setDisposition('WINCH', 'catch')
  }

  /** What the far end printed since the last call. */
  take(): string {
    const text = this.output
    this.output = ''
    return text
  }

  type(text: string): void {
    this.tty.input(text, this.process.cause)
  }

  /** Follows the local window. */
  resize(): void {
    this.tty.resize(this.local.size)
  }

  /** Puts the local terminal back and cuts the line. */
  close(): void {
    this.local.modes = this.before
    this.tty.hangUp()
  }
}
