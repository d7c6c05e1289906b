import type { Wakeable } from '../time/tasks.ts'
import type { EntryId } from '../trace/entries.ts'
import type { Kinds, ObjectReference, Resource } from './kinds.ts'
import type { Api, StatusError } from './types.ts'

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
  create<R extends Resource>(resource: R, object: object, cause?: EntryId): Written<Kinds[R]>
  /** Replaces the object (resourceVersion in it is checked). */
  update<R extends Resource>(resource: R, object: object & Named, cause?: EntryId): Written<Kinds[R]>
  /** JSON merge patch. */
  patch<R extends Resource>(
    resource: R, object: Named, patch: object, cause?: EntryId,
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
  }): void
}

export interface ClientOptions {
  readonly api: Api
  /** `kubelet`, `default-scheduler`: stands in the trace as who asked. */
  readonly userAgent: string
}

export function createClient(_options: ClientOptions): Client {
  throw new Error('not yet')
}
