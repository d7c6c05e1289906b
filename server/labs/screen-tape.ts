import { serverLimits } from './limits.ts'

/** What one terminal printed from its opening to its closing, and when. */
export class ScreenTape {
  private text = ''
  /** Length of the text after each moment at which something was printed. */
  private readonly ends: { readonly at: number; end: number }[] = []
  private closedAt = Infinity

  constructor(readonly tab: string, private readonly openedAt: number) {}

  get isOpen(): boolean {
    return this.closedAt === Infinity
  }

  close(at: number): void {
    if (this.isOpen) this.closedAt = at
  }

  hear(at: number, text: string): void {
    this.text += text
    const last = this.ends.at(-1)
    if (last?.at === at) last.end = this.text.length
    else this.ends.push({ at, end: this.text.length })
  }

  /** The screen's text at a moment; undefined while there is no such terminal. */
  at(moment: number): string | undefined {
    if (moment < this.openedAt || moment >= this.closedAt) return undefined
    return lastLines(this.text.slice(0, this.endAt(moment)))
  }

  private endAt(moment: number): number {
    let [low, high] = [0, this.ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.ends[middle]!.at <= moment) low = middle + 1
      else high = middle
    }
    return this.ends[low - 1]?.end ?? 0
  }
}

/** As much as a page needs to draw a screen and scroll back, from the beginning of a line. */
export function lastLines(text: string): string {
  if (text.length <= serverLimits.pastTabChars) return text
  const from = text.length - serverLimits.pastTabChars
  return text.slice(text.indexOf('\n', from) + 1 || from)
}
