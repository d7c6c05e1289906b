/** What arrived for one tab: text to write, preceded by a clean screen if something is missing. */
export interface ScreenPart { readonly text: string; readonly clear: boolean }

type Reader = (part: ScreenPart) => void

interface Screen { start: number; text: string; readers: Set<Reader> }

/** Text kept for a reader that comes late; a terminal shows far less than this. */
const KEPT_CHARACTERS = 400_000

/** The output of each tab, complete from some offset on, for terminals that come and go. */
export class TerminalScreens {
  private readonly screens = new Map<string, Screen>()

  /** Number of characters of each tab that this page has. */
  offsets(): Record<string, number> {
    return Object.fromEntries(
      [...this.screens].map(([tab, screen]) => [tab, screen.start + screen.text.length]),
    )
  }

  /** Takes output that may overlap what is here, or leave a gap after it. */
  write(tab: string, offset: number, text: string): void {
    const screen = this.screen(tab)
    const end = screen.start + screen.text.length
    if (offset > end) {
      screen.start = offset
      screen.text = text
      this.tell(screen, { text, clear: true })
      return
    }
    const fresh = text.slice(end - offset)
    if (fresh === '') return
    screen.text += fresh
    this.cut(screen)
    this.tell(screen, { text: fresh, clear: false })
  }

  /** Calls `reader` with what is there and with what comes. */
  read(tab: string, reader: Reader): () => void {
    const screen = this.screen(tab)
    screen.readers.add(reader)
    if (screen.text !== '') reader({ text: screen.text, clear: true })
    return () => {
      screen.readers.delete(reader)
    }
  }

  close(tab: string): void {
    this.screens.delete(tab)
  }

  private screen(tab: string): Screen {
    const existing = this.screens.get(tab)
    if (existing) return existing
    const created: Screen = { start: 0, text: '', readers: new Set() }
    this.screens.set(tab, created)
    return created
  }

  private cut(screen: Screen): void {
    const surplus = screen.text.length - KEPT_CHARACTERS
    if (surplus <= 0) return
    const lineEnd = screen.text.indexOf('\n', surplus)
    const at = lineEnd < 0 ? surplus : lineEnd + 1
    screen.start += at
    screen.text = screen.text.slice(at)
  }

  private tell(screen: Screen, part: ScreenPart): void {
    for (const reader of screen.readers) reader(part)
  }
}
