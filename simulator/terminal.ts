import { limits } from './limits.ts'
import type { TerminalOutput } from './lab-types.ts'

/** What one terminal tab has printed: the last part as text, all of it as an offset. */
export class Screen {
  private text = ''
  private dropped = 0

  constructor(private readonly tab: string) {}

  append(text: string): TerminalOutput {
    const output = { tab: this.tab, offset: this.dropped + this.text.length, text }
    this.text += text
    // Cut rarely and much, so that a long output is not copied for each of its lines.
    if (this.text.length > 1.5 * limits.terminalChars) {
      const cut = this.text.indexOf('\n', this.text.length - limits.terminalChars) + 1
      const from = cut || this.text.length - limits.terminalChars
      this.dropped += from
      this.text = this.text.slice(from)
    }
    return output
  }

  /** What is kept from `offset` on; the answer's offset is later where older text was cut. */
  since(offset: number): TerminalOutput {
    const from = Math.max(offset, this.dropped)
    return { tab: this.tab, offset: from, text: this.text.slice(from - this.dropped) }
  }
}
