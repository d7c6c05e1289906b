import { limits } from '../../limits.ts'

/** Characters one cycle may search: a line that grows for ever would take the host with it. */
const mostSearched = 200_000

/** What one cycle of a script has cost; beyond the bound sed ends as one without memory does. */
export class Effort {
  private searched = 0

  spend(command: string, pattern: string, hold: string): void {
    if (command === 's') this.searched += pattern.length
    const held = pattern.length + hold.length
    if (Math.max(this.searched / mostSearched, held / limits.processMemoryChars) > 1) {
      throw new RangeError('memory exhausted')
    }
  }
}
