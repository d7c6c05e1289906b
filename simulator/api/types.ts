import type { Task, Wakeable } from '../time/tasks.ts'
import type { Because, EntryId, ManifestSource } from '../trace/entries.ts'
import type { ExecSession, Streams } from '../runtime/types.ts'

// The contract of the API room: the one door to cluster state. Objects are plain JSON, immutable
// once stored (never mutate what `request` or `watch` hands out; build a new object instead).

export type Json =
  | null | boolean | number | string | readonly Json[]
  | { readonly [key: string]: Json | undefined }

/** A stored object; rooms read its fields through the views of kinds.ts. */
export interface ApiObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: ObjectMeta
  readonly [field: string]: unknown
}

export interface ObjectMeta {
  readonly name: string
  readonly namespace?: string
  readonly uid: string
  readonly resourceVersion: string
  readonly generation?: number
  readonly creationTimestamp: string
  readonly deletionTimestamp?: string
  readonly deletionGracePeriodSeconds?: number
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly ownerReferences?: readonly OwnerReference[]
  readonly finalizers?: readonly string[]
  readonly generateName?: string
}

export interface OwnerReference {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly uid: string
  readonly controller?: boolean
  readonly blockOwnerDeletion?: boolean
}

/** A request as it would go over HTTP. `body` is parsed JSON. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Without query, e.g. `/api/v1/namespaces/default/pods/web`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  /** `table`: a `meta.k8s.io/v1` Table is asked for, as kubectl get does. */
  readonly accept?: 'json' | 'table'
  readonly contentType?:
    | 'json' | 'strategic-merge-patch' | 'merge-patch' | 'json-patch' | 'apply-patch'
  readonly body?: unknown
  /** Who asks, e.g. `kubectl`, `kubelet`, `default-scheduler`: stands in the trace. */
  readonly userAgent: string
  readonly cause?: EntryId
  /** For the trace alone, as `cause` is: what decided to ask, and the file it came from. */
  readonly because?: readonly Because[]
  readonly source?: ManifestSource
}

export interface ApiResponse {
  readonly code: number
  /** The object, list, Table, or Status. */
  readonly body: unknown
  /** `Warning` headers, in order. */
  readonly warnings: readonly string[]
  /** The trace entry of the last change it made; absent if nothing changed. */
  readonly entry?: EntryId
}

export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'
  readonly object: unknown
  /** The trace entry of the change. */
  readonly entry: EntryId | undefined
}

/** A stream of changes. `next` is undefined while nothing is there: wait on `arrived`. */
export interface Watch {
  next(): WatchEvent | undefined
  readonly arrived: Wakeable
  readonly closed: boolean
  close(): void
}

export interface Api {
  /** Answers at once; latency is the caller's affair. Never throws: errors are Status bodies. */
  request(request: ApiRequest): ApiResponse
  /** The same path and query as a list request with `watch=1`; a Status if refused. */
  watch(request: ApiRequest): Watch | ApiResponse
  /** pods/exec, pods/attach, pods/log: forwarded to the node. The kubelet registers itself here. */
  node: NodeApi | undefined
}

/** A refusal with the server's exact words. */
export interface StatusError {
  readonly code: number
  readonly reason: string
  readonly message: string
}

export interface ExecRequest {
  readonly namespace: string; readonly pod: string; readonly container?: string
  readonly argv: readonly string[]; readonly streams: Streams; readonly cause?: EntryId
}

export interface LogOptions {
  readonly container?: string; readonly follow?: boolean; readonly previous?: boolean
  readonly tailLines?: number; readonly sinceSeconds?: number; readonly sinceTime?: string
  readonly timestamps?: boolean; readonly limitBytes?: number
}

/** A log being read: text so far, then more until `ended`. */
export interface LogStream {
  /** Text not yet read; '' when there is none now. */
  take(): string
  readonly arrived: Wakeable
  readonly ended: boolean
  close(): void
}

/** What the kubelet answers on behalf of the API server. */
export interface NodeApi {
  exec(request: ExecRequest): Task<ExecSession | StatusError>
  attach(request: ExecRequest): Task<ExecSession | StatusError>
  logs(namespace: string, pod: string, options: LogOptions): LogStream | StatusError
}
