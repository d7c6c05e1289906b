/** Something that works in slices. True: there is more to do at once. */
export interface Sliced { slice(): boolean }

/**
 * Gives each waiting lab one slice in turn, and the event loop a turn after each round of a few
 * milliseconds, so that no lab can stall another or the sockets.
 */
export class Runner {
  private readonly waiting = new Set<Sliced>()
  private scheduled = false

  constructor(private readonly wall: () => number, private readonly roundMillis = 4) {}

  wake(lab: Sliced): void {
    this.waiting.add(lab)
    this.schedule()
  }

  drop(lab: Sliced): void {
    this.waiting.delete(lab)
  }

  private schedule(): void {
    if (this.scheduled || this.waiting.size === 0) return
    this.scheduled = true
    setImmediate(() => this.round())
  }

  private round(): void {
    this.scheduled = false
    const until = this.wall() + this.roundMillis
    // A lab that is woken in its own slice goes to the end of the line, as a set keeps order.
    for (const lab of this.waiting) {
      this.waiting.delete(lab)
      if (lab.slice()) this.waiting.add(lab)
      if (this.wall() >= until) break
    }
    this.schedule()
  }
}
