import type { Wakeable } from '../time/tasks.ts'
import type { Because, EntryId } from '../trace/entries.ts'
import { infoOf } from './discovery.ts'
import { equalJson, listOf, objectOf, textOf } from './json.ts'
import { viewed } from './kinds.ts'
import type { Kinds, ObjectReference, Resource } from './kinds.ts'
import { apiVersionOf } from './routes.ts'
import type { Api, ApiObject, ApiRequest, ApiResponse, StatusError, Watch } from './types.ts'

/** What a write came to. `entry` is the trace entry of the object's change, if it changed. */
export type Written<T> =
  | { readonly ok: true; readonly object: T; readonly entry: EntryId | undefined }
  | { readonly ok: false; readonly error: StatusError }

export interface TypedEvent<T> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly object: T
  /** The trace entry of the change; undefined for what was there before. */
  readonly entry: EntryId | undefined
}

/** A watch whose stream begins with what is there already (as ADDED). */
export interface TypedWatch<T> {
  next(): TypedEvent<T> | undefined
  readonly arrived: Wakeable
  readonly closed: boolean
  close(): void
}

export interface Selection {
  /** Absent: all namespaces. */
  readonly namespace?: string
  readonly labelSelector?: string
  readonly fieldSelector?: string
}

export interface DeleteHow {
  readonly graceSeconds?: number
  /** Refused with Conflict if the object has another uid. */
  readonly uid?: string
  readonly propagation?: 'Background' | 'Foreground' | 'Orphan'
}

/** An object as an event or a status write names it. */
export interface Named {
  readonly metadata: {
    readonly name: string; readonly namespace?: string; readonly uid: string
  }
}

/** The API as in-process components see it: typed, synchronous, under one user agent. */
export interface Client {
  get<R extends Resource>(
    resource: R, namespace: string | undefined, name: string,
  ): Kinds[R] | undefined
  list<R extends Resource>(resource: R, selection?: Selection): readonly Kinds[R][]
  watch<R extends Resource>(resource: R, selection?: Selection): TypedWatch<Kinds[R]>
  /** `object` as in a manifest; its metadata.namespace says where. */
  create<R extends Resource>(
    resource: R, object: object, cause?: EntryId, because?: readonly Because[],
  ): Written<Kinds[R]>
  /** Replaces the object (resourceVersion in it is checked). */
  update<R extends Resource>(
    resource: R, object: object & Named, cause?: EntryId,
  ): Written<Kinds[R]>
  /** JSON merge patch. */
  patch<R extends Resource>(
    resource: R, object: Named, patch: object, cause?: EntryId, because?: readonly Because[],
  ): Written<Kinds[R]>
  /** Makes `status` the whole status of the object with this uid; nothing is written if equal. */
  patchStatus<R extends Resource>(
    resource: R, object: Named, status: object, cause?: EntryId,
  ): Written<Kinds[R]>
  bind(pod: Named, node: string, cause?: EntryId): Written<undefined>
  delete(resource: Resource, object: Named, how?: DeleteHow, cause?: EntryId): Written<undefined>
}

/** Writes Events as client-go's recorder does: a repeat raises the count of the first one. */
export interface EventRecorder {
  record(event: {
    readonly regarding: ObjectReference
    readonly type: 'Normal' | 'Warning'
    readonly reason: string
    readonly message: string
    readonly cause?: EntryId
    readonly because?: readonly Because[]
  }): void
}

export interface ClientOptions {
  readonly api: Api
  /** `kubelet`, `default-scheduler`: stands in the trace as who asked. */
  readonly userAgent: string
}

export function createClient(options: ClientOptions): Client {
  return new InProcessClient(options.api, options.userAgent)
}

type Body = Pick<ApiRequest, 'method' | 'contentType' | 'body' | 'query' | 'because'>

/** A watch whose objects are shown as their kind. */
class ViewedWatch<T> implements TypedWatch<T> {
  constructor(private readonly watch: Watch, private readonly view: (object: ApiObject) => T) {}

  get arrived(): Wakeable {
    return this.watch.arrived
  }

  get closed(): boolean {
    return this.watch.closed
  }

  next(): TypedEvent<T> | undefined {
    const event = this.watch.next()
    if (!event || event.type === 'BOOKMARK' || event.type === 'ERROR') return undefined
    const { type, entry } = event
    return { type, object: this.view(objectIn(event.object)), entry }
  }

  close(): void {
    this.watch.close()
  }
}

function decided(because: readonly Because[] | undefined): Pick<ApiRequest, 'because'> {
  return because ? { because } : {}
}

class InProcessClient implements Client {
  constructor(private readonly api: Api, private readonly userAgent: string) {}

  get<R extends Resource>(
    resource: R, namespace: string | undefined, name: string,
  ): Kinds[R] | undefined {
    const path = pathOf(resource, namespace, name)
    const response = this.api.request({ method: 'GET', path, userAgent: this.userAgent })
    return response.code === 200 ? viewed(resource, objectIn(response.body)) : undefined
  }

  list<R extends Resource>(resource: R, selection: Selection = {}): readonly Kinds[R][] {
    const response = this.api.request({ method: 'GET', ...this.selecting(resource, selection) })
    const items = listOf(objectOf(response.body)['items'])
    return items.map((item) => viewed(resource, objectIn(item)))
  }

