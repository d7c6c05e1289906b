import { admitPod } from './defaults/admission.ts'
import { strategyOf } from './creation.ts'
import { decodeObject, fieldValidation } from './decoding.ts'
import { equalJson, isObject, objectOf, textOf, without } from './json.ts'
import { isPod, isService } from './kinds.ts'
import { jsonPatch, mergePatch } from './patch/json-patch.ts'
import { patchRefusal } from './patch/patch-refusal.ts'
import { strategicMerge } from './patch/strategic-merge.ts'
import type { Strategy } from './registry/strategy.ts'
import { dropDisabledFields } from './registry/pods.ts'
import type { Route } from './routes.ts'
import { outcome } from './server.ts'
import type { Outcome, Server } from './server.ts'
import {
  MODIFIED_MEANWHILE, Refusal, badRequest, conflict, invalid, notFound,
} from './status.ts'
import type { Planned } from './store.ts'
import type { ApiObject, ApiRequest, ObjectMeta } from './types.ts'

/** PUT and PATCH of an object or of its status. */
export function update(server: Server, at: Route, request: ApiRequest): Outcome {
  const { info, name = '' } = at
  const rules = strategyOf(info)
  const old = server.store.get(info.name, at.namespace, name)
  if (!old) throw notFound(info, name)
  const body = request.method === 'PATCH' ? patched(old, rules, request) : request.body
  const decoded = decodeObject(
    at.subresource === 'status' ? withoutKnownSpec(body, old) : body, info, rules.type,
    fieldValidation(request.query ?? {}), patchRefusal(request, body))
  checkIdentity(decoded.object, old, at)
  const next = at.subresource === 'status'
    ? withStatus(old, decoded.object)
    : withSpec(rules, old, decoded.object)
  const errors = at.subresource === 'status'
    ? rules.validateStatusUpdate(next, old) : rules.validateUpdate(next, old)
  if (errors.length > 0) throw invalid(info.kind, info.group, name, errors)
  const warnings = [
    ...decoded.warnings, ...(at.subresource === 'status' ? [] : rules.warnings(next)),
  ]
  return stored(server, at, old, next, warnings)
}

/**
 * An update that changes nothing is not written, nor one that takes the last finalizer away: that
 * removes the object as it stands. Models registry/store.go ShouldDeleteDuringUpdate.
 */
export function stored(
  server: Server, at: Route, old: ApiObject, next: ApiObject, warnings: readonly string[] = [],
): Outcome {
  if (equalJson(next, old)) return outcome(old, [], { warnings })
  const finished = next.metadata.deletionTimestamp !== undefined
    && (next.metadata.finalizers ?? []).length === 0
    && (next.metadata.deletionGracePeriodSeconds ?? 0) === 0
    && (old.metadata.finalizers ?? []).length > 0
  const planned: Planned = finished
    ? { type: 'DELETED', resource: at.info.name, object: old }
    : { type: 'MODIFIED', resource: at.info.name, object: next }
  return outcome(finished ? next : server.store.stamped(next), [planned], { warnings })
}

function patched(old: ApiObject, rules: Strategy, request: ApiRequest): unknown {
  const current = without(old)
  switch (request.contentType) {
    case 'strategic-merge-patch': return strategicMerge(current, request.body, rules.type)
    case 'merge-patch': return mergePatch(current, request.body)
    case 'json-patch': return jsonPatch(current, request.body)
    case 'apply-patch':
      throw new Refusal(501, 'NotImplemented', 'server-side apply is not simulated in Grace')
    default: throw new Refusal(415, 'UnsupportedMediaType',
      'the body of the request was in an unknown format - accepted media types include: '
      + 'application/json-patch+json, application/merge-patch+json, '
      + 'application/strategic-merge-patch+json, application/apply-patch+yaml')
  }
}

/** A patch of the status leaves the stored spec as it is: that need not be decoded again. */
function withoutKnownSpec(body: unknown, old: ApiObject): unknown {
  return isObject(body) && body['spec'] === old['spec'] ? without(body, 'spec') : body
}

function checkIdentity(next: ApiObject, old: ApiObject, at: Route): void {
  const { name, namespace, resourceVersion, uid } = next.metadata
  if (name && name !== at.name) {
    throw badRequest(`the name of the object (${name}) does not match the name on the URL `
      + `(${at.name})`)
  }
  if (namespace && namespace !== at.namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on '
      + 'the request')
  }
  if (resourceVersion && resourceVersion !== old.metadata.resourceVersion) {
    throw conflict(at.info, at.name ?? '', MODIFIED_MEANWHILE)
  }
  if (uid && uid !== old.metadata.uid) {
    throw conflict(at.info, at.name ?? '', `Precondition failed: UID in precondition: ${uid}, `
      + `UID in object meta: ${old.metadata.uid}`)
  }
}

/** The spec (and all else but the status) as sent, with what only the server may say. */
function withSpec(rules: Strategy, old: ApiObject, sent: ApiObject): ApiObject {
  const defaulted = kept(rules.defaults(sent), old)
  const admitted = isPod(defaulted)
    ? admitPod({ ...defaulted, spec: dropDisabledFields(defaulted.spec) }) : defaulted
  const changed = !equalJson(spec(admitted), spec(old))
  const generation = rules.hasGeneration
    ? { generation: (old.metadata.generation ?? 1) + (changed ? 1 : 0) } : {}
  const status = rules.hasStatus ? { status: old['status'] } : {}
  const metadata = { ...clientMetadata(old.metadata, admitted.metadata), ...generation }
  return { ...admitted, ...status, metadata }
}

/** Labels and the like as sent; all else is the server's. */
function clientMetadata(old: ObjectMeta, sent: ObjectMeta): ObjectMeta {
  const { labels: _l, annotations: _a, finalizers: _f, ownerReferences: _o, ...own } = old
  const { labels, annotations, finalizers, ownerReferences } = sent
  return {
    ...own, ...(labels ? { labels } : {}), ...(annotations ? { annotations } : {}),
    ...(finalizers ? { finalizers } : {}), ...(ownerReferences ? { ownerReferences } : {}),
  }
}

/** What an update may leave out and the server then keeps. */
function kept(next: ApiObject, old: ApiObject): ApiObject {
  if (!isService(next) || !isService(old)) return next
  const { clusterIP, clusterIPs } = old.spec
  const spec = {
    clusterIP, clusterIPs, ipFamilies: objectOf(old.spec)['ipFamilies'],
    ipFamilyPolicy: objectOf(old.spec)['ipFamilyPolicy'], ...next.spec,
  }
  return { ...next, spec: { ...spec, type: next.spec.type } }
}

/** What generation counts: everything but metadata and status. */
function spec(object: ApiObject): unknown {
  return without(object, 'metadata', 'status', 'apiVersion', 'kind')
}

function withStatus(old: ApiObject, sent: ApiObject): ApiObject {
  const status = isObject(sent['status']) ? sent['status'] : {}
  const next = { ...old, status }
  if (!isPod(old)) return next
  // Decoding drops the class where a client does not repeat it; it never changes.
  return { ...old, status: { ...objectOf(status), ...quality(old.status.qosClass, status) } }
}

function quality(before: string | undefined, status: object): object {
  const given = textOf(objectOf(status)['qosClass'])
  return given === '' && before ? { qosClass: before } : {}
}
