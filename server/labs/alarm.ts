interface Entry<Key> { readonly key: Key; readonly at: number }

/**
 * Calls `ring` for each key at its wall time, with one timer for all keys and none while no key is
 * set. Setting a key again replaces its time.
 */
export class Alarm<Key> {
  private readonly times = new Map<Key, number>()
  /** A heap by time; entries that `times` no longer agrees with are skipped. */
  private heap: Entry<Key>[] = []
  private timer: NodeJS.Timeout | undefined
  private timerAt = Infinity

  constructor(private readonly wall: () => number, private readonly ring: (key: Key) => void) {}

  get size(): number {
    return this.times.size
  }

  set(key: Key, at: number): void {
    if (this.times.get(key) === at) return
    this.times.set(key, at)
    if (this.heap.length > 64 && this.heap.length > 4 * this.times.size) this.rebuild()
    else this.push({ key, at })
    this.arm()
  }

  clear(key: Key): void {
    if (!this.times.delete(key)) return
    if (this.times.size === 0) this.disarm()
    // A key is a lab: what is no longer set must not be held here.
    else if (this.heap.length > 8 && this.heap.length > 2 * this.times.size) this.rebuild()
  }

  stop(): void {
    this.times.clear()
    this.disarm()
  }

  private disarm(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.timerAt = Infinity
    this.heap = []
  }

  private arm(): void {
    this.dropStale()
    const first = this.heap[0]
    if (!first) return this.disarm()
    if (this.timer && this.timerAt <= first.at) return
    clearTimeout(this.timer)
    this.timerAt = first.at
    // A timer takes at most 2^31 ms; a longer wait is set again when it ends.
    const wait = Math.min(Math.max(0, Math.ceil(first.at - this.wall())), 0x7fff_ffff)
    this.timer = setTimeout(() => this.due(), wait)
  }

  private due(): void {
    this.timer = undefined
    this.timerAt = Infinity
    const now = this.wall()
    for (;;) {
      this.dropStale()
      const first = this.heap[0]
      if (!first || first.at > now) break
      this.pop()
      this.times.delete(first.key)
      this.ring(first.key)
    }
    this.arm()
  }

  private dropStale(): void {
    while (this.heap[0] && this.times.get(this.heap[0].key) !== this.heap[0].at) this.pop()
  }

  private rebuild(): void {
    this.heap = []
    for (const [key, at] of this.times) this.push({ key, at })
  }

  private push(entry: Entry<Key>): void {
    let child = this.heap.push(entry) - 1
    while (child > 0) {
      const parent = (child - 1) >> 1
      if (this.heap[parent]!.at <= entry.at) break
      this.heap[child] = this.heap[parent]!
      child = parent
    }
    this.heap[child] = entry
  }

  private pop(): void {
    const last = this.heap.pop()
    if (!last || this.heap.length === 0) return
    let parent = 0
    for (;;) {
      let child = 2 * parent + 1
      if (child >= this.heap.length) break
      if (child + 1 < this.heap.length && this.heap[child + 1]!.at < this.heap[child]!.at) child++
      if (last.at <= this.heap[child]!.at) break
      this.heap[parent] = this.heap[child]!
      parent = child
    }
    this.heap[parent] = last
  }
}
