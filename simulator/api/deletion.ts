import { strategyOf } from './creation.ts'
import { isObject, objectOf, textOf } from './json.ts'
import type { JsonObject } from './json.ts'
import { isPod } from './kinds.ts'
import type { Pod } from './kinds.ts'
import { parseRfc3339, rfc3339 } from '../time/dates.ts'
import type { Route } from './routes.ts'
import { outcome } from './server.ts'
import type { Outcome, Server } from './server.ts'
import { badRequest, conflict, forbidden, notFound } from './status.ts'
import type { Planned } from './store.ts'
import type { ApiObject, ApiRequest } from './types.ts'

/** What DeleteOptions can say, in the body or the query. */
export interface DeleteOptions {
  readonly graceSeconds: number | undefined
  readonly uid: string | undefined
  readonly resourceVersion: string | undefined
  readonly propagation: string | undefined
}

export function deleteOptions(request: ApiRequest): DeleteOptions {
  const body: JsonObject = isObject(request.body) ? request.body : {}
  const asked = body['gracePeriodSeconds'] ?? request.query?.['gracePeriodSeconds']
  const preconditions = objectOf(body['preconditions'])
  return {
    graceSeconds: asked === undefined || asked === null ? undefined : seconds(asked),
    uid: textOf(preconditions['uid']) || undefined,
    resourceVersion: textOf(preconditions['resourceVersion']) || undefined,
    propagation: textOf(body['propagationPolicy']) || request.query?.['propagationPolicy'],
  }
}

function seconds(asked: unknown): number {
  const value = Number(asked)
  if (Number.isSafeInteger(value)) return value
  throw badRequest('json: cannot unmarshal string into Go struct field '
    + 'DeleteOptions.gracePeriodSeconds of type int64')
}

/** DELETE of an object. */
export function remove(server: Server, at: Route, options: DeleteOptions): Outcome {
  const { info, name = '' } = at
  strategyOf(info)
  const object = server.store.get(info.name, at.namespace, name)
  if (!object) throw notFound(info, name)
  checkPreconditions(at, object, options)
  if (isPod(object)) return outcome(...removePod(server, object, options))
  if (info.name === 'namespaces') return removeNamespace(server, at, object)
  const finalizers = object.metadata.finalizers ?? []
  if (finalizers.length > 0) {
    if (object.metadata.deletionTimestamp) return outcome(object)
    const terminating = marked(object, 0, rfc3339(server.clock.epochMillis()), 1)
    return outcome(server.store.stamped(terminating),
      [{ type: 'MODIFIED', resource: info.name, object: terminating }])
  }
  return outcome(gone(at, object), [{ type: 'DELETED', resource: info.name, object }])
}

/** The Status with which most kinds answer. */
function gone(at: Route, object: ApiObject): object {
  const { group, name: kind } = at.info
  return {
    kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success',
    details: {
      name: object.metadata.name, ...(group === '' ? {} : { group }), kind,
      uid: object.metadata.uid,
    },
  }
}

function checkPreconditions(at: Route, object: ApiObject, options: DeleteOptions): void {
  const { uid, resourceVersion } = object.metadata
  // rest.BeforeDelete names the kind where everybody else names the resource.
  const kind = { ...at.info, name: at.info.kind }
  if (options.uid !== undefined && options.uid !== uid) {
    throw conflict(kind, object.metadata.name,
      `the UID in the precondition (${options.uid}) does not match the UID in record (${uid}). `
      + 'The object might have been deleted and then recreated')
  }
  if (options.resourceVersion !== undefined && options.resourceVersion !== resourceVersion) {
    throw conflict(kind, object.metadata.name, 'the ResourceVersion in the precondition '
      + `(${options.resourceVersion}) does not match the ResourceVersion in record `
      + `(${resourceVersion}). The object might have been modified`)
  }
}

type Answered = [body: unknown, changes: readonly Planned[]]

/**
 * Models core/pod strategy CheckGracefulDelete and rest.BeforeDelete: the first delete starts the
 * grace period, later ones may only shorten it, and none is left for a pod that runs nowhere.
 */