  watch<R extends Resource>(resource: R, selection: Selection = {}): TypedWatch<Kinds[R]> {
    const watch = this.api.watch({ method: 'GET', ...this.selecting(resource, selection) })
    if (!('arrived' in watch)) throw new Error(messageOf(watch))
    return new ViewedWatch(watch, (object) => viewed(resource, object))
  }

  create<R extends Resource>(
    resource: R, object: object, cause?: EntryId, because?: readonly Because[],
  ): Written<Kinds[R]> {
    const namespace = textOf(objectOf(objectOf(object)['metadata'])['namespace'])
    const path = pathOf(resource, namespace || undefined)
    const body = { method: 'POST', body: typed(resource, object), ...decided(because) } as const
    return this.write(resource, path, body, cause)
  }

  update<R extends Resource>(
    resource: R, object: object & Named, cause?: EntryId,
  ): Written<Kinds[R]> {
    const path = pathOf(resource, object.metadata.namespace, object.metadata.name)
    return this.write(resource, path, { method: 'PUT', body: typed(resource, object) }, cause)
  }

  patch<R extends Resource>(
    resource: R, object: Named, patch: object, cause?: EntryId, because?: readonly Because[],
  ): Written<Kinds[R]> {
    const path = pathOf(resource, object.metadata.namespace, object.metadata.name)
    const body: Body = {
      method: 'PATCH', contentType: 'merge-patch', body: patch, ...decided(because),
    }
    return this.write(resource, path, body, cause)
  }

  patchStatus<R extends Resource>(
    resource: R, object: Named, status: object, cause?: EntryId,
  ): Written<Kinds[R]> {
    const { namespace, name, uid } = object.metadata
    const current = this.get(resource, namespace, name)
    if (current && current.metadata.uid === uid && equalJson(current['status'], status)) {
      return { ok: true, object: current, entry: undefined }
    }
    const path = pathOf(resource, namespace, name, 'status')
    const body = [
      { op: 'add', path: '/metadata/uid', value: uid },
      { op: 'add', path: '/status', value: status },
    ]
    return this.write(resource, path, { method: 'PATCH', contentType: 'json-patch', body }, cause)
  }

  bind(pod: Named, node: string, cause?: EntryId): Written<undefined> {
    const { namespace, name, uid } = pod.metadata
    const body = {
      apiVersion: 'v1', kind: 'Binding', metadata: { name, namespace, uid },
      target: { apiVersion: 'v1', kind: 'Node', name: node },
    }
    const path = pathOf('pods', namespace, name, 'binding')
    return this.send(path, { method: 'POST', body }, cause, () => undefined)
  }

  delete(
    resource: Resource, object: Named, how: DeleteHow = {}, cause?: EntryId,
  ): Written<undefined> {
    const { namespace, name } = object.metadata
    const body = {
      ...(how.graceSeconds === undefined ? {} : { gracePeriodSeconds: how.graceSeconds }),
      ...(how.uid === undefined ? {} : { preconditions: { uid: how.uid } }),
      ...(how.propagation === undefined ? {} : { propagationPolicy: how.propagation }),
    }
    const path = pathOf(resource, namespace, name)
    return this.send(path, { method: 'DELETE', body }, cause, () => undefined)
  }

  private write<R extends Resource>(
    resource: R, path: string, body: Body, cause: EntryId | undefined,
  ): Written<Kinds[R]> {
    return this.send(path, body, cause, (answer) => viewed(resource, objectIn(answer)))
  }

  private send<T>(
    path: string, body: Body, cause: EntryId | undefined, viewOf: (answer: unknown) => T,
  ): Written<T> {
    const response = this.api.request({
      ...body, path, userAgent: this.userAgent, query: { fieldValidation: 'Ignore' },
      ...(cause === undefined ? {} : { cause }),
    })
    if (response.code < 400) {
      return { ok: true, object: viewOf(response.body), entry: response.entry }
    }
    const reason = textOf(objectOf(response.body)['reason'])
    return {
      ok: false, error: { code: response.code, reason, message: messageOf(response) },
    }
  }

  private selecting(resource: Resource, selection: Selection): Omit<ApiRequest, 'method'> {
    const { labelSelector, fieldSelector } = selection
    return {
      path: pathOf(resource, selection.namespace), userAgent: this.userAgent,
      query: {
        ...(labelSelector === undefined ? {} : { labelSelector }),
        ...(fieldSelector === undefined ? {} : { fieldSelector }),
      },
    }
  }
}

function pathOf(
  resource: Resource, namespace: string | undefined, ...rest: readonly string[]
): string {
  const info = infoOf(resource)
  const root = info.group === '' ? `/api/${info.version}` : `/apis/${apiVersionOf(info)}`
  const scope = info.namespaced && namespace !== undefined ? `/namespaces/${namespace}` : ''
  return [`${root}${scope}/${resource}`, ...rest].join('/')
}

function typed(resource: Resource, object: object): object {
  const info = infoOf(resource)
  return { apiVersion: apiVersionOf(info), kind: info.kind, ...object }
}

function messageOf(response: ApiResponse): string {
  return textOf(objectOf(response.body)['message'])
}

function objectIn(body: unknown): ApiObject {
  // The boundary: a successful answer of the API is an object.
  return body as ApiObject
}
