import { limits } from '../limits.ts'
import { parseRfc3339 } from '../time/dates.ts'
import { commit } from './bookkeeping.ts'
import { eventsFace } from './event-faces.ts'
import { fieldSelects } from './field-selection.ts'
import { freshened } from './initial-objects.ts'
import type { EventObject } from './kinds.ts'
import { isEvent } from './kinds.ts'
import { printerOf } from './printing/printers.ts'
import { tableOf } from './printing/table.ts'
import { apiVersionOf } from './routes.ts'
import type { Route } from './routes.ts'
import { labelMatcher } from './selectors.ts'
import type { Server } from './server.ts'
import { badRequest, notFound } from './status.ts'
import type { ApiObject, ApiRequest, Watch } from './types.ts'
import { openWatch } from './watches.ts'
import type { Selects } from './watches.ts'

/** What a read needs of the server; it may also be the server of an earlier moment. */
export type Shelf = Pick<Server, 'store' | 'clock'>

export function read(server: Server, at: Route, request: ApiRequest): unknown {
  if (!isObserver(request)) expireEvents(server, at)
  return readOnly(server, at, request)
}

/** A read that changes nothing, not even what is too old. */
export function readOnly(server: Shelf, at: Route, request: ApiRequest): unknown {
  return at.name === undefined ? list(server, at, request) : get(server, at, request)
}

function get(server: Shelf, at: Route, request: ApiRequest): unknown {
  const { info, name = '' } = at
  const object = server.store.get(info.name, at.namespace, name)
  if (!object) throw notFound(info, name)
  const fresh = freshened(server, object)
  if (request.accept !== 'table') return faced(at, fresh)
  return table(server, at, [fresh], object.metadata.resourceVersion, request, true)
}

function list(server: Shelf, at: Route, request: ApiRequest): unknown {
  const objects = selected(server, at, request).map((one) => freshened(server, one))
  const resourceVersion = String(server.store.version)
  if (request.accept === 'table') {
    return table(server, at, objects, resourceVersion, request, true)
  }
  return {
    kind: `${at.info.kind}List`, apiVersion: apiVersionOf(at.info), metadata: { resourceVersion },
    items: objects.map((one) => faced(at, one)),
  }
}

/** Objects of a collection that the request's selectors let through. */
export function selected(
  server: Shelf, at: Route, request: ApiRequest,
): readonly ApiObject[] {
  const selects = selection(at, request)
  const all = server.store.list(at.info.name, at.namespace).filter(selects)
  return isObserver(request) ? all.filter((one) => !isExpired(server, one)) : all
}

/** Somebody who looks from outside the lab: nothing may change by it. */
function isObserver({ userAgent }: ApiRequest): boolean {
  return userAgent === 'observer'
}

function selection(at: Route, request: ApiRequest): Selects {
  const { labelSelector = '', fieldSelector } = request.query ?? {}
  const labels = labelMatcher(labelSelector)
  const fields = fieldSelects(at.info, fieldSelector)
  return (object) => {
    if (at.namespace !== undefined && object.metadata.namespace !== at.namespace) return false
    if (at.name !== undefined && object.metadata.name !== at.name) return false
    if (labels && !labels(object.metadata.labels ?? {})) return false
    return !fields || fields(object)
  }
}

export function watch(server: Server, at: Route, request: ApiRequest): Watch {
  expireEvents(server, at)
  const asked = request.query?.['resourceVersion']
  if (asked !== undefined && !/^\d*$/.test(asked)) {
    throw badRequest(`resourceVersion: Invalid value: ${JSON.stringify(asked)}: `
      + `strconv.ParseUint: parsing ${JSON.stringify(asked)}: invalid syntax`)
  }
  return openWatch({
    store: server.store, info: at.info, selects: selection(at, request),
    from: asked ? Number(asked) : undefined,
    shown: (object, first) => {
      if (request.accept !== 'table') return faced(at, object)
      return table(server, at, [object], object.metadata.resourceVersion, request, first)
    },
  })
}

function table(
  server: Shelf, at: Route, objects: readonly ApiObject[], resourceVersion: string,
  request: ApiRequest, withColumns: boolean,
): object {
  const include = request.query?.['includeObject'] || 'Metadata'
  if (!['Metadata', 'Object', 'None'].includes(include)) {
    throw badRequest(`unrecognized includeObject value: ${JSON.stringify(include)}`)
  }
  return tableOf(printerOf(at.info.name), objects, {
    nowMillis: server.clock.epochMillis(), resourceVersion, withColumns, include,
    shown: (object) => faced(at, object),
  })
}

function faced(at: Route, object: ApiObject): ApiObject {
  return at.info.group === 'events.k8s.io' && isEvent(object) ? eventsFace(object) : object
}

/** etcd drops an event an hour after it was last written; here that happens when one looks. */
function expireEvents(server: Server, at: Route): void {
  if (at.info.name !== 'events') return
  const old = server.store.list('events', undefined).filter((event) => isExpired(server, event))
  commit(server, old.map((object) => ({ type: 'DELETED', resource: 'events', object })), undefined)
}

function isExpired(server: Shelf, object: ApiObject): boolean {
  const oldest = server.clock.epochMillis() - limits.eventLifetimeMillis
  return isEvent(object) && lastWritten(object) < oldest
}

function lastWritten(event: EventObject): number {
  const at = event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime
    ?? event.metadata.creationTimestamp
  return parseRfc3339(at) ?? 0
}
