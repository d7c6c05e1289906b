import { limits } from '../limits.ts'
import type { EntryId } from '../trace/entries.ts'
import type { ResourceInfo } from './discovery.ts'
import { Stream } from './store.ts'
import type { Change, Store } from './store.ts'
import { expired } from './status.ts'
import type { ApiObject, Watch, WatchEvent } from './types.ts'

/** Says whether an object belongs to what a request selects. */
export type Selects = (object: ApiObject) => boolean

interface WatchOptions {
  readonly store: Store
  readonly info: ResourceInfo
  readonly selects: Selects
  /** Absent or 0: begin with what is there. */
  readonly from: number | undefined
  /** Object or one-row Table; `first` for the first event of the stream. */
  readonly shown: (object: ApiObject, first: boolean) => unknown
}

/** A watch stream; an object that no longer matches its selectors is told as deleted. */
export function openWatch(options: WatchOptions): Watch {
  const { store, info, selects, from, shown } = options
  const stream = new WatchStream()
  let first = true
  const push = (type: WatchEvent['type'], object: ApiObject, entry: EntryId | undefined): void => {
    stream.push({ type, object: shown(object, first), entry })
    first = false
  }
  const tell = (change: Change): void => {
    if (change.resource !== info.name) return
    const before = change.previous !== undefined && selects(change.previous)
    const after = change.type !== 'DELETED' && selects(change.object)
    if (after) push(before ? 'MODIFIED' : 'ADDED', change.object, change.entry)
    else if (before) push('DELETED', change.object, change.entry)
    if (stream.waiting > limits.watchQueue) stream.close()
  }
  stream.unsubscribe = store.subscribe(tell)
  if (!from) {
    for (const object of store.list(info.name, undefined)) {
      if (selects(object)) push('ADDED', object, undefined)
    }
  } else {
    const missed = store.since(from)
    if (missed) for (const change of missed) tell(change)
    else {
      const status = expired(from, store.oldestVersion).response().body
      stream.push({ type: 'ERROR', object: status, entry: undefined })
      stream.close()
    }
  }
  return stream
}

class WatchStream extends Stream<WatchEvent> {
  unsubscribe: (() => void) | undefined

  override close(): void {
    this.unsubscribe?.()
    super.close()
  }
}
