import { FitAddon } from '@xterm/addon-fit'
import { Unicode11Addon } from '@xterm/addon-unicode11'
import { WebLinksAddon } from '@xterm/addon-web-links'
import { Terminal } from '@xterm/xterm'
import '@xterm/xterm/css/xterm.css'
import type { ScreenPart } from '../lab/terminal-screens.ts'
import { copyText } from '../ui/copy-text.ts'
import { onColorsChanged, readColors } from '../ui/theme-colors.ts'

// The only file that touches xterm; loaded when a terminal is first shown.

export interface TerminalEvents {
  readonly onKeys: (text: string) => void
  readonly onSize: (size: { readonly columns: number; readonly rows: number }) => void
}

const SCROLLBACK_LINES = 5_000

/** One terminal on the page: what its tab prints, and what is typed into it. */
export class TerminalView {
  private readonly terminal: Terminal
  private readonly fitting = new FitAddon()
  private readonly stopWatching: () => void
  private readonly observer: ResizeObserver
  /** Answers that a screen full of old output would make xterm give are not typed again. */
  private replaying = 0

  /** `still`: it shows what was, and takes nothing. */
  constructor(element: HTMLElement, label: string, events: TerminalEvents, still = false) {
    this.terminal = new Terminal({
      allowProposedApi: true,
      cursorBlink: !still,
      disableStdin: still,
      cursorInactiveStyle: 'outline',
      fontFamily: getComputedStyle(element).fontFamily,
      fontSize: 13,
      lineHeight: 20 / 15.1,
      scrollback: SCROLLBACK_LINES,
      theme: themeOf(),
      minimumContrastRatio: 4.5,
    })
    this.terminal.loadAddon(this.fitting)
    this.terminal.loadAddon(new WebLinksAddon())
    this.terminal.loadAddon(new Unicode11Addon())
    this.terminal.unicode.activeVersion = '11'
    this.terminal.open(element)
    this.terminal.textarea?.setAttribute('aria-label', label)
    this.terminal.attachCustomKeyEventHandler((event) => this.ownKeys(event))
    this.terminal.onData((text) => {
      if (this.replaying === 0) events.onKeys(text)
    })
    this.terminal.onResize(({ cols, rows }) => events.onSize({ columns: cols, rows }))
    this.stopWatching = onColorsChanged(() => {
      this.terminal.options.theme = themeOf()
    })
    this.observer = new ResizeObserver(() => this.fit())
    this.observer.observe(element)
    this.fit()
  }

  get size(): { readonly columns: number; readonly rows: number } {
    return { columns: this.terminal.cols, rows: this.terminal.rows }
  }

  write(part: ScreenPart): void {
    if (!part.clear) {
      this.terminal.write(part.text)
      return
    }
    this.replaying++
    this.terminal.reset()
    this.terminal.write(part.text, () => {
      this.replaying--
    })
  }

  fit(): void {
    this.fitting.fit()
  }

  focus(): void {
    this.terminal.focus()
  }

  selection(): string {
    return this.terminal.getSelection()
  }

  setScreenReader(on: boolean): void {
    this.terminal.options.screenReaderMode = on
  }

  dispose(): void {
    this.observer.disconnect()
    this.stopWatching()
    this.terminal.dispose()
  }

  /** False leaves the key to the page: F6 moves on, Ctrl C copies while something is selected. */
  private ownKeys(event: KeyboardEvent): boolean {
    if (event.key === 'F6') return false
    const copies =
      event.ctrlKey &&
      event.key.toLowerCase() === 'c' &&
      (event.shiftKey || this.terminal.hasSelection())
    if (copies) {
      if (event.type === 'keydown' && this.terminal.hasSelection()) {
        event.preventDefault()
        void copyText(this.selection())
        this.terminal.clearSelection()
      }
      return false
    }
    return !(event.ctrlKey && event.key.toLowerCase() === 'v')
  }
}

function themeOf() {
  const color = readColors([
    'surface',
    'ink',
    'ink-3',
    'accent',
    'accent-tint',
    'danger',
    'caution',
    'code-key',
    'code-number',
    'running-edge',
    'line-strong',
  ])
  const ansi = {
    black: color.ink,
    red: color.danger,
    green: color.accent,
    yellow: color.caution,
    blue: color['code-key'],
    magenta: color['code-number'],
    cyan: color['running-edge'],
    white: color['ink-3'],
  }
  const bright = Object.fromEntries(
    Object.entries(ansi).map(([name, value]) => [
      `bright${name[0]?.toUpperCase()}${name.slice(1)}`,
      value,
    ]),
  )
  return {
    ...ansi,
    ...bright,
    background: color.surface,
    foreground: color.ink,
    cursor: color.ink,
    cursorAccent: color.surface,
    selectionBackground: color['accent-tint'],
    selectionInactiveBackground: color['accent-tint'],
    brightBlack: color['ink-3'],
  }
}
