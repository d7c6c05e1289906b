/** How a lab's virtual time follows wall time. It stands still until somebody watches. */
export class Pace {
  private running = false
  private held = false
  private since = 0

  /** `wall`: milliseconds of a clock that only goes forward. */
  constructor(
    private readonly wall: () => number,
    private base: number,
    private rate: number,
    /** The learner wants long quiet stretches left out. */
    private skips = false,
  ) {}

  now(): number {
    if (this.effective === 0) return this.base
    return toMicros(this.base + (this.wall() - this.since) * this.rate)
  }

  /** Virtual milliseconds for one of wall time; 0 while paused, held or unwatched. */
  get effective(): number {
    return this.running && !this.held ? this.rate : 0
  }

  get chosen(): number {
    return this.rate
  }

  get skipsQuiet(): boolean {
    return this.skips
  }

  start(): void {
    if (this.running) return
    this.running = true
    this.since = this.wall()
  }

  stop(): void {
    this.base = this.now()
    this.running = false
  }

  /** Stands still at `at`, whatever the pace, until it is let go. */
  hold(at: number): void {
    this.moveTo(at)
    this.held = true
  }

  letGo(at: number): void {
    this.held = false
    this.moveTo(at)
  }

  /** From the virtual moment `at` on, time goes at `rate`. */
  change(rate: number, at: number, skipsQuiet = this.skips): void {
    this.moveTo(at)
    this.rate = rate
    this.skips = skipsQuiet
  }

  moveTo(at: number): void {
    this.base = at
    this.since = this.wall()
  }

  /** A clock that has run away comes back to `latest`. */
  holdBack(latest: number): void {
    if (this.now() > latest) this.moveTo(latest)
  }

  /** Wall time until the virtual moment `at`; undefined: not as things stand. */
  wallMillisUntil(at: number): number | undefined {
    if (this.effective === 0) return undefined
    return Math.max(0, (at - this.now()) / this.rate)
  }
}

function toMicros(millis: number): number {
  return Math.round(millis * 1000) / 1000
}
