import type { Client, EventRecorder } from '../api/client.ts'
import { createClient } from '../api/client.ts'
import { createEventRecorder } from '../api/event-recorder.ts'
import type { Api, NodeApi } from '../api/types.ts'
import type { Network } from '../kernel/types.ts'
import type { Runtime } from '../runtime/types.ts'
import type { Clock } from '../time/clock.ts'
import type { Chance } from '../time/random.ts'
import type { Scheduler } from '../time/tasks.ts'
import type { Trace } from '../trace/trace.ts'
import { ActiveDeadline } from './active-deadline.ts'
import { BackOff } from './back-off.ts'
import { ImageManager } from './image-manager.ts'
import { createNodeApi } from './node-api.ts'
import { node, nodeAddress } from './node.ts'
import { PodEvents } from './pod-events.ts'
import { PodWorkers } from './pod-workers.ts'
import { ProbeManager } from './probe-manager.ts'
import { ReasonCache } from './reason-cache.ts'
import { Relist } from './relist.ts'
import type { Rooms } from './rooms.ts'
import { StatusManager } from './status-manager.ts'
import { SyncLoop } from './sync-loop.ts'
import { syncPod, syncTerminatedPod, syncTerminatingPod } from './sync-pod.ts'

export interface KubeletOptions {
  readonly api: Api
  readonly runtime: Runtime
  readonly clock: Clock
  readonly scheduler: Scheduler
  readonly chance: Chance
  readonly trace: Trace
  readonly network: Network
}

/** The kubelet of the lab's one node; what it answers on behalf of the API server is returned. */
export function startKubelet(options: KubeletOptions): NodeApi {
  const client = createClient({ api: options.api, userAgent: 'kubelet' })
  const recorder = createEventRecorder({
    client, clock: options.clock, component: 'kubelet', host: node.name,
  })
  return wireKubelet({ ...options, client, recorder })
}

/** The same with the ways to the API given. */
export function wireKubelet(
  options: Omit<KubeletOptions, 'api'> & {
    readonly client: Client; readonly recorder: EventRecorder
  },
): NodeApi {
  const { client, runtime, clock, scheduler, chance, trace } = options
  const events = new PodEvents(options.recorder)
  const loop: SyncLoop = new SyncLoop({ clock, chance, runtime, client })
  const relist = new Relist(clock, chance, runtime, (event) => loop.onPodEvent(event))
  const probes = new ProbeManager((kind, update) => loop.onProbe(kind, update))
  const workers = new PodWorkers({
    clock, scheduler, relist,
    syncPod: (work, cancel) => syncPod(rooms, work, cancel),
    syncTerminating: (work, graceSeconds) => syncTerminatingPod(rooms, work, graceSeconds),
    syncTerminated: (work) => syncTerminatedPod(rooms, work),
    onSynced: (uid, result) => loop.onSynced(uid, result),
    onFinished: (uid) => loop.onFinished(uid),
  })
  const rooms: Rooms = {
    client, clock, scheduler, chance, trace, runtime, events, relist, probes,
    nodeAddress: nodeAddress(client),
    network: options.network.attach(node.bridgeAddress),
    reasons: new ReasonCache(),
    crashes: new BackOff(clock, 10_000, 300_000, 600_000),
    images: new ImageManager({ clock, runtime, events }),
    status: new StatusManager({ client, clock, chance, couldRun: (uid) => workers.couldRun(uid) }),
    deadline: new ActiveDeadline(clock, events),
    startedImages: new Map(), mounted: new Set(),
  }
  probes.rooms = rooms
  loop.begin(rooms, workers)
  for (const task of [relist.run(), rooms.status.run(), loop.watchPods()]) scheduler.spawn(task)
  return createNodeApi(rooms, loop.pods)
}
