import type { Client } from '../api/client.ts'
import type { ContainerStatusView, Pod, PodCondition, PodStatus } from '../api/kinds.ts'
import { drawMillis, latencies } from '../latencies.ts'
import type { Clock } from '../time/clock.ts'
import { rfc3339 } from '../time/dates.ts'
import type { Chance } from '../time/random.ts'
import type { Task } from '../time/tasks.ts'
import { Wakeable } from '../time/tasks.ts'
import type { EntryId } from '../trace/entries.ts'
import { anyRegularCreated, kubeletConditions, readyConditions } from './conditions.ts'
import { isSidecar, isTerminalPhase, namespaceOf } from './pod.ts'
import { sameJson } from './same-json.ts'
import { withinMessageLimit } from './message-limit.ts'

interface Held {
  readonly pod: Pod
  readonly status: PodStatus
  readonly version: number
  /** The pod worker has finished: the object may go. */
  readonly finished: boolean
  readonly cause: EntryId | undefined
}

interface Options {
  readonly client: Client
  readonly clock: Clock
  readonly chance: Chance
  /** Whether a pod's containers could still run, so that its phase may not become terminal. */
  readonly couldRun: (podUid: string) => boolean
}

/**
 * Models kubelet/status/status_manager.go: newest status of each pod, written to the API by one
 * strand of work that skips what is outdated meanwhile.
 */
export class StatusManager {
  private readonly held = new Map<string, Held>()
  private readonly written = new Map<string, number>()
  private readonly news = new Wakeable()
  /** Woken when a status was set: probe workers look at it. */
  readonly changed = new Wakeable()

  constructor(private readonly options: Options) {}

  get(podUid: string): PodStatus | undefined {
    return this.held.get(podUid)?.status
  }

  set(pod: Pod, status: PodStatus, cause?: EntryId): void {
    this.store(pod, status, pod.metadata.deletionTimestamp !== undefined, false, cause)
  }

  /** Models SetContainerReadiness: a probe's result reaches the API without a sync. */
  setReadiness(pod: Pod, containerId: string, ready: boolean, cause?: EntryId): void {
    const old = this.held.get(pod.metadata.uid)
    if (!old || statusOf(old.status, containerId)?.ready === ready) return
    const status = withContainer(old.status, containerId, { ready })
    if (!status) return
    const verdicts = readyConditions(pod, status)
    const conditions = (status.conditions ?? []).map((condition) => {
      const verdict = verdicts.find(({ type }) => type === condition.type)
      if (!verdict) return condition
      return { ...stamped(verdict, pod), lastTransitionTime: condition.lastTransitionTime ?? null }
    })
    this.store(pod, { ...status, conditions }, false, false, cause)
  }

  setStarted(pod: Pod, containerId: string, started: boolean, cause?: EntryId): void {
    const old = this.held.get(pod.metadata.uid)
    const status = old && withContainer(old.status, containerId, { started })
    if (status) this.store(pod, status, false, false, cause)
  }

  /** Models TerminatePod: what never ran counts as lost, and the pod has failed. */
  terminate(pod: Pod, cause?: EntryId): void {
    const old = this.held.get(pod.metadata.uid)?.status ?? pod.status
    const init = old.initContainerStatuses
    const regular = old.containerStatuses
    const status: PodStatus = {
      ...old,
      phase: isTerminalPhase(old.phase) ? old.phase : 'Failed',
      ...(init ? { initContainerStatuses: withLost(init, startedInit(init)) } : {}),
      ...(regular && hasInitialized(pod, old)
        ? { containerStatuses: withLost(regular, regular.length) } : {}),
    }
    this.store(pod, status, true, true, cause)
  }

  forget(podUid: string): void {
    this.held.delete(podUid)
    this.written.delete(podUid)
  }

  /** The writer: one request at a time, always with the newest status. */
  *run(): Task {
    for (;;) {
      const uid = this.nextDue()
      if (uid === undefined) {
        yield { on: [this.news] }
        continue
      }
      const version = this.held.get(uid)!.version
      const { chance, clock } = this.options
      const delay = drawMillis(chance, latencies.statusWrite, 'status-write', uid, version)
      yield { until: clock.now() + delay }
      this.write(uid)
    }
  }

  private nextDue(): string | undefined {
    for (const [uid, held] of this.held) {
      if (held.version > (this.written.get(uid) ?? 0)) return uid
    }
    return undefined
  }

