import type { Entry } from '../../simulator/trace/entries.ts'
import type {
  ContainerRecord, ControllerRecord, EventRecord, PodRecord, Recording, SliceRecord, StateRecord,
} from './types.ts'

// What a watch on the API saw, read from the trace: the same fields a recording of a real
// cluster keeps.

type ObjectEntry = Extract<Entry, { kind: 'object' }>

interface ContainerStatus {
  name: string; state?: Record<string, StateRecord>; lastState?: Record<string, StateRecord>
  ready: boolean; started?: boolean; restartCount: number
}

interface Observed {
  metadata: { name: string; deletionTimestamp?: string; deletionGracePeriodSeconds?: number }
  spec?: { replicas?: number }
  status?: Record<string, unknown> & {
    phase?: string; reason?: string; message?: string
    conditions?: { type: string; status: string; reason?: string }[]
    containerStatuses?: ContainerStatus[]
    initContainerStatuses?: ContainerStatus[]
    ephemeralContainerStatuses?: ContainerStatus[]
  }
  endpoints?: {
    targetRef?: { name: string }
    conditions?: { ready?: boolean; serving?: boolean; terminating?: boolean }
  }[]
  involvedObject?: { kind: string; name: string; fieldPath?: string }
  type?: string; reason?: string; message?: string; count?: number
  source?: { component?: string }; reportingComponent?: string
  series?: { count: number }
}

export function observe(
  entries: readonly Entry[], namespace: string,
): Pick<Recording, 'pods' | 'events'> & Partial<Recording> {
  const changes = entries.filter((entry): entry is ObjectEntry =>
    // What a cluster begins with is no change.
    entry.kind === 'object' && entry.namespace === namespace && entry.at > 0)
  const of = (resource: string): ObjectEntry[] => changes.filter((c) => c.resource === resource)
  const controllers = (resource: string): ControllerRecord[] => of(resource).map(controllerRecord)
  const optional = {
    endpointslices: of('endpointslices').map(sliceRecord), deployments: controllers('deployments'),
    replicasets: controllers('replicasets'), jobs: controllers('jobs'),
  }
  return {
    pods: podRecords(of('pods')), events: eventRecords(of('events')),
    ...Object.fromEntries(Object.entries(optional).filter(([, list]) => list.length > 0)),
  }
}

const seconds = (entry: Entry): number => Math.round(entry.at) / 1000
const objectOf = (entry: ObjectEntry): Observed => entry.object as Observed

function podRecords(changes: readonly ObjectEntry[]): Record<string, PodRecord[]> {
  const pods: Record<string, PodRecord[]> = {}
  for (const change of changes) (pods[change.name] ??= []).push(podRecord(change))
  return pods
}

function podRecord(change: ObjectEntry): PodRecord {
  const pod = objectOf(change)
  const status = pod.status ?? {}
  const conditions = (status.conditions ?? []).map(({ type, status: value }) => [type, value])
  const lists = { init: status.initContainerStatuses, ephemeral: status.ephemeralContainerStatuses }
  return {
    t: seconds(change), type: change.change, phase: status.phase ?? '',
    ...(status.reason ? { reason: status.reason } : {}),
    ...(status.message ? { message: status.message } : {}),
    ...(pod.metadata.deletionTimestamp === undefined
      ? {} : { deletion: pod.metadata.deletionGracePeriodSeconds ?? 0 }),
    conditions: Object.fromEntries(conditions) as Record<string, string>,
    ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list?.length)
      .map(([key, list]) => [key, containerRecords(list)])),
    containers: containerRecords(status.containerStatuses),
  }
}

function containerRecords(statuses: ContainerStatus[] = []): Record<string, ContainerRecord> {
  return Object.fromEntries(statuses.map((status) => [status.name, {
    state: withoutIds(status.state), ready: status.ready,
    ...(status.started === undefined ? {} : { started: status.started }),
    restarts: status.restartCount,
    ...(Object.keys(status.lastState ?? {}).length ? { last: withoutIds(status.lastState) } : {}),
  }]))
}

function withoutIds(state: Record<string, StateRecord> = {}): Record<string, StateRecord> {
  return Object.fromEntries(Object.entries(state).map(([kind, detail]) => [
    kind, Object.fromEntries(Object.entries(detail).filter(([key]) => key !== 'containerID')),
  ]))
}

function eventRecords(changes: readonly ObjectEntry[]): EventRecord[] {
  const records = new Map<string, EventRecord>()
  for (const change of changes) {
    const event = objectOf(change)
    if (change.change === 'DELETED' || !event.involvedObject) continue
    const first = records.get(event.metadata.name)?.t ?? seconds(change)
    const { kind, name, fieldPath } = event.involvedObject
    records.set(event.metadata.name, {
      t: first, last: seconds(change), kind, name, ...(fieldPath ? { field: fieldPath } : {}),
      type: event.type ?? '', reason: event.reason ?? '', message: event.message ?? '',
      count: event.series?.count ?? event.count ?? 1,
      from: event.source?.component || event.reportingComponent || '',
    })
  }
  return [...records.values()]
}

function sliceRecord(change: ObjectEntry): SliceRecord {
  const endpoints = (objectOf(change).endpoints ?? []).map(({ targetRef, conditions }) => ({
    ...(targetRef ? { pod: targetRef.name } : {}), ready: conditions?.ready ?? false,
    serving: conditions?.serving ?? false, terminating: conditions?.terminating ?? false,
  }))
  return { t: seconds(change), type: change.change, name: change.name, endpoints }
}

function controllerRecord(change: ObjectEntry): ControllerRecord {
  const object = objectOf(change)
  const conditions = (object.status?.conditions ?? [])
    .map(({ type, status, reason }) => `${type}=${status} ${reason ?? ''}`.trim())
  return {
    t: seconds(change), type: change.change, name: change.name,
    ...(object.spec?.replicas === undefined ? {} : { replicas: object.spec.replicas }),
    status: { ...object.status, conditions },
  }
}
