/** Virtual milliseconds since the lab began. Fractions are allowed down to a microsecond. */
export type Millis = number

/** A planned call; `cancelled` timers stay in the heap until their time and are then skipped. */
export interface Timer {
  readonly at: Millis
  readonly sequence: number
  readonly fire: () => void
  cancelled: boolean
}

/**
 * The lab's only source of time. Timers fire in the order (time, sequence); nothing else may
 * decide when something happens, so a lab advanced in slices equals one advanced at once.
 */
export class Clock {
  private current: Millis = 0
  private sequence = 0
  private pending = 0
  private readonly heap: Timer[] = []

  /** `startEpochMillis`: the date that virtual time zero shows, in Unix milliseconds. */
  constructor(readonly startEpochMillis: number) {}

  now(): Millis {
    return this.current
  }

  /** Unix milliseconds of a moment of the lab (of now without an argument). */
  epochMillis(at: Millis = this.current): number {
    return this.startEpochMillis + at
  }

  at(time: Millis, fire: () => void): Timer {
    const timer: Timer = {
      at: Math.max(time, this.current), sequence: this.sequence++, fire, cancelled: false,
    }
    this.push(timer)
    this.pending++
    return timer
  }

  after(delayMillis: Millis, fire: () => void): Timer {
    return this.at(roundToMicros(this.current + Math.max(0, delayMillis)), fire)
  }

  cancel(timer: Timer): void {
    if (!timer.cancelled) this.pending--
    timer.cancelled = true
  }

  /** When something is next due; undefined where nothing is, so an idle lab costs nothing. */
  nextDue(): Millis | undefined {
    this.dropCancelled()
    return this.heap[0]?.at
  }

  /** Fires the next timer that is due up to `limit` and says whether there was one. */
  fireNext(limit: Millis): boolean {
    this.dropCancelled()
    const first = this.heap[0]
    if (!first || first.at > limit) return false
    this.pop()
    this.current = Math.max(this.current, first.at)
    first.cancelled = true
    this.pending--
    first.fire()
    return true
  }

  /** Moves time on where nothing is due any more. */
  passTo(time: Millis): void {
    this.current = Math.max(this.current, time)
  }

  private dropCancelled(): void {
    // Many cancelled far-away timers would grow the heap without bound: rebuild it.
    if (this.heap.length > 64 && this.heap.length > 4 * this.pending) {
      const live = this.heap.filter((timer) => !timer.cancelled)
      this.heap.length = 0
      for (const timer of live) this.push(timer)
    }
    while (this.heap[0]?.cancelled) this.pop()
  }

  private push(timer: Timer): void {
    const heap = this.heap
    let child = heap.push(timer) - 1
    while (child > 0) {
      const parent = (child - 1) >> 1
      if (!before(timer, heap[parent]!)) break
      heap[child] = heap[parent]!
      child = parent
    }
    heap[child] = timer
  }

  private pop(): void {
    const heap = this.heap
    const last = heap.pop()
    if (!last || heap.length === 0) return
    let parent = 0
    for (;;) {
      let child = 2 * parent + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++
      if (!before(heap[child]!, last)) break
      heap[parent] = heap[child]!
      parent = child
    }
    heap[parent] = last
  }
}

function before(a: Timer, b: Timer): boolean {
  return a.at < b.at || (a.at === b.at && a.sequence < b.sequence)
}

/** Sums of fractions drift; a microsecond is the finest moment the lab knows. */
export function roundToMicros(time: Millis): Millis {
  return Math.round(time * 1000) / 1000
}
