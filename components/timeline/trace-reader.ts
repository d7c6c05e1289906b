import type { TimelineEntry } from '../../server/protocol.ts'
import type { Fact, Told } from './facts.ts'
import { kinds, type Kind, type Of } from './kinds.ts'
import { LifeDrafts } from './life-draft.ts'
import type { PodLife } from './pod-life.ts'
import { Seen } from './seen.ts'

/** The trace as far as it was read. Another object after each reading, though lives go on in place. */
export interface Reading {
  readonly lives: readonly PodLife[]
  /** The timeline as an ordered list, one sentence each; see `count`. */
  readonly facts: readonly Fact[]
  /** Facts and entries so far: the arrays grow in place. */
  readonly count: number
  /** When the last thing happened. */
  readonly latestMillis: number
  /** When the first pod came to be. */
  readonly firstMillis: number
}

/** Reads a trace as it grows: each entry once, however often it is asked. */
export class TraceReader {
  private drafts = new LifeDrafts()
  private seen = new Seen()
  private facts: Fact[] = []
  private read = 0
  private last: TimelineEntry | undefined
  private known: { readonly entries: readonly TimelineEntry[]; readonly reading: Reading } | null =
    null

  /** The reading of these entries. Those that go on from the last ones are read from there. */
  reading(entries: readonly TimelineEntry[]): Reading {
    if (this.known?.entries === entries) return this.known.reading
    if (entries.length < this.read || entries[this.read - 1] !== this.last) this.forget()
    for (const entry of entries.slice(this.read)) this.take(entry.kind, entry)
    this.read = entries.length
    this.last = entries.at(-1)
    const reading: Reading = {
      lives: [...this.drafts.lives],
      facts: this.facts,
      count: this.facts.length,
      latestMillis: this.last?.at ?? 0,
      firstMillis: this.drafts.lives[0]?.statuses[0]?.at ?? 0,
    }
    this.known = { entries, reading }
    return reading
  }

  private forget(): void {
    this.drafts = new LifeDrafts()
    this.seen = new Seen()
    this.facts = []
    this.read = 0
  }

  private take<K extends Kind>(kind: K, entry: Of<K>): void {
    const row = kinds[kind]
    const { told, quiet } = row.tell(entry, this.seen)
    if (row.drawn === 'span') row.read(this.drafts, entry)
    if (row.drawn === 'mark' && told) {
      const { id, at } = entry
      row.place(this.drafts, entry)?.push({ entry: id, at, told, ...row.mark(entry) })
    }
    if (told && !quiet) this.facts.push(factOf(entry, told))
  }
}

function factOf({ id, at }: TimelineEntry, told: Told): Fact {
  return { id, at, ...told }
}

/** Every pod's life in the order of appearance. */
export function podLives(entries: readonly TimelineEntry[]): readonly PodLife[] {
  return new TraceReader().reading(entries).lives
}

/** The timeline as an ordered list: the same facts, one sentence each. */
export function factsOf(entries: readonly TimelineEntry[]): readonly Fact[] {
  return new TraceReader().reading(entries).facts
}
