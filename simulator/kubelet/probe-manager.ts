import type { Container, ContainerStatusView, Pod } from '../api/kinds.ts'
import type { EntryId } from '../trace/entries.ts'
import type { ProbeKind } from './pod.ts'
import { isSidecar } from './pod.ts'
import type { ProbeResult } from './probe-results.ts'
import { ProbeResults } from './probe-results.ts'
import type { ProbeUpdate } from './probe-results.ts'
import { ProbeWorker } from './probe-worker.ts'
import type { Rooms } from './rooms.ts'

const kinds: readonly ProbeKind[] = ['startup', 'readiness', 'liveness']

/** Models kubelet/prober/prober_manager.go: the probe workers of all pods and what they found. */
export class ProbeManager {
  private readonly workers = new Map<string, ProbeWorker>()
  private readonly results: Readonly<Record<ProbeKind, ProbeResults>>
  /** Set once, when all parts of the kubelet exist. */
  rooms: Rooms | undefined

  constructor(onUpdate: (kind: ProbeKind, update: ProbeUpdate) => void) {
    this.results = {
      liveness: new ProbeResults((update) => onUpdate('liveness', update)),
      readiness: new ProbeResults((update) => onUpdate('readiness', update)),
      startup: new ProbeResults((update) => onUpdate('startup', update)),
    }
  }

  /** Last result for a container of the runtime. */
  result(kind: ProbeKind, containerId: string): ProbeResult | undefined {
    return this.results[kind].get(`containerd://${containerId}`)
  }

  /** The entry of the probe that decided it. */
  cause(kind: ProbeKind, containerId: string): EntryId | undefined {
    return this.results[kind].cause(`containerd://${containerId}`)
  }

  addPod(pod: Pod): void {
    const { rooms } = this
    if (!rooms) return
    for (const container of probed(pod)) {
      for (const kind of kinds) {
        const probe = container[`${kind}Probe`]
        const key = keyOf(pod.metadata.uid, container.name, kind)
        if (!probe || this.workers.has(key)) continue
        const worker = new ProbeWorker(rooms, this.results[kind], pod, container, kind, probe)
        this.workers.set(key, worker)
        rooms.scheduler.spawn(worker.work(() => {
          if (this.workers.get(key) === worker) this.workers.delete(key)
        }))
      }
    }
  }

  stopLivenessAndStartup(podUid: string): void {
    this.stop(podUid, ['liveness', 'startup'])
  }

  removePod(podUid: string): void {
    this.stop(podUid, kinds)
  }

  /** Models UpdatePodStatus, `started` part. */
  isStarted(pod: Pod, status: ContainerStatusView): boolean {
    if (!status.state.running) return false
    const result = this.results.startup.get(status.containerID ?? '')
    if (result !== undefined) return result === 'success'
    return !this.workers.has(keyOf(pod.metadata.uid, status.name, 'startup'))
  }

  /** `ready` part: a container not known to be ready is asked at once. */
  isReady(pod: Pod, status: ContainerStatusView): boolean {
    if (!status.state.running) return false
    if (this.results.readiness.get(status.containerID ?? '') === 'success') return true
    const worker = this.workers.get(keyOf(pod.metadata.uid, status.name, 'readiness'))
    worker?.trigger()
    return worker === undefined
  }

  private stop(podUid: string, which: readonly ProbeKind[]): void {
    for (const kind of which) {
      for (const [key, worker] of this.workers) {
        if (!key.startsWith(`${podUid}/`) || !key.endsWith(`/${kind}`)) continue
        worker.stop()
        this.workers.delete(key)
      }
    }
  }
}

function probed(pod: Pod): readonly Container[] {
  return [...pod.spec.containers, ...(pod.spec.initContainers ?? []).filter(isSidecar)]
}

function keyOf(podUid: string, container: string, kind: ProbeKind): string {
  return `${podUid}/${container}/${kind}`
}
