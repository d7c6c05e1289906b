import type { BranchEntries } from '../../server/history.ts'
import type { TimelineEntry } from '../../server/protocol.ts'
import type { Because, Rule } from '../../simulator/trace/entries.ts'
import type { PodLife } from '../timeline/pod-life.ts'
import { TraceReader, type Reading } from '../timeline/trace-reader.ts'

/** A moment with the entry that stands for it. */
export interface Moment { readonly at: number; readonly entry: number }

/** What is asked of a branch's trace. */
export class BranchTrace {
  readonly name: string
  readonly nowMillis: number
  readonly entries: readonly TimelineEntry[]
  readonly reading: Reading
  private readonly byId: ReadonlyMap<number, TimelineEntry>

  constructor({ branch, nowMillis, entries }: BranchEntries) {
    this.name = branch.name
    this.nowMillis = nowMillis
    this.entries = entries
    this.reading = new TraceReader().reading(entries)
    this.byId = new Map(entries.map((entry) => [entry.id, entry]))
  }

  get lives(): readonly PodLife[] {
    return this.reading.lives
  }

  momentOf(entry: number | null): number | null {
    return entry === null ? null : (this.byId.get(entry)?.at ?? null)
  }

  because(entry: number | undefined): readonly Because[] {
    return (entry === undefined ? undefined : this.byId.get(entry)?.because) ?? []
  }

  isDecidedBy(entry: number | undefined, rule: Rule): boolean {
    return this.because(entry).some((one) => 'rule' in one && one.rule === rule)
  }

  /** The command line that an entry goes back to. */
  commandOf(entry: number): Moment & { readonly line: string } | null {
    let at = this.byId.get(entry)
    while (at && at.kind !== 'command') {
      // Causes point backwards, so this ends.
      at = at.cause === undefined ? undefined : this.byId.get(at.cause)
    }
    return at ? { at: at.at, entry: at.id, line: at.line.trim() } : null
  }

  /** When a command's prompt came back. */
  endOf(command: number): Moment | null {
    const end = this.entries.find(
      (entry) => entry.kind === 'command-end' && entry.cause === command,
    )
    return end ? { at: end.at, entry: end.id } : null
  }

  /** The delete that a life ended with, whoever asked for it. */
  deletionOf(life: PodLife): Moment | null {
    const from = life.statuses[0]?.at ?? 0
    const to = life.gone?.at ?? Infinity
    const request = this.entries.find((entry) =>
      entry.kind === 'request' && entry.verb === 'delete' && entry.resource === 'pods'
      && entry.by !== 'kubelet' && entry.code < 300 && entry.at >= from && entry.at <= to
      && entry.name === life.pod && entry.namespace === life.namespace)
    if (request) return { at: request.at, entry: request.id }
    const status = life.statuses.find((change) => change.status === 'Terminating')
    return status ? { at: status.at, entry: status.entry } : null
  }
}
