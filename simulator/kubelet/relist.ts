import { latencies } from '../latencies.ts'
import type { ContainerStatus, Runtime, SandboxStatus } from '../runtime/types.ts'
import type { Clock, Millis } from '../time/clock.ts'
import { roundToMicros } from '../time/clock.ts'
import type { Chance } from '../time/random.ts'
import type { Task } from '../time/tasks.ts'

/** What the runtime said about one pod at a relist. Newest first. */
export interface RuntimeStatus {
  readonly podUid: string
  readonly ips: readonly string[]
  readonly sandboxes: readonly SandboxStatus[]
  readonly containers: readonly ContainerStatus[]
}

/** A container or sandbox of a pod that runs or has ended: the pod asks for a sync. */
export interface PodEvent { readonly podUid: string; readonly id: string; readonly died: boolean }

type Seen = 'running' | 'exited' | 'unknown'

/**
 * Models kubelet/pleg/generic.go: the kubelet asks the runtime for all containers once a period
 * and caches the answer. The clock of it is arithmetic: a relist happens only at a boundary at
 * which something changed or somebody waits, so a quiet node needs no timer.
 */
export class Relist {
  private readonly phase: Millis
  private lastDone: Millis = -1
  private readonly cache = new Map<string, RuntimeStatus>()
  private records = new Map<string, Seen>()
  private podOf = new Map<string, string>()
  private seenChanges = 0

  constructor(
    private readonly clock: Clock,
    chance: Chance,
    private readonly runtime: Runtime,
    private readonly onEvent: (event: PodEvent) => void,
  ) {
    this.phase = Math.floor(chance.draw('relist-phase', 'node') * latencies.relistPeriod)
  }

  /** Watches the runtime for the life of the lab; waits on no time unless something changed. */
  *run(): Task {
    for (;;) {
      while (this.seenChanges === this.runtime.changes) yield { on: [this.runtime.changed] }
      yield { until: this.boundaryAfter(this.clock.now()) }
      this.catchUp()
    }
  }

  /** Models kubelet/container/cache.go GetNewerThan: the first status taken after `since`. */
  *newerThan(podUid: string, since: Millis): Task<RuntimeStatus> {
    if (this.boundaryUpTo(this.clock.now()) <= since) {
      yield { until: this.boundaryAfter(since) }
    }
    this.catchUp()
    return this.cached(podUid)
  }

  cached(podUid: string): RuntimeStatus {
    return this.cache.get(podUid) ?? { podUid, ips: [], sandboxes: [], containers: [] }
  }

  /** The runtime's answer at this moment, past the cache; addresses of a stopped pod are kept. */
  current(podUid: string): RuntimeStatus {
    const sandboxes = this.runtime.sandboxes().filter((box) => box.podUid === podUid)
    const ids = new Set(sandboxes.map((box) => box.id))
    const containers = this.runtime.containers().filter((one) => ids.has(one.sandbox))
    const ready = sandboxes.filter((box) => box.ready && box.ip !== '').map((box) => box.ip)
    const ips = ready.length ? ready : this.cached(podUid).ips
    return {
      podUid, ips, sandboxes: newestFirst(sandboxes), containers: newestFirst(containers),
    }
  }

  forget(podUid: string): void {
    this.cache.delete(podUid)
  }

  boundaryAfter(time: Millis): Millis {
    return roundToMicros(this.boundaryUpTo(time) + latencies.relistPeriod)
  }

  private boundaryUpTo(time: Millis): Millis {
    const turns = Math.floor((time - this.phase) / latencies.relistPeriod)
    return roundToMicros(this.phase + turns * latencies.relistPeriod)
  }

  /** The relist of the latest boundary, once, and only at the boundary itself. */
  private catchUp(): void {
    const boundary = this.boundaryUpTo(this.clock.now())
    if (boundary <= this.lastDone || boundary < this.clock.now()) return
    this.lastDone = boundary
    this.relist()
  }

  private relist(): void {
    this.seenChanges = this.runtime.changes
    const now = new Map<string, Seen>()
    const pods = new Map<string, string>()
    for (const box of this.runtime.sandboxes()) {
      now.set(box.id, box.ready ? 'running' : 'exited')
      pods.set(box.id, box.podUid)
    }
    for (const container of this.runtime.containers()) {
      now.set(container.id, container.state === 'created' ? 'unknown' : container.state)
      pods.set(container.id, pods.get(container.sandbox) ?? '')
    }
    const changed = this.changedIds(now)
    for (const id of this.records.keys()) {
      if (!pods.has(id)) pods.set(id, this.podOf.get(id) ?? '')
    }
    this.podOf = pods
    this.records = now
    for (const uid of new Set(changed.map((id) => pods.get(id)!))) {
      this.cache.set(uid, this.current(uid))
    }
    this.announce(changed, now, pods)
  }

  private changedIds(now: ReadonlyMap<string, Seen>): string[] {
    const changed: string[] = []
    for (const [id, state] of now) if (this.records.get(id) !== state) changed.push(id)
    for (const id of this.records.keys()) if (!now.has(id)) changed.push(id)
    return changed
  }

  /** Removed and merely created containers ask for no sync. */
  private announce(
    changed: readonly string[], now: ReadonlyMap<string, Seen>, pods: ReadonlyMap<string, string>,
  ): void {
    for (const id of changed) {
      const state = now.get(id)
      const podUid = pods.get(id)!
      if (state === 'running' || state === 'exited') {
        this.onEvent({ podUid, id, died: state === 'exited' })
      }
    }
  }
}

function newestFirst<T extends { readonly createdAt: Millis }>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => b.createdAt - a.createdAt)
}
