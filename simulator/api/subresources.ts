import { deleteOptions, remove } from './deletion.ts'
import { infoOf } from './discovery.ts'
import { objectOf, textOf, without } from './json.ts'
import { mergePatch } from './patch/json-patch.ts'
import type { Pod } from './kinds.ts'
import { nowText, outcome } from './server.ts'
import type { Outcome, Server } from './server.ts'
import { conflict, invalid, notFound, notSimulated, required } from './status.ts'
import type { Route } from './routes.ts'
import type { Planned } from './store.ts'
import type { ApiObject, ApiRequest } from './types.ts'
import { stored } from './updates.ts'

/**
 * Models pods/binding: the node's name and the condition PodScheduled in one write, which is no
 * change of the spec as the generation counts it.
 */
export function bind(server: Server, at: Route, request: ApiRequest): Outcome {
  const { name = '' } = at
  const pod = server.store.get('pods', at.namespace, name)
  if (!pod) throw notFound(at.info, name)
  const target = textOf(objectOf(objectOf(request.body)['target'])['name'])
  if (target === '') throw invalid('Binding', '', name, [required('target.name')])
  const uid = textOf(objectOf(objectOf(request.body)['metadata'])['uid'])
  if (uid !== '' && uid !== pod.metadata.uid) {
    throw conflict(at.info, name, `Precondition failed: UID in precondition: ${uid}, UID in `
      + `object meta: ${pod.metadata.uid}`)
  }
  const binding = infoOf('bindings')
  if (pod.metadata.deletionTimestamp) {
    throw conflict({ ...binding, name: 'pods/binding' }, name,
      `pod ${name} is being deleted, cannot be assigned to a host`)
  }
  if (pod.spec.nodeName) {
    throw conflict({ ...binding, name: 'pods/binding' }, name,
      `pod ${name} is already assigned to node ${JSON.stringify(pod.spec.nodeName)}`)
  }
  const bound: Pod = {
    ...pod, spec: { ...pod.spec, nodeName: target }, status: scheduled(pod, nowText(server)),
  }
  const change: Planned = { type: 'MODIFIED', resource: 'pods', object: bound }
  const body = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }
  return outcome(body, [change], { code: 201 })
}

function scheduled(pod: Pod, at: string): Pod['status'] {
  const others = (pod.status.conditions ?? []).filter((one) => one.type !== 'PodScheduled')
  const condition = {
    type: 'PodScheduled', status: 'True' as const, lastProbeTime: null, lastTransitionTime: at,
  }
  return { ...pod.status, conditions: [...others, condition] }
}

/** Models pods/eviction without budgets, of which there are none here. */
export function evict(server: Server, at: Route, request: ApiRequest): Outcome {
  const { name = '' } = at
  const pod = server.store.get('pods', at.namespace, name)
  if (!pod) throw notFound(at.info, name)
  const options = deleteOptions({
    ...request, body: objectOf(objectOf(request.body)['deleteOptions']),
  })
  const condition = {
    type: 'DisruptionTarget', status: 'True' as const, reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting', lastProbeTime: null, lastTransitionTime: nowText(server),
  }
  const conditions = [...pod.status.conditions ?? [], condition]
  const marked: Pod = { ...pod, status: { ...pod.status, conditions } }
  const first: Planned = { type: 'MODIFIED', resource: 'pods', object: marked }
  const rest = remove(server, at, options).changes.map((change) => ({
    ...change, object: { ...change.object, status: marked.status },
  }))
  const body = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }
  return outcome(body, [first, ...rest], { code: 201 })
}

/** deployments/scale and its like: the Scale object stands for spec.replicas. */
export function scale(server: Server, at: Route, request: ApiRequest): Outcome {
  const { info, name = '' } = at
  const object = server.store.get(info.name, at.namespace, name)
  if (!object) throw notFound(info, name)
  if (request.method === 'GET') return outcome(scaleOf(object))
  const sent = request.method === 'PATCH'
    ? mergePatch(scaleOf(object), request.body) : request.body
  const replicas = Number(objectOf(objectOf(sent)['spec'])['replicas'] ?? 0)
  const spec = { ...objectOf(object['spec']), replicas }
  const { generation = 1 } = object.metadata
  const grown = replicas === objectOf(object['spec'])['replicas'] ? generation : generation + 1
  const next = { ...object, spec, metadata: { ...object.metadata, generation: grown } }
  const result = stored(server, at, object, next)
  return { ...result, body: scaleOf(server.store.stamped(next, result.changes.length)) }
}

function scaleOf(object: ApiObject): object {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata
  const status = objectOf(object['status'])
  return {
    kind: 'Scale', apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: objectOf(object['spec'])['replicas'] ?? 0 },
    status: { replicas: status['replicas'] ?? 0 },
  }
}

/** PUT namespaces/finalize: with the last finalizer gone from its spec, a namespace ends. */
export function finalize(server: Server, at: Route, request: ApiRequest): Outcome {
  const { name = '' } = at
  const old = server.store.get('namespaces', undefined, name)
  if (!old) throw notFound(at.info, name)
  const finalizers = objectOf(objectOf(request.body)['spec'])['finalizers']
  const empty = !Array.isArray(finalizers) || finalizers.length === 0
  const next = { ...old, spec: empty ? {} : without({ finalizers }) }
  if (!empty || !old.metadata.deletionTimestamp) return stored(server, at, old, next)
  return outcome(server.store.stamped(next, 2), [
    { type: 'MODIFIED', resource: 'namespaces', object: next },
    { type: 'DELETED', resource: 'namespaces', object: next },
  ])
}

/** Subresources with a name but without a model. */
export function refuseSubresource(at: Route): never {
  throw notSimulated({ ...at.info, name: `${at.info.name}/${at.subresource}` })
}
