import type { EntryId } from '../trace/entries.ts'
import type { Pid } from './types.ts'

export interface WindowSize { readonly columns: number; readonly rows: number }

/** Terminal modes a program sets (a subset of termios). */
export interface TtyModes {
  /** Line by line with erase (cooked) or key by key (raw). */
  canonical: boolean
  echo: boolean
  /** Ctrl-C, Ctrl-\, Ctrl-Z send signals to the foreground process group. */
  signals: boolean
  /** Output newline becomes carriage return, newline. */
  mapNewline: boolean
}

export interface TtyOptions {
  readonly name: string
  readonly size: WindowSize
  /**
   * How much programs may print without a key being pressed: beyond it they wait, so that `yes`
   * costs nothing. `onCreditSpent` lets the lab say so on the screen.
   */
  readonly creditChars?: number
  readonly onCreditSpent?: () => void
}

/** A terminal. `input` is called by the lab with what was typed; output goes to `onOutput`. */
export interface Tty {
  readonly name: string
  size: WindowSize
  modes: TtyModes
  /** Process group that Ctrl-C reaches and that may read. */
  foreground: Pid
  input(text: string, cause?: EntryId): void
  /** Sets the size and sends SIGWINCH to the foreground group. */
  resize(size: WindowSize): void
  /** The line is hung up: SIGHUP to the session, end of file to readers. */
  hangUp(cause?: EntryId): void
}
