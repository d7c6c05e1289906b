import type { EntryId } from '../trace/entries.ts'
import { isEvent, isPod } from './kinds.ts'
import type { EventObject, Pod } from './kinds.ts'
import { podSummary } from './printing/pod.ts'
import type { Server } from './server.ts'
import { nameKey } from './server.ts'
import type { Change, Planned } from './store.ts'
import type { ApiObject } from './types.ts'

/** Commits planned changes and writes to the trace what each of them means. */
export function commit(
  server: Server, changes: readonly Planned[], cause: EntryId | undefined,
): EntryId | undefined {
  let last: EntryId | undefined
  for (const planned of changes) {
    if (planned.type === 'ADDED') {
      server.names.used(nameKey(planned.resource, planned.object))
    }
    const change = server.store.commit(planned, (object) => {
      return traceObject(server, planned, object, cause)
    })
    last = change.entry
    if (isPod(change.object)) tracePodStatus(server, change, change.object)
    if (isEvent(change.object) && change.type !== 'DELETED') {
      traceEvent(server, change.object, change.entry)
    }
  }
  return last
}

function traceObject(
  server: Server, planned: Planned, object: ApiObject, cause: EntryId | undefined,
): EntryId {
  const { namespace = '', name, uid } = object.metadata
  return server.trace.write({
    kind: 'object', change: planned.type, resource: planned.resource, namespace, name, uid, object,
  }, cause)
}

/** Written when the STATUS, READY or RESTARTS column of `kubectl get pod` changes. */
function tracePodStatus(server: Server, change: Change, pod: Pod): void {
  const { namespace = '', name, uid } = pod.metadata
  const before = change.previous && isPod(change.previous) ? shown(change.previous) : undefined
  const after = change.type === 'DELETED'
    ? { status: '', ready: '', restarts: 0 } : shown(pod)
  const same = before && before.status === after.status && before.ready === after.ready
    && before.restarts === after.restarts
  if (same) return
  server.trace.write(
    { kind: 'pod-status', namespace, pod: name, podUid: uid, ...after }, change.entry)
}

function shown(pod: Pod): { status: string; ready: string; restarts: number } {
  const { status, ready, total, restarts } = podSummary(pod)
  return { status, ready: `${ready}/${total}`, restarts }
}

function traceEvent(server: Server, event: EventObject, cause: EntryId | undefined): void {
  const { involvedObject, source } = event
  server.trace.write({
    kind: 'event', type: event.type === 'Warning' ? 'Warning' : 'Normal',
    reason: event.reason ?? '', message: event.message ?? '',
    objectKind: involvedObject.kind ?? '',
    namespace: involvedObject.namespace ?? event.metadata.namespace ?? '',
    name: involvedObject.name ?? '',
    ...(involvedObject.fieldPath ? { field: involvedObject.fieldPath } : {}),
    count: event.series?.count ?? (event.count || 1),
    from: source?.component ?? event.reportingComponent,
  }, cause)
}
