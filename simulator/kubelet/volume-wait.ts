import type { Pod } from '../api/kinds.ts'
import { drawMillis, latencies } from '../latencies.ts'
import type { Task } from '../time/tasks.ts'
import type { Wakeable } from '../time/tasks.ts'
import type { EntryId } from '../trace/entries.ts'
import type { Rooms } from './rooms.ts'
import { volumeFailure } from './volumes.ts'

/** How a delete reaches a worker that waits for volumes: the only wait it cuts short. */
export interface CancelSignal { readonly requested: boolean; readonly on: Wakeable }

/** After this the kubelet gives a sync up and tries anew. */
const patienceMillis = 123_000
const firstRetryMillis = 500
const longestRetryMillis = 122_000

/** Models volumemanager WaitForAttachAndMount: a volume that cannot be set up is tried again. */
export function* waitForVolumes(
  rooms: Rooms, pod: Pod, cancel: CancelSignal, cause: EntryId | undefined,
): Task<'done' | 'error' | 'cancelled'> {
  const { uid } = pod.metadata
  if (!pod.spec.volumes?.length || rooms.mounted.has(uid)) return 'done'
  const start = rooms.clock.now()
  let retry = firstRetryMillis
  let until = start + drawMillis(rooms.chance, latencies.volumes, 'volumes', uid)
  for (;;) {
    while (rooms.clock.now() < until) {
      if (cancel.requested) return 'cancelled'
      yield { on: [cancel.on], until }
    }
    const failure = volumeFailure(rooms.client, pod)
    if (!failure) break
    rooms.events.pod(pod, 'Warning', 'FailedMount',
      `MountVolume.SetUp failed for volume "${failure.volume}" : ${failure.error}`, cause)
    until = rooms.clock.now() + retry
    retry = Math.min(retry * 2, longestRetryMillis)
    if (until - start > patienceMillis) {
      yield { on: [cancel.on], until: start + patienceMillis }
      // A wait that was interrupted, by time or by a delete, leaves no event.
      return cancel.requested ? 'cancelled' : 'error'
    }
  }
  rooms.mounted.add(uid)
  return 'done'
}
