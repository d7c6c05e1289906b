import type { Pod, PodStatus } from '../api/kinds.ts'
import { drawMillis, latencies } from '../latencies.ts'
import type { Millis } from '../time/clock.ts'
import type { Task } from '../time/tasks.ts'
import { pause } from '../time/tasks.ts'
import type { EntryId } from '../trace/entries.ts'
import { killPod } from './kill-container.ts'
import { isTerminalPhase } from './pod.ts'
import type { RuntimeStatus } from './relist.ts'
import type { Rooms } from './rooms.ts'
import { generateStatus } from './status-generation.ts'
import { syncContainers } from './sync-containers.ts'
import type { CancelSignal } from './volume-wait.ts'
import { waitForVolumes } from './volume-wait.ts'

// The three kinds of work of a pod worker; models kubelet/kubelet.go.

export interface Work {
  readonly pod: Pod
  readonly seen: RuntimeStatus
  readonly cause: EntryId | undefined
  /** Counts the syncs of this pod, to key its latencies. */
  readonly ordinal: number
}

export type SyncResult = 'done' | 'terminal' | 'error' | 'cancelled'

/** Models SyncPod. A pod's status is produced here, at the start, and nowhere else. */
export function* syncPod(rooms: Rooms, work: Work, cancel: CancelSignal): Task<SyncResult> {
  const { pod, seen, cause } = work
  const status = generate(rooms, work, seen, false)
  rooms.status.set(pod, status, cause)
  if (isTerminalPhase(status.phase)) return 'terminal'
  const mounted = yield* waitForVolumes(rooms, pod, cancel, cause)
  if (mounted !== 'done') return mounted
  rooms.probes.addPod(pod)
  return (yield* syncContainers(rooms, pod, seen, cause)) ? 'done' : 'error'
}

/** Models SyncTerminatingPod. It is never hurried: a later, shorter grace period comes too late. */
export function* syncTerminatingPod(
  rooms: Rooms, work: Work, graceSeconds: number | undefined,
): Task {
  const { pod, seen, cause } = work
  yield* pause(rooms.clock, killDelay(rooms, work))
  rooms.status.set(pod, generate(rooms, work, seen, false), cause)
  rooms.probes.stopLivenessAndStartup(pod.metadata.uid)
  yield* killPod(rooms, pod, seen, graceSeconds, cause)
  rooms.probes.removePod(pod.metadata.uid)
  const stopped = rooms.relist.current(pod.metadata.uid)
  rooms.status.set(pod, generate(rooms, work, stopped, true), lastExit(stopped) ?? cause)
}

/** Models SyncTerminatedPod: everything has ended; the object may go if it is being deleted. */
export function syncTerminatedPod(rooms: Rooms, work: Work): void {
  const { pod, seen, cause } = work
  rooms.status.set(pod, generate(rooms, work, seen, true), lastExit(seen) ?? cause)
  rooms.status.terminate(pod, lastExit(seen) ?? cause)
}

function generate(
  rooms: Rooms, { pod, cause }: Work, seen: RuntimeStatus, isTerminal: boolean,
): PodStatus {
  const old = rooms.status.get(pod.metadata.uid) ?? pod.status
  return generateStatus(rooms, pod, seen, old, isTerminal, cause)
}

function killDelay(rooms: Rooms, { pod, ordinal }: Work): Millis {
  return drawMillis(rooms.chance, latencies.killStart, 'kill-start', pod.metadata.uid, ordinal)
}

/** The entry of the latest end of a container: what its final status is about. */
function lastExit(seen: RuntimeStatus): EntryId | undefined {
  const ends = seen.containers.filter((container) => container.state === 'exited')
  return ends.toSorted((a, b) => (b.finishedAt ?? 0) - (a.finishedAt ?? 0))[0]?.entry
}
