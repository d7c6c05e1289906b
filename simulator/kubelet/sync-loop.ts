import type { Client, TypedEvent } from '../api/client.ts'
import type { Pod } from '../api/kinds.ts'
import type { Runtime } from '../runtime/types.ts'
import type { Clock, Millis, Timer } from '../time/clock.ts'
import type { Chance } from '../time/random.ts'
import type { Task } from '../time/tasks.ts'
import type { EntryId } from '../trace/entries.ts'
import { node } from './node.ts'
import type { ProbeKind } from './pod.ts'
import { allContainers } from './pod.ts'
import type { PodWorkers } from './pod-workers.ts'
import type { ProbeUpdate } from './probe-results.ts'
import type { PodEvent } from './relist.ts'
import type { Rooms } from './rooms.ts'
import { sameJson } from './same-json.ts'
import type { SyncResult } from './sync-pod.ts'

/** The sync loop looks at its queue of retries this often. */
const tickMillis = 1000
const retryMillis = 10_000
/** A pod whose sync went well is looked at again after this (SyncFrequency). */
const resyncMillis = 60_000
const retryJitter = 0.5

interface Options {
  readonly clock: Clock
  readonly chance: Chance
  readonly runtime: Runtime
  readonly client: Client
}

/**
 * Models kubelet/kubelet.go syncLoopIteration: whatever happens to a pod becomes a request to its
 * worker. The real loop also ticks; here a tick is only planned for what is due at it.
 */
export class SyncLoop {
  /** Pods of this node as the API last showed them; models the pod manager. */
  readonly pods = new Map<string, Pod>()
  private readonly retries = new Map<string, Timer>()
  private readonly deadlines = new Set<string>()
  private readonly attempts = new Map<string, number>()
  private readonly phase: Millis
  private rooms: Rooms | undefined
  private workers: PodWorkers | undefined

  constructor(private readonly options: Options) {
    this.phase = Math.floor(options.chance.draw('sync-tick', 'node') * tickMillis)
  }

  begin(rooms: Rooms, workers: PodWorkers): void {
    this.rooms = rooms
    this.workers = workers
  }

  *watchPods(): Task {
    const watch = this.options.client.watch('pods')
    for (;;) {
      const event = watch.next()
      if (event) this.onPodChange(event)
      else yield { on: [watch.arrived] }
    }
  }

  /** Models config.go: only what was asked of the pod is news, not its status. */
  private onPodChange({ type, object, entry }: TypedEvent<Pod>): void {
    const { uid } = object.metadata
    const known = this.pods.get(uid)
    if (type === 'DELETED') {
      if (known) this.onRemoved(object, entry)
      return
    }
    if (object.spec.nodeName !== node.name) return
    this.pods.set(uid, object)
    if (!known || asked(known, object)) this.request(uid, entry)
  }

  private onRemoved(pod: Pod, cause: EntryId | undefined): void {
    const { uid } = pod.metadata
    this.pods.delete(uid)
    if (this.workers?.isFinished(uid)) this.clean(uid)
    else this.workers?.update({ pod, kind: 'kill', cause })
  }

  onPodEvent({ podUid, id, died }: PodEvent): void {
    const cause = this.options.runtime.container(id)?.entry
    if (this.pods.has(podUid)) this.request(podUid, cause)
    if (died) this.removeOlderDead(podUid, id)
  }

  onProbe(kind: ProbeKind, { podUid, containerId, result, cause }: ProbeUpdate): void {
    const pod = this.pods.get(podUid)
    if (!pod || !this.rooms) return
    if (kind === 'liveness' && result !== 'failure') return
    if (kind === 'readiness') {
      this.rooms.status.setReadiness(pod, containerId, result === 'success', cause)
    }
    if (kind === 'startup') {
      this.rooms.status.setStarted(pod, containerId, result === 'success', cause)
    }
    this.request(podUid, cause)
  }

