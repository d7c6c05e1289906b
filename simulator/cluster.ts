import { createApi } from './api/api.ts'
import { throughServer } from './api/node-proxy.ts'
import type { Api } from './api/types.ts'
import { startGarbageCollector } from './control/garbage-collector.ts'
import { startNamespaceController } from './control/namespace-controller.ts'
import { startScheduler } from './control/scheduler.ts'
import { createImages } from './images/catalogue.ts'
import { createKernel } from './kernel/kernel.ts'
import type { Kernel, Network } from './kernel/types.ts'
import { startKubelet } from './kubelet/kubelet.ts'
import { limits } from './limits.ts'
import { createRuntime } from './runtime/runtime.ts'
import { Clock } from './time/clock.ts'
import { Chance } from './time/random.ts'
import { Scheduler } from './time/tasks.ts'
import { Trace } from './trace/trace.ts'

/** A control plane and one node, wired together. Parts meet only in the API, as in Kubernetes. */
export interface Cluster {
  readonly clock: Clock
  readonly chance: Chance
  readonly scheduler: Scheduler
  readonly trace: Trace
  readonly kernel: Kernel
  readonly network: Network
  readonly api: Api
}

export function createCluster(options: {
  readonly seed: number
  readonly startEpochMillis: number
  /** Namespaces beside the usual ones. */
  readonly namespaces: readonly string[]
}): Cluster {
  const clock = new Clock(options.startEpochMillis)
  const chance = new Chance(options.seed)
  const scheduler = new Scheduler(clock)
  const trace = new Trace(clock, limits.traceEntries)
  const kernel = createKernel({ clock, chance, scheduler, trace })
  const network = kernel.createNetwork()
  const api = createApi({ clock, chance, trace, namespaces: options.namespaces })
  const images = createImages()
  const runtime = createRuntime({ kernel, images, chance, clock, scheduler, trace, network })
  startScheduler({ api, clock, chance, scheduler, trace })
  startNamespaceController({ api, scheduler })
  startGarbageCollector({ api, clock, chance, scheduler })
  const kubelet = startKubelet({ api, runtime, clock, scheduler, chance, trace, network })
  api.node = throughServer(api, kubelet)
  return { clock, chance, scheduler, trace, kernel, network, api }
}
