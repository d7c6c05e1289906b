import type { Clock, Millis } from '../time/clock.ts'

/** Lets a burst of entries into the trace, then so many a second: a flood must not fill it. */
export class Allowance {
  private left: number
  private since: Millis = 0

  constructor(
    private readonly clock: Clock,
    private readonly burst: number,
    private readonly perSecond: number,
  ) {
    this.left = burst
  }

  take(): boolean {
    const now = this.clock.now()
    this.left = Math.min(this.burst, this.left + (now - this.since) / 1000 * this.perSecond)
    this.since = now
    if (this.left < 1) return false
    this.left--
    return true
  }
}
