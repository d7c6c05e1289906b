import type { Kernel, Machine, Tty } from './kernel/types.ts'
import type { TerminalOutput } from './lab-types.ts'
import { limits } from './limits.ts'
import { Screen } from './terminal.ts'
import type { EntryId } from './trace/entries.ts'
import type { Trace } from './trace/trace.ts'

export interface TabHost {
  readonly kernel: Kernel
  readonly machine: Machine
  readonly trace: Trace
  readonly environment: ReadonlyMap<string, string>
  readonly directory: string
  readonly user: string
  readonly onOutput: (output: TerminalOutput) => void
}

const kilobytes = Math.round(limits.terminalCreditChars / 1024)
const spentNotice = `\r\n\x1b[33m[Grace: ${kilobytes} KB without a key pressed. `
  + 'The output waits: Ctrl-C ends it, any other key goes on.]\x1b[0m\r\n'

/** A terminal tab: a tty, the login shell on it, and the screen's text. */
export class Tab {
  readonly screen: Screen
  private readonly tty: Tty
  private closed = false

  constructor(
    private readonly name: string,
    size: { readonly columns: number; readonly rows: number },
    private readonly host: TabHost,
    /** The entry of the last keys typed here. */
    public cause: EntryId | undefined,
  ) {
    this.screen = new Screen(name)
    this.tty = host.kernel.createTty({
      name: `/dev/pts/${name}`, size, onOutput: (text) => this.show(text),
      creditChars: limits.terminalCreditChars, onCreditSpent: () => this.show(spentNotice),
    })
    this.startShell()
  }

  /** The shell; when the learner leaves it, a fresh one takes its place, as a new login would. */
  private startShell(): void {
    const file = this.host.kernel.openTty(this.tty)
    this.host.machine.start({
      argv: ['bash', '-i'], env: new Map(this.host.environment), cwd: this.host.directory,
      user: this.host.user,
      fds: new Map([[0, file], [1, file], [2, file]]), newSession: true, tty: this.tty,
      role: 'workstation', ...(this.cause === undefined ? {} : { cause: this.cause }),
      onEnd: () => this.restart(),
    })
  }

  private restart(): void {
    if (this.closed) return
    this.tty.modes = { canonical: true, echo: true, signals: true, mapNewline: true }
    this.show('\r\n')
    this.startShell()
  }

  private show(text: string): void {
    this.host.onOutput(this.screen.append(text))
  }

  type(text: string, cause: EntryId | undefined): void {
    this.cause = cause
    this.tty.input(text, cause)
  }

  resize(size: { readonly columns: number; readonly rows: number }): void {
    this.tty.resize({ columns: size.columns, rows: size.rows })
  }

  close(cause: EntryId | undefined): void {
    this.closed = true
    this.tty.hangUp(cause)
  }
}
