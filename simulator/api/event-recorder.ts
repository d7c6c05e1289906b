import type { Clock, Millis } from '../time/clock.ts'
import { rfc3339 } from '../time/dates.ts'
import type { Because, EntryId } from '../trace/entries.ts'
import type { Client, EventRecorder } from './client.ts'
import type { EventObject, ObjectReference } from './kinds.ts'

export interface RecorderOptions {
  readonly client: Client
  readonly clock: Clock
  /** Event source, e.g. `kubelet`, and its host (the node) if it has one. */
  readonly component: string
  readonly host?: string
}

interface Occurrence {
  readonly regarding: ObjectReference
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  readonly message: string
  readonly cause?: EntryId
  readonly because?: readonly Because[]
}

interface Observed {
  readonly name: string
  readonly firstTimestamp: string
  readonly count: number
}

/** Distinct messages of one reason that are told one by one, and how long they are remembered. */
const SIMILAR_MOST = 10
const SIMILAR_MILLIS = 600_000
/** Events of one object that may come at once; after that one every five minutes. */
const BURST = 25
const REFILL_MILLIS = 300_000

/** Models client-go/tools/record: EventCorrelator with its aggregator, counter and spam filter. */
export function createEventRecorder(options: RecorderOptions): EventRecorder {
  return new Recorder(options)
}

class Recorder implements EventRecorder {
  private readonly observed = new Map<string, Observed>()
  private readonly similar = new Map<string, { messages: Set<string>; last: Millis }>()
  private readonly buckets = new Map<string, { tokens: number; at: Millis }>()
  private readonly uniqueName: (base: string) => string

  constructor(private readonly options: RecorderOptions) {
    this.uniqueName = eventNames(options.clock)
  }

  record(occurrence: Occurrence): void {
    const { regarding, type, reason } = occurrence
    const object = [regarding.kind, regarding.namespace, regarding.name, regarding.uid].join('/')
    const group = [object, type, reason].join('\u0000')
    const combined = this.isOneOfTooMany(group, occurrence.message)
    const message = combined
      ? `(combined from similar events): ${occurrence.message}` : occurrence.message
    const key = combined ? group : [group, regarding.fieldPath, message].join('\u0000')
    const before = this.observed.get(key)
    const now = rfc3339(this.options.clock.epochMillis())
    const next: Observed = before ? { ...before, count: before.count + 1 }
      : { name: this.uniqueName(regarding.name ?? ''), firstTimestamp: now, count: 1 }
    this.observed.set(key, next)
    if (!this.mayPass(object)) return
    if (before && this.repeat(occurrence, next, message, now)) return
    this.create(occurrence, next, message, now)
  }

  /** From the tenth distinct message of one reason in ten minutes on, they share one event. */
  private isOneOfTooMany(group: string, message: string): boolean {
    const now = this.options.clock.now()
    const known = this.similar.get(group)
    const fresh = known && now - known.last <= SIMILAR_MILLIS
    const entry = fresh ? known : { messages: new Set<string>(), last: now }
    entry.messages.add(message)
    entry.last = now
    this.similar.set(group, entry)
    if (entry.messages.size < SIMILAR_MOST) return false
    const [oldest] = entry.messages
    if (oldest !== undefined) entry.messages.delete(oldest)
    return true
  }

  private mayPass(object: string): boolean {
    const now = this.options.clock.now()
    const bucket = this.buckets.get(object) ?? { tokens: BURST, at: now }
    const tokens = Math.min(BURST, bucket.tokens + (now - bucket.at) / REFILL_MILLIS)
    const passes = tokens >= 1
    this.buckets.set(object, { tokens: passes ? tokens - 1 : tokens, at: now })
    return passes
  }

  /** False if the first event is gone: then it is written anew, with its count. */
  private repeat(
    { regarding, cause, because }: Occurrence, event: Observed, message: string, now: string,
  ): boolean {
    const { namespace = 'default' } = regarding
    const named = { metadata: { name: event.name, namespace, uid: '' } }
    const patch = { count: event.count, lastTimestamp: now, message }
    return this.options.client.patch('events', named, patch, cause, because).ok
  }

  private create(
    { regarding, type, reason, cause, because }: Occurrence, event: Observed, message: string,
    now: string,
  ): void {
    const { component, host } = this.options
    const object: Omit<EventObject, 'metadata'> = {
      apiVersion: 'v1', kind: 'Event', involvedObject: regarding, type, reason, message,
      source: { component, ...(host === undefined ? {} : { host }) },
      firstTimestamp: event.firstTimestamp, lastTimestamp: now, count: event.count,
      eventTime: null, reportingComponent: component, reportingInstance: host ?? '',
    }
    const metadata = { name: event.name, namespace: regarding.namespace ?? 'default' }
    this.options.client.create('events', { ...object, metadata }, cause, because)
  }
}

/**
 * `web.18e9f01b74179ad3`: the name of what it is about and the time in nanoseconds. Two events of
 * one moment are kept apart, in their order.
 */
export function eventNames(clock: Clock): (base: string) => string {
  let last = 0n
  return (base) => {
    const nanos = BigInt(Math.round(clock.epochMillis() * 1000)) * 1000n
    last = nanos > last ? nanos : last + 1n
    return `${base}.${last.toString(16).padStart(16, '0')}`
  }
}
