import type { Clock } from '../time/clock.ts'
import type { Because, Entry, EntryBody, EntryId } from './entries.ts'

/** Append-only record of everything that happened. The simulation writes it and never reads it. */
export class Trace {
  readonly entries: Entry[] = []
  private readonly readers = new Set<(entry: Entry) => void>()

  /** `maxEntries`: from there on only the first refusal is written, so memory stays bounded. */
  constructor(private readonly clock: Clock, private readonly maxEntries: number) {}

  write(body: EntryBody, cause?: EntryId, because?: readonly Because[]): EntryId {
    const id = this.entries.length
    if (id > this.maxEntries) return this.maxEntries
    const isLast = id === this.maxEntries
    const limited: EntryBody = isLast ? { kind: 'limit', limit: 'traceEntries' } : body
    const entry = {
      id, at: this.clock.now(), ...(cause === undefined ? {} : { cause }),
      ...(because?.length ? { because } : {}), ...limited,
    } as Entry
    this.entries.push(entry)
    for (const reader of this.readers) reader(entry)
    return id
  }

  /** True from the moment entries are refused: the lab must then be held. */
  isFull(): boolean {
    return this.entries.length > this.maxEntries
  }

  /** Calls `reader` for each new entry. Readers stand outside the simulation and must not touch it. */
  subscribe(reader: (entry: Entry) => void): () => void {
    this.readers.add(reader)
    return () => this.readers.delete(reader)
  }
}
