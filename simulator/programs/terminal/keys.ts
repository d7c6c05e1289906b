import type { OpenFile, Process, Tty, TtyModes } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'

const sequences: Readonly<Record<string, string>> = {
  '[A': 'up',
  '[B': 'down',
  '[C': 'right',
  '[D': 'left',
  OA: 'up',
  OB: 'down',
  OC: 'right',
  OD: 'left',
  '[H': 'home',
  '[F': 'end',
  OH: 'home',
  OF: 'end',
  '[1~': 'home',
  '[4~': 'end',
  '[7~': 'home',
  '[8~': 'end',
  '[2~': 'insert',
  '[3~': 'delete',
  '[5~': 'pageup',
  '[6~': 'pagedown',
  '[1;5C': 'wordright',
  '[1;5D': 'wordleft',
}

/** Keys of a terminal, one at a time: a character, or the name of a key that sends a sequence. */
export class KeyReader {
  private waiting = ''
  private readonly before: TtyModes

  private constructor(
    private readonly process: Process,
    private readonly file: OpenFile,
    readonly terminal: Tty,
  ) {
    this.before = { ...terminal.modes }
    Object.assign(terminal.modes, { canonical: false, echo: false, signals: false })
    process.setDisposition('WINCH', 'catch')
  }

  /** Keys come from the controlling terminal, even where standard input is a pipe. */
  static open(process: Process): KeyReader | undefined {
    const own = [0, 1, 2].map((fd) => process.fds.get(fd)).find((file) => file?.tty !== undefined)
    return own?.tty ? new KeyReader(process, own, own.tty) : undefined
  }

  close(): void {
    Object.assign(this.terminal.modes, this.before)
  }

  /** A key was read that is not taken yet. */
  get isWaiting(): boolean {
    return this.waiting !== ''
  }

  /** '' when the terminal is gone, 'resize' when its size has changed. */
  *next(): Task<string | undefined> {
    while (this.waiting === '') {
      const text = this.file.readNow(4096)
      if (text === '') return ''
      if (text !== undefined) {
        this.waiting = text
        break
      }
      if ((yield* this.process.suspend({ on: [this.file.readable] })) === 'signal') {
        if (this.process.takeSignal() === 'WINCH') return 'resize'
      }
    }
    return this.take()
  }

  private take(): string {
    const sequence = /^\x1b(\[[0-9;]*[A-Za-z~]|O[A-Z])/.exec(this.waiting)
    if (sequence) {
      this.waiting = this.waiting.slice(sequence[0].length)
      return sequences[sequence[1]!] ?? 'unknown'
    }
    const meta = /^\x1b([^\x1b])/.exec(this.waiting)
    if (meta) {
      this.waiting = this.waiting.slice(2)
      return `meta-${meta[1]!.toLowerCase()}`
    }
    const character = String.fromCodePoint(this.waiting.codePointAt(0)!)
    this.waiting = this.waiting.slice(character.length)
    return character
  }
}
