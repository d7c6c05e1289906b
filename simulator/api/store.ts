import { Wakeable } from '../time/tasks.ts'
import type { EntryId } from '../trace/entries.ts'
import { limits } from '../limits.ts'
import type { Kinds, Resource } from './kinds.ts'
import type { ApiObject } from './types.ts'

export type ChangeType = 'ADDED' | 'MODIFIED' | 'DELETED'

/** One step of the store: what etcd would tell a watch. */
export interface Change {
  readonly type: ChangeType
  readonly resource: string
  readonly object: ApiObject
  readonly previous: ApiObject | undefined
  readonly version: number
  readonly entry: EntryId | undefined
}

/** A change decided on but not yet made; the object's resourceVersion is set by the store. */
export interface Planned {
  readonly type: ChangeType
  readonly resource: string
  readonly object: ApiObject
}

/** Objects by resource and key, their versions, and the latest changes for those who watch. */
export class Store {
  private readonly tables = new Map<string, Map<string, ApiObject>>()
  private readonly history: Change[] = []
  private readonly listeners = new Set<(change: Change) => void>()
  /** The resourceVersion of the latest change. A young cluster has some past already. */
  version = 1000
  count = 0

  get<R extends Resource>(
    resource: R, namespace: string | undefined, name: string,
  ): Kinds[R] | undefined
  get(resource: string, namespace: string | undefined, name: string): ApiObject | undefined
  get(resource: string, namespace: string | undefined, name: string): ApiObject | undefined {
    return this.tables.get(resource)?.get(key(namespace, name))
  }

  /** In the order of keys, as etcd lists: by namespace, then name. */
  list(resource: string, namespace: string | undefined): readonly ApiObject[] {
    const all = this.tables.get(resource)
    if (!all) return []
    const keys = [...all.keys()].sort()
    const prefix = namespace === undefined ? '' : `${namespace}/`
    return keys.filter((one) => one.startsWith(prefix)).map((one) => all.get(one)!)
  }

  /** The object as it will be stored by the next commit. */
  stamped(object: ApiObject, ahead = 1): ApiObject {
    const resourceVersion = String(this.version + ahead)
    return { ...object, metadata: { ...object.metadata, resourceVersion } }
  }

  /** Makes a planned change real and tells those who watch. */
  commit(planned: Planned, entry: (object: ApiObject) => EntryId | undefined): Change {
    const object = this.stamped(planned.object)
    this.version++
    const { name, namespace } = object.metadata
    const table = this.table(planned.resource)
    const previous = table.get(key(namespace, name))
    if (planned.type === 'DELETED') table.delete(key(namespace, name))
    else table.set(key(namespace, name), object)
    this.count += planned.type === 'ADDED' ? 1 : planned.type === 'DELETED' ? -1 : 0
    const change: Change = {
      type: planned.type, resource: planned.resource, object, previous, version: this.version,
      entry: entry(object),
    }
    this.history.push(change)
    if (this.history.length > 2 * limits.watchHistory) {
      this.history.splice(0, this.history.length - limits.watchHistory)
    }
    for (const listener of this.listeners) listener(change)
    return change
  }

  /** Puts an object as it once was, with the version it had; nobody is told. */
  restore(type: ChangeType, resource: string, object: ApiObject): void {
    const { name, namespace, resourceVersion } = object.metadata
    if (type === 'DELETED') this.table(resource).delete(key(namespace, name))
    else this.table(resource).set(key(namespace, name), object)
    this.version = Number(resourceVersion)
  }

  /** Changes after a version; undefined if some of them are no longer kept. */
  since(version: number): readonly Change[] | undefined {
    const oldest = this.history[0]?.version ?? this.version + 1
    if (version < oldest - 1 && this.history.length >= limits.watchHistory) return undefined
    return this.history.filter((change) => change.version > version)
  }

  get oldestVersion(): number {
    return this.history[0]?.version ?? this.version
  }

  subscribe(listener: (change: Change) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private table(resource: string): Map<string, ApiObject> {
    let table = this.tables.get(resource)
    if (!table) {
      table = new Map()
      this.tables.set(resource, table)
    }
    return table
  }
}

/** A queue whose reader waits on `arrived`. */
export class Stream<T> {
  private readonly queue: T[] = []
  readonly arrived = new Wakeable()
  closed = false

  push(item: T): void {
    if (this.closed) return
    this.queue.push(item)
    this.arrived.wake()
  }

  next(): T | undefined {
    return this.queue.shift()
  }

  get waiting(): number {
    return this.queue.length
  }

  close(): void {
    this.closed = true
    this.arrived.wake()
  }
}

function key(namespace: string | undefined, name: string): string {
  return namespace === undefined ? `/${name}` : `${namespace}/${name}`
}
