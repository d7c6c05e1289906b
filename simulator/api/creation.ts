import { admitPod, admitServiceAccount } from './defaults/admission.ts'
import { decodeObject, fieldValidation } from './decoding.ts'
import { infoOf } from './discovery.ts'
import type { ResourceInfo } from './discovery.ts'
import { limits } from '../limits.ts'
import { isPod, isService } from './kinds.ts'
import { namespaceContents } from './namespace-contents.ts'
import { strategies } from './registry/registry.ts'
import type { Strategy } from './registry/strategy.ts'
import type { Route } from './routes.ts'
import { nameKey, nowText, outcome } from './server.ts'
import type { Outcome, Server } from './server.ts'
import { alreadyExists, badRequest, forbidden, invalid, notFound, notSimulated } from './status.ts'
import type { Planned } from './store.ts'
import type { ApiObject, ApiRequest, ObjectMeta } from './types.ts'

/** POST to a collection: decode, default, admit, validate, store. */
export function create(server: Server, at: Route, request: ApiRequest): Outcome {
  const { info } = at
  const rules = strategyOf(info)
  const decoded = decodeObject(
    request.body, info, rules.type, fieldValidation(request.query ?? {}))
  const namespace = namespaceFor(decoded.object, at)
  if (namespace !== undefined) checkNamespace(server, info, decoded.object, namespace)
  const object = prepared(server, info, rules, decoded.object, namespace)
  const errors = rules.validate(object)
  if (errors.length > 0) throw invalid(info.kind, info.group, object.metadata.name ?? '', errors)
  const existing = server.store.get(info.name, namespace, object.metadata.name)
  if (existing) {
    const deleting = existing.metadata.deletionTimestamp !== undefined
    throw alreadyExists(info, object.metadata.name, deleting)
  }
  if (server.store.count >= limits.apiObjects) {
    throw forbidden(info, object.metadata.name,
      `a cluster in Grace holds at most ${limits.apiObjects} objects`)
  }
  const changes: Planned[] = [{ type: 'ADDED', resource: info.name, object }]
  if (info.name === 'namespaces') changes.push(...namespaceContents(server, object.metadata.name))
  return outcome(server.store.stamped(object), changes, {
    code: 201, warnings: [...decoded.warnings, ...rules.warnings(object)],
    name: object.metadata.name, ...(namespace === undefined ? {} : { namespace }),
  })
}

export function strategyOf(info: ResourceInfo): Strategy {
  const rules = strategies[info.name]
  if (!info.simulated || !rules) throw notSimulated(info)
  return rules
}

function namespaceFor(object: ApiObject, at: Route): string | undefined {
  if (!at.info.namespaced) return undefined
  const given = object.metadata.namespace
  if (given && at.namespace && given !== at.namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on '
      + 'the request')
  }
  return at.namespace ?? given ?? 'default'
}

/** Models the admission plugin NamespaceLifecycle. */
function checkNamespace(
  server: Server, info: ResourceInfo, object: ApiObject, namespace: string,
): void {
  const found = server.store.get('namespaces', undefined, namespace)
  if (!found) throw notFound(infoOf('namespaces'), namespace)
  if (found.status.phase !== 'Terminating') return
  throw forbidden(info, object.metadata.name ?? '', 'unable to create new content in namespace '
    + `${namespace} because it is being terminated`)
}

function prepared(
  server: Server, info: ResourceInfo, rules: Strategy, object: ApiObject,
  namespace: string | undefined,
): ApiObject {
  const placed = withMetadata(server, info, object, namespace)
  const admitted = admit(server, info, rules.defaults(placed))
  const ready = rules.prepareCreate(admitted)
  const generation = rules.hasGeneration ? { generation: 1 } : {}
  return { ...ready, metadata: { ...ready.metadata, ...generation } }
}

/** Models rest.FillObjectMetaSystemFields and the naming of rest.BeforeCreate. */
function withMetadata(
  server: Server, info: ResourceInfo, object: ApiObject, namespace: string | undefined,
): ApiObject {
  const given = object.metadata
  const placed = { ...object, metadata: { ...given, ...(namespace ? { namespace } : {}) } }
  const key = nameKey(info.name, placed)
  const generated = given.generateName
    ? `${given.generateName.slice(0, 58)}${server.names.suffix('name', key)}` : ''
  const metadata: ObjectMeta = {
    ...(given.annotations ? { annotations: given.annotations } : {}),
    creationTimestamp: nowText(server),
    ...(given.finalizers ? { finalizers: given.finalizers } : {}),
    ...(given.generateName ? { generateName: given.generateName } : {}),
    ...(given.labels ? { labels: given.labels } : {}),
    name: given.name || generated,
    ...(namespace === undefined ? {} : { namespace }),
    ...(given.ownerReferences ? { ownerReferences: given.ownerReferences } : {}),
    resourceVersion: '', uid: server.names.uid(key),
  }
  return { ...object, metadata }
}

/** Mutating admission that a stock cluster has. */
function admit(server: Server, info: ResourceInfo, object: ApiObject): ApiObject {
  if (!isPod(object)) return service(server, object)
  const pod = object
  const name = pod.spec.serviceAccountName ?? 'default'
  const namespace = pod.metadata.namespace ?? 'default'
  const account = server.store.get('serviceaccounts', namespace, name)
  if (!account) {
    throw forbidden(info, pod.metadata.name, 'error looking up service account '
      + `${namespace}/${name}: serviceaccount "${name}" not found`)
  }
  const suffix = server.names.suffix('volume', nameKey('pods', pod))
  return admitPod(admitServiceAccount(pod, account, suffix))
}

/** Models the service registry: a cluster address from 10.96.0.0/16. */
function service(server: Server, object: ApiObject): ApiObject {
  if (!isService(object) || object.spec.type === 'ExternalName') return object
  const { uid } = object.metadata
  const draw = (part: string): number => Math.floor(server.chance.between(1, 255, part, uid))
  const drawn = `10.96.${draw('service-net')}.${draw('service-host')}`
  const clusterIP = object.spec.clusterIP ?? drawn
  const spec = {
    ...object.spec, clusterIP, clusterIPs: [clusterIP], ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
  }
  return { ...object, spec }
}
