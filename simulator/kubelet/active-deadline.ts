import type { Pod, PodStatus } from '../api/kinds.ts'
import type { Clock, Millis } from '../time/clock.ts'
import { parseRfc3339 } from '../time/dates.ts'
import type { EntryId } from '../trace/entries.ts'
import { deadlineBecause } from './because.ts'
import type { PodEvents } from './pod-events.ts'

const message = 'Pod was active on the node longer than the specified deadline'

/** Models kubelet/active_deadline.go. */
export class ActiveDeadline {
  constructor(private readonly clock: Clock, private readonly events: PodEvents) {}

  /** When the pod's time is over; undefined if it has no limit or was not started. */
  due(pod: Pod, status: PodStatus): Millis | undefined {
    const seconds = pod.spec.activeDeadlineSeconds
    const started = status.startTime === undefined ? undefined : parseRfc3339(status.startTime)
    if (seconds === undefined || started === undefined) return undefined
    return started + seconds * 1000 - this.clock.startEpochMillis
  }

  /** Asked at each status generation, and records its event each time, as the real one does. */
  exceeded(
    pod: Pod, status: PodStatus, cause: EntryId | undefined,
  ): { reason: string; message: string } | undefined {
    const due = this.due(pod, status)
    if (due === undefined || this.clock.now() < due) return undefined
    this.events.pod(pod, 'Normal', 'DeadlineExceeded', message, cause, deadlineBecause(pod))
    return { reason: 'DeadlineExceeded', message }
  }
}