  /** Models updateStatusInternal. */
  private store(
    pod: Pod, status: PodStatus, force: boolean, finished: boolean, cause: EntryId | undefined,
  ): void {
    const uid = pod.metadata.uid
    const cached = this.held.get(uid)
    const old = cached?.status ?? pod.status
    const now = rfc3339(this.options.clock.epochMillis())
    const next: PodStatus = {
      ...withinMessageLimit(pod, status),
      startTime: old.startTime ?? now,
      conditions: (status.conditions ?? []).map((condition) => {
        const before = old.conditions?.find(({ type }) => type === condition.type)
        if (!kubeletConditions.has(condition.type)) return condition
        const kept = before?.status === condition.status ? before.lastTransitionTime : undefined
        return { ...condition, lastTransitionTime: kept ?? now }
      }),
    }
    if (cached && sameJson(cached.status, next) && !force) return
    const version = (cached?.version ?? this.written.get(uid) ?? 0) + 1
    this.held.set(uid, { pod, status: next, version, finished, cause })
    this.changed.wake()
    this.news.wake()
  }

  /** Models syncPod: merge with what the API has, patch, and delete the object when all is over. */
  private write(uid: string): void {
    const held = this.held.get(uid)
    if (!held) return
    const { client } = this.options
    const { name } = held.pod.metadata
    const stored = client.get('pods', namespaceOf(held.pod), name)
    this.written.set(uid, held.version)
    if (!stored || stored.metadata.uid !== uid) {
      if (held.finished) this.forget(uid)
      return
    }
    const merged = merge(stored, held.status, this.options.couldRun(uid))
    const result = client.patchStatus('pods', stored, merged, held.cause)
    if (!result.ok) return
    const { deletionTimestamp } = stored.metadata
    if (deletionTimestamp !== undefined && isTerminalPhase(merged.phase) && held.finished) {
      client.delete('pods', stored, { graceSeconds: 0, uid }, result.entry ?? held.cause)
      this.forget(uid)
    }
  }
}

/** Models mergePodStatus. */
function merge(stored: Pod, status: PodStatus, couldRun: boolean): PodStatus {
  const old = stored.status
  const foreign = (old.conditions ?? []).filter(({ type }) => !kubeletConditions.has(type)
    && !status.conditions?.some((own) => own.type === type && !kubeletConditions.has(type)))
  const merged = { ...status, conditions: [...foreign, ...(status.conditions ?? [])] }
  const becomesTerminal = !isTerminalPhase(old.phase) && isTerminalPhase(status.phase)
  if (!becomesTerminal || !couldRun) return merged
  const { reason: _reason, message: _message, ...rest } = merged
  return {
    ...rest, phase: old.phase,
    ...(old.reason === undefined ? {} : { reason: old.reason }),
    ...(old.message === undefined ? {} : { message: old.message }),
  }
}

/** A verdict as the API shows it, about this generation of the pod. */
export function stamped(
  verdict: Pick<PodCondition, 'type' | 'status' | 'reason' | 'message'>, pod: Pod,
): PodCondition {
  return {
    type: verdict.type, observedGeneration: pod.metadata.generation ?? 1,
    status: verdict.status, lastProbeTime: null,
    ...(verdict.reason === undefined ? {} : { reason: verdict.reason }),
    ...(verdict.message === undefined ? {} : { message: verdict.message }),
  }
}

function statusOf(status: PodStatus, containerId: string): ContainerStatusView | undefined {
  return [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])]
    .find((one) => one.containerID === containerId)
}

function withContainer(
  status: PodStatus, containerId: string, change: Partial<ContainerStatusView>,
): PodStatus | undefined {
  if (!statusOf(status, containerId)) return undefined
  const changed = (list: readonly ContainerStatusView[] | undefined) =>
    list?.map((one) => (one.containerID === containerId ? { ...one, ...change } : one))
  const init = changed(status.initContainerStatuses)
  const regular = changed(status.containerStatuses)
  return {
    ...status,
    ...(init ? { initContainerStatuses: init } : {}),
    ...(regular ? { containerStatuses: regular } : {}),
  }
}

/** The first `count` containers that have not ended are given up. */
function withLost(
  statuses: readonly ContainerStatusView[], count: number,
): readonly ContainerStatusView[] {
  return statuses.map((status, i) => (i >= count || status.state.terminated ? status : {
    ...status,
    state: {
      terminated: {
        exitCode: 137, reason: 'ContainerStatusUnknown',
        message: 'The container could not be located when the pod was terminated',
        startedAt: null, finishedAt: null,
      },
    },
  }))
}

/** How many init containers, from the first on, show that they were started; at least one. */
function startedInit(statuses: readonly ContainerStatusView[]): number {
  const last = statuses.findLastIndex(({ state, lastState }) =>
    state.running || state.terminated || lastState.terminated)
  return Math.max(last + 1, 1)
}

function hasInitialized(pod: Pod, status: PodStatus): boolean {
  const last = pod.spec.initContainers?.at(-1)
  if (!last || anyRegularCreated(status.containerStatuses ?? [])) return true
  const found = status.initContainerStatuses?.find(({ name }) => name === last.name)
  if (isSidecar(last)) return found?.started === true
  return found?.state.terminated?.exitCode === 0
}
