import type { Client } from '../api/client.ts'
import type { NetworkNamespace } from '../kernel/types.ts'
import type { Runtime } from '../runtime/types.ts'
import type { Clock } from '../time/clock.ts'
import type { Chance } from '../time/random.ts'
import type { Scheduler } from '../time/tasks.ts'
import type { Trace } from '../trace/trace.ts'
import type { ActiveDeadline } from './active-deadline.ts'
import type { BackOff } from './back-off.ts'
import type { ImageManager } from './image-manager.ts'
import type { PodEvents } from './pod-events.ts'
import type { ProbeManager } from './probe-manager.ts'
import type { ReasonCache } from './reason-cache.ts'
import type { Relist } from './relist.ts'
import type { StatusManager } from './status-manager.ts'

/** What the parts of one kubelet share. */
export interface Rooms {
  readonly client: Client
  readonly clock: Clock
  readonly scheduler: Scheduler
  readonly chance: Chance
  readonly trace: Trace
  readonly runtime: Runtime
  readonly nodeAddress: string
  /** The node's face in the pod network. */
  readonly network: NetworkNamespace
  readonly events: PodEvents
  readonly relist: Relist
  readonly reasons: ReasonCache
  readonly crashes: BackOff
  readonly images: ImageManager
  readonly probes: ProbeManager
  readonly status: StatusManager
  readonly deadline: ActiveDeadline
  /** Image each container was started with, to notice a changed definition. */
  readonly startedImages: Map<string, string>
  /** Pods whose volumes are set up. */
  readonly mounted: Set<string>
}
