const LEAP_MILLIS = 320
/** What follows sooner is a drag or a key held down: there the playhead is where the hand is. */
const HELD_MILLIS = 150

/** The playhead on its way to another moment that was jumped to, slower towards the end. */
export class Leap {
  private target: number | null = null
  private shown = 0
  private from = 0
  private begunAt = -Infinity
  private changedAt = -Infinity
  isGoing = false

  /** Where it stands; less than `leastMillis` is no leap. */
  at(target: number, wallMillis: number, leastMillis: number): number {
    if (this.target !== null && target !== this.target) this.turn(target, wallMillis, leastMillis)
    this.target = target
    const share = Math.min(1, (wallMillis - this.begunAt) / LEAP_MILLIS)
    this.isGoing = share < 1
    this.shown = this.isGoing ? this.from + (target - this.from) * (1 - (1 - share) ** 3) : target
    return this.shown
  }

  private turn(target: number, wallMillis: number, leastMillis: number): void {
    const isAlone = wallMillis - this.changedAt > HELD_MILLIS
    this.changedAt = wallMillis
    this.from = this.shown
    const isLeap = isAlone && Math.abs(target - this.shown) > leastMillis
    this.begunAt = isLeap ? wallMillis : -Infinity
  }
}
