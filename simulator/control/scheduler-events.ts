import type { Client } from '../api/client.ts'
import { eventNames } from '../api/event-recorder.ts'
import type { EventObject, Pod } from '../api/kinds.ts'
import type { Clock, Millis } from '../time/clock.ts'
import { rfc3339Nano } from '../time/dates.ts'
import type { Because, EntryId } from '../trace/entries.ts'

interface Occurrence {
  readonly pod: Pod
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  readonly action: string
  readonly message: string
  readonly cause: EntryId | undefined
  readonly because?: readonly Because[]
}

interface Series {
  readonly name: string
  count: number
  last: Millis
}

const REPORTER = 'default-scheduler'
const INSTANCE = 'default-scheduler-control-plane'
/** A series ends when it was not continued for this long. */
const SERIES_MILLIS = 360_000

/**
 * Models client-go/tools/events: events.k8s.io style, with eventTime and no count. A repeat about
 * the very same version of the object becomes a series.
 */
export class SchedulerEvents {
  private readonly series = new Map<string, Series>()
  private readonly nameOf: (base: string) => string

  constructor(private readonly client: Client, private readonly clock: Clock) {
    this.nameOf = eventNames(clock)
  }

  record(occurrence: Occurrence): void {
    const { pod, reason, type, action, message, cause, because } = occurrence
    const { uid, name, namespace = 'default', resourceVersion } = pod.metadata
    const now = this.clock.now()
    const eventTime = micro(this.clock.epochMillis())
    const key = [uid, resourceVersion, type, reason, action].join('/')
    const known = this.series.get(key)
    if (known && now - known.last < SERIES_MILLIS) {
      known.count++
      known.last = now
      const patch = { series: { count: known.count, lastObservedTime: eventTime } }
      const named = { metadata: { name: known.name, namespace, uid: '' } }
      this.client.patch('events', named, patch, cause, because)
      return
    }
    const eventName = this.nameOf(name)
    if (type === 'Warning') this.series.set(key, { name: eventName, count: 1, last: now })
    const event: Omit<EventObject, 'metadata'> = {
      apiVersion: 'v1', kind: 'Event', type, reason, action, message, eventTime,
      involvedObject: { apiVersion: 'v1', kind: 'Pod', name, namespace, uid, resourceVersion },
      source: {}, firstTimestamp: null, lastTimestamp: null,
      reportingComponent: REPORTER, reportingInstance: INSTANCE,
    }
    const metadata = { name: eventName, namespace }
    this.client.create('events', { ...event, metadata }, cause, because)
  }
}

function micro(epochMillis: number): string {
  return `${rfc3339Nano(epochMillis).slice(0, -4)}Z`
}