  /** Models completeWork: after an error the pod is looked at again, whatever happens. */
  onSynced(uid: string, result: SyncResult): void {
    const planned = this.retries.get(uid)
    if (planned) this.options.clock.cancel(planned)
    this.retries.delete(uid)
    this.planDeadline(uid)
    if (result === 'error') this.lookAgain(uid, 'sync-retry', retryMillis)
    else if (result === 'done' && this.awaitsReadiness(uid)) {
      this.lookAgain(uid, 'sync-again', resyncMillis)
    }
  }

  private lookAgain(uid: string, purpose: string, afterMillis: Millis): void {
    const { clock, chance } = this.options
    const counter = `${purpose}/${uid}`
    const attempt = (this.attempts.get(counter) ?? 0) + 1
    this.attempts.set(counter, attempt)
    const jitter = chance.between(1, 1 + retryJitter, purpose, uid, attempt)
    this.retries.set(uid, clock.at(this.tickAfter(clock.now() + afterMillis * jitter), () => {
      this.retries.delete(uid)
      this.request(uid, undefined)
    }))
  }

  /**
   * The regular look at a pod with which all went well shows in one thing only: it asks the
   * readiness probes of unready containers at once. For other pods it is left out.
   */
  private awaitsReadiness(uid: string): boolean {
    const pod = this.pods.get(uid)
    const status = this.rooms?.status.get(uid)
    if (!pod || !status || !this.workers?.couldRun(uid)) return false
    const statuses = [...status.initContainerStatuses ?? [], ...status.containerStatuses ?? []]
    return [...allContainers(pod)].some(({ container }) => container.readinessProbe !== undefined
      && statuses.some(({ name, ready }) => name === container.name && !ready))
  }

  onFinished(uid: string): void {
    if (!this.pods.has(uid)) this.clean(uid)
  }

  private request(uid: string, cause: EntryId | undefined): void {
    const pod = this.pods.get(uid)
    if (pod) this.workers?.update({ pod, kind: 'sync', cause })
  }

  /** Models the active deadline handler's ShouldSync, asked at each tick. */
  private planDeadline(uid: string): void {
    const pod = this.pods.get(uid)
    const status = this.rooms?.status.get(uid)
    if (!pod || !status || !this.rooms || this.deadlines.has(uid)) return
    const due = this.rooms.deadline.due(pod, status)
    if (due === undefined) return
    this.deadlines.add(uid)
    this.options.clock.at(this.tickAfter(due), () => this.request(uid, undefined))
  }

  private tickAfter(time: Millis): Millis {
    return this.phase + Math.ceil((time - this.phase) / tickMillis) * tickMillis
  }

  /** Models podContainerDeletor: of each name one dead container is kept. */
  private removeOlderDead(podUid: string, diedId: string): void {
    const name = this.options.runtime.container(diedId)?.name
    const dead = this.rooms?.relist.cached(podUid).containers
      .filter((container) => container.name === name && container.state === 'exited') ?? []
    for (const old of dead.slice(1)) this.options.runtime.removeContainer(old.id)
  }

  /** Nothing of a deleted pod stays on the node. */
  private clean(uid: string): void {
    const { rooms } = this
    if (!rooms) return
    const { sandboxes, containers } = rooms.relist.current(uid)
    for (const { id } of containers) {
      rooms.runtime.removeContainer(id)
      rooms.startedImages.delete(id)
    }
    for (const { id } of sandboxes) rooms.runtime.removeSandbox(id)
    rooms.probes.removePod(uid)
    rooms.relist.forget(uid)
    rooms.status.forget(uid)
    rooms.mounted.delete(uid)
    rooms.events.forget(uid)
    const retry = this.retries.get(uid)
    if (retry) this.options.clock.cancel(retry)
    this.retries.delete(uid)
    this.workers?.forget(uid)
    for (const purpose of ['sync-retry', 'sync-again']) this.attempts.delete(`${purpose}/${uid}`)
    this.deadlines.delete(uid)
  }
}

/** Whether a change of the object is more than a change of its status. */
function asked(before: Pod, after: Pod): boolean {
  const part = ({ spec, metadata }: Pod): unknown => ({
    spec, labels: metadata.labels, annotations: metadata.annotations,
    deletion: metadata.deletionTimestamp, grace: metadata.deletionGracePeriodSeconds,
  })
  return !sameJson(part(before), part(after))
}
