import { createClient } from '../api/client.ts'
import type { Client } from '../api/client.ts'
import type { Api } from '../api/types.ts'
import type { Pod } from '../api/kinds.ts'
import { drawMillis, latencies } from '../latencies.ts'
import type { Clock } from '../time/clock.ts'
import type { Chance } from '../time/random.ts'
import type { Scheduler, Task } from '../time/tasks.ts'
import { pause } from '../time/tasks.ts'
import type { EntryId } from '../trace/entries.ts'

/** What a delete with --cascade=foreground or orphan leaves for the garbage collector to do. */
const OURS: readonly string[] = ['foregroundDeletion', 'orphan']

interface Options {
  readonly api: Api
  readonly clock: Clock
  readonly chance: Chance
  readonly scheduler: Scheduler
}

/**
 * Models pkg/controller/garbagecollector for pods, which have no dependents: what was asked for
 * them is done as soon as it is seen, and the finalizer goes.
 */
export function startGarbageCollector(options: Options): void {
  const client = createClient({ api: options.api, userAgent: 'garbage-collector' })
  options.scheduler.spawn(watchPods(options, client))
}

function* watchPods(options: Options, client: Client): Task {
  const pods = client.watch('pods')
  for (;;) {
    const event = pods.next()
    if (!event) yield { on: [pods.arrived] }
    else if (event.type !== 'DELETED' && isOurs(event.object)) {
      options.scheduler.spawn(release(options, client, event.object, event.entry))
    }
  }
}

function isOurs({ metadata }: Pod): boolean {
  return metadata.deletionTimestamp !== undefined
    && (metadata.finalizers ?? []).some((one) => OURS.includes(one))
}

function* release(
  { clock, chance }: Options, client: Client, { metadata }: Pod, cause: EntryId | undefined,
): Task {
  const delay = drawMillis(chance, latencies.garbageCollection, 'garbage', metadata.uid)
  yield* pause(clock, delay)
  const pod = client.get('pods', metadata.namespace, metadata.name)
  if (pod?.metadata.uid !== metadata.uid || !isOurs(pod)) return
  const finalizers = (pod.metadata.finalizers ?? []).filter((one) => !OURS.includes(one))
  client.patch('pods', pod, { metadata: { finalizers } }, cause)
}
