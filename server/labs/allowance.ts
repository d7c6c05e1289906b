/** A bucket that refills with time: what one page may use at once, and go on using. */
export class Allowance {
  private level: number
  private at: number

  constructor(
    private readonly wall: () => number,
    private readonly perSecond: number,
    private readonly burst: number,
  ) {
    this.level = burst
    this.at = wall()
  }

  /** Takes `amount`; the milliseconds after which the bucket is no longer empty (0: it is not). */
  take(amount: number): number {
    const now = this.wall()
    this.level = Math.min(this.burst, this.level + ((now - this.at) / 1000) * this.perSecond)
    this.at = now
    this.level -= amount
    return this.level >= 0 ? 0 : Math.ceil((-this.level / this.perSecond) * 1000)
  }
}