function removePod(server: Server, pod: Pod, options: DeleteOptions): Answered {
  const now = server.clock.epochMillis()
  const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = pod.metadata
  if (deletionTimestamp === undefined) {
    const period = gracePeriod(pod, options)
    const asked = { ...pod, metadata: withDependentsFinalizer(pod.metadata, options) }
    const terminating = marked(asked, period, rfc3339(now + period * 1000), 1)
    return period > 0 ? modified(server, terminating) : removed(server, terminating)
  }
  if (deletionGracePeriodSeconds === 0) return removed(server, pod, false)
  const asked = options.graceSeconds ?? deletionGracePeriodSeconds
  const period = asked < 0 ? 1 : asked
  if (period >= deletionGracePeriodSeconds) return [pod, []]
  if (period === 0) return removed(server, marked(pod, 0, rfc3339(now), 0))
  const start = (parseRfc3339(deletionTimestamp) ?? now) - deletionGracePeriodSeconds * 1000
  const due = start + period * 1000
  // Never into the past: then it is now, and a second is left.
  const shortened = due < now
    ? marked(pod, 1, rfc3339(now), 0) : marked(pod, period, rfc3339(due), 0)
  return modified(server, shortened)
}

/** Models registry/store.go deletionFinalizersForGarbageCollection. */
function withDependentsFinalizer(
  metadata: Pod['metadata'], { propagation }: DeleteOptions,
): Pod['metadata'] {
  const wanted = { Foreground: 'foregroundDeletion', Orphan: 'orphan' }[propagation ?? '']
  const { finalizers = [] } = metadata
  if (wanted === undefined || finalizers.includes(wanted)) return metadata
  return { ...metadata, finalizers: [...finalizers, wanted] }
}

function gracePeriod(pod: Pod, options: DeleteOptions): number {
  const asked = options.graceSeconds ?? pod.spec.terminationGracePeriodSeconds
  const finished = pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed'
  if (!pod.spec.nodeName || finished) return 0
  return asked < 0 ? 1 : asked
}

/** Without finalizers: one change that says so, then the end. */
function removed(server: Server, pod: Pod, changed = true): Answered {
  const changes: Planned[] = changed
    ? [{ type: 'MODIFIED', resource: 'pods', object: pod }] : []
  const held = (pod.metadata.finalizers ?? []).length > 0
  if (!held) changes.push({ type: 'DELETED', resource: 'pods', object: pod })
  return [server.store.stamped(pod, changes.length), changes]
}

function modified(server: Server, pod: Pod): Answered {
  return [server.store.stamped(pod), [{ type: 'MODIFIED', resource: 'pods', object: pod }]]
}

function marked<T extends ApiObject>(
  object: T, graceSeconds: number, deletionTimestamp: string, generations: number,
): T {
  const { generation } = object.metadata
  return {
    ...object,
    metadata: {
      ...object.metadata, deletionGracePeriodSeconds: graceSeconds, deletionTimestamp,
      ...(generation === undefined ? {} : { generation: generation + generations }),
    },
  }
}

const IMMORTAL = ['default', 'kube-system', 'kube-public']

/** A namespace ends when its controller has emptied it and taken the finalizer off its spec. */
function removeNamespace(server: Server, at: Route, object: ApiObject): Outcome {
  if (IMMORTAL.includes(object.metadata.name)) {
    throw forbidden(at.info, object.metadata.name, 'this namespace may not be deleted')
  }
  const terminating = {
    ...object, status: { ...objectOf(object['status']), phase: 'Terminating' },
    metadata: {
      ...object.metadata,
      deletionTimestamp: object.metadata.deletionTimestamp
        ?? rfc3339(server.clock.epochMillis()),
    },
  }
  const finalizers = objectOf(object['spec'])['finalizers']
  if (Array.isArray(finalizers) && finalizers.length > 0) {
    if (object.metadata.deletionTimestamp) return outcome(object)
    return outcome(server.store.stamped(terminating),
      [{ type: 'MODIFIED', resource: 'namespaces', object: terminating }])
  }
  return outcome(gone(at, object), [{ type: 'DELETED', resource: 'namespaces', object }])
}

/** DELETE of a collection: one after the other. */
export function removeAll(
  server: Server, at: Route, objects: readonly ApiObject[], options: DeleteOptions,
): Outcome {
  const changes = objects.flatMap((object) => {
    const one = { ...at, name: object.metadata.name, namespace: object.metadata.namespace }
    return remove(server, one, options).changes
  })
  return outcome({
    kind: `${at.info.kind}List`, apiVersion: 'v1',
    metadata: { resourceVersion: String(server.store.version + changes.length) }, items: objects,
  }, changes)
}
