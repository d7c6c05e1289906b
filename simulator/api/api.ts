import type { Clock } from '../time/clock.ts'
import type { Chance } from '../time/random.ts'
import type { EntryId } from '../trace/entries.ts'
import type { Trace } from '../trace/trace.ts'
import { checkBody } from './body.ts'
import { commit } from './bookkeeping.ts'
import { create } from './creation.ts'
import { deleteOptions, remove, removeAll } from './deletion.ts'
import { infoOf } from './discovery.ts'
import { coreFace } from './event-faces.ts'
import { initialObjects } from './initial-objects.ts'
import { isObject, textOf } from './json.ts'
import { caCertificate } from './namespace-contents.ts'
import { read, selected, watch } from './reads.ts'
import { route } from './routes.ts'
import type { Route } from './routes.ts'
import { Names, answer, outcome } from './server.ts'
import type { Outcome, Server } from './server.ts'
import { Refusal, methodNotAllowed, notSimulated, unknownPath } from './status.ts'
import { Store } from './store.ts'
import { bind, evict, finalize, refuseSubresource, scale } from './subresources.ts'
import type { Api, ApiRequest, ApiResponse, NodeApi, Watch } from './types.ts'
import { update } from './updates.ts'
import { wellKnown } from './well-known.ts'

export interface ApiOptions {
  readonly clock: Clock
  readonly chance: Chance
  readonly trace: Trace
  /** Namespaces beside those of every cluster. */
  readonly namespaces?: readonly string[]
}

/** The API server: the one door to the cluster's state. */
export function createApi(options: ApiOptions): Api {
  const { clock, chance, trace } = options
  const server: Server = {
    clock, chance, trace, store: new Store(), names: new Names(chance),
    caCertificate: caCertificate(chance),
  }
  commit(server, initialObjects(server, options.namespaces ?? []), undefined)
  return new ApiServer(server)
}

const DEPRECATED: Readonly<Record<string, string>> = {
  endpoints: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  componentstatuses: 'v1 ComponentStatus is deprecated in v1.19+',
}

class ApiServer implements Api {
  node: NodeApi | undefined

  constructor(private readonly server: Server) {}

  request(request: ApiRequest): ApiResponse {
    const known = wellKnown(request)
    if (known) return known
    const at = route(request.path)
    const warnings = at && DEPRECATED[at.info.name] ? [DEPRECATED[at.info.name]!] : []
    if (!at) return unknownPath().response()
    if (request.method !== 'GET') return this.write(at, request, warnings)
    return guarded(() => {
      if (at.subresource === 'scale') return answer(scale(this.server, at, request))
      if (at.subresource && at.subresource !== 'status') throw methodNotAllowed()
      return { code: 200, body: read(this.server, at, request), warnings }
    })
  }

  watch(request: ApiRequest): Watch | ApiResponse {
    const at = route(request.path)
    if (!at) return unknownPath().response()
    try {
      return watch(this.server, at, request)
    } catch (error) {
      if (error instanceof Refusal) return error.response()
      throw error
    }
  }

  /** Decides first, then writes the request to the trace, then makes the changes it caused. */
  private write(at: Route, request: ApiRequest, warnings: readonly string[]): ApiResponse {
    let result: Outcome | undefined
    const response = guarded(() => {
      result = decide(this.server, at, request)
      return { ...answer(result), warnings: [...warnings, ...result.warnings] }
    })
    const dryRun = request.query?.['dryRun'] === 'All' || isDryRunBody(request)
    const entry = this.traceRequest(at, request, response, result)
    const changed = result && !dryRun ? commit(this.server, result.changes, entry) : undefined
    return changed === undefined ? response : { ...response, entry: changed }
  }

  private traceRequest(
    at: Route, request: ApiRequest, response: ApiResponse, result: Outcome | undefined,
  ): EntryId {
    const failed = response.code >= 400 && isObject(response.body)
    const resource = at.subresource ? `${at.info.name}/${at.subresource}` : at.info.name
    return this.server.trace.write({
      kind: 'request', verb: verbOf(request, at), resource, by: request.userAgent,
      namespace: at.namespace ?? result?.namespace ?? '', name: at.name ?? result?.name ?? '',
      code: response.code,
      ...(failed && isObject(response.body) ? { message: textOf(response.body['message']) } : {}),
      ...(request.source ? { source: request.source } : {}),
    }, request.cause, request.because)
  }
}

function guarded(act: () => ApiResponse): ApiResponse {
  try {
    return act()
  } catch (error) {
    if (error instanceof Refusal) return error.response()
    throw error
  }
}

function verbOf(request: ApiRequest, at: Route): string {
  switch (request.method) {
    case 'POST': return 'create'
    case 'PUT': return 'update'
    case 'PATCH': return 'patch'
    case 'DELETE': return at.name === undefined ? 'deletecollection' : 'delete'
    case 'GET': return 'get'
  }
}

function isDryRunBody(request: ApiRequest): boolean {
  const asked = isObject(request.body) ? request.body['dryRun'] : undefined
  return request.method === 'DELETE' && Array.isArray(asked) && asked.includes('All')
}

function decide(server: Server, at: Route, request: ApiRequest): Outcome {
  if (!at.info.simulated) throw notSimulated(at.info)
  checkBody(request.body)
  if (at.info.group === 'events.k8s.io') return decideEvent(server, at, request)
  if (at.subresource && at.subresource !== 'status') return decideBelow(server, at, request)
  switch (request.method) {
    case 'POST':
      if (at.name !== undefined) throw methodNotAllowed()
      return create(server, at, request)
    case 'PUT': case 'PATCH':
      if (at.name === undefined) throw methodNotAllowed()
      return update(server, at, request)
    case 'DELETE': {
      const options = deleteOptions(request)
      if (at.name !== undefined) return remove(server, at, options)
      if (!at.info.verbs.includes('deletecollection')) throw methodNotAllowed()
      return removeAll(server, at, selected(server, at, request), options)
    }
    case 'GET': return outcome(read(server, at, request))
  }
}

/** Writes to events.k8s.io land on the same stored objects as those to core. */
function decideEvent(server: Server, at: Route, request: ApiRequest): Outcome {
  const body = request.method === 'DELETE' ? request.body : coreFace(request.body)
  return decide(server, { ...at, info: infoOf('events') }, { ...request, body })
}

function decideBelow(server: Server, at: Route, request: ApiRequest): Outcome {
  switch (at.subresource) {
    case 'binding': return bind(server, at, request)
    case 'eviction': return evict(server, at, request)
    case 'scale': return scale(server, at, request)
    case 'finalize': return finalize(server, at, request)
    default: return refuseSubresource(at)
  }
}
