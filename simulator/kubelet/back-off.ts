import type { Clock, Millis } from '../time/clock.ts'

interface BackOffEntry { delay: Millis; updatedAt: Millis }

/** Models client-go/util/flowcontrol/backoff.go: a delay per key that doubles up to a cap. */
export class BackOff {
  private readonly entries = new Map<string, BackOffEntry>()

  /** `expiresAfter`: an entry whose last use lies further back counts as none. */
  constructor(
    private readonly clock: Clock,
    private readonly initial: Millis,
    private readonly cap: Millis,
    private readonly expiresAfter: Millis,
  ) {}

  get(key: string): Millis {
    return this.entries.get(key)?.delay ?? 0
  }

  next(key: string, eventTime: Millis): void {
    const entry = this.entries.get(key)
    const fresh = !entry || eventTime - entry.updatedAt > this.expiresAfter
    const delay = fresh ? this.initial : Math.min(entry.delay * 2, this.cap)
    this.entries.set(key, { delay, updatedAt: this.clock.now() })
  }

  /** Whether the delay, counted from `eventTime`, is not over yet. */
  isOnSince(key: string, eventTime: Millis): boolean {
    const entry = this.entries.get(key)
    if (!entry || eventTime - entry.updatedAt > this.expiresAfter) return false
    return this.clock.now() - eventTime < entry.delay
  }

  /** Whether the delay, counted from the entry's last use, is not over yet. */
  isOnSinceUpdate(key: string): boolean {
    const entry = this.entries.get(key)
    if (!entry || this.clock.now() - entry.updatedAt > this.expiresAfter) return false
    return this.clock.now() - entry.updatedAt < entry.delay
  }
}
