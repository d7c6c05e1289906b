import type { TimelineEntry } from '../../server/protocol.ts'
import type { Because, ContainerRef } from '../../simulator/trace/entries.ts'
import type { Of } from './links.ts'

type Field = Extract<Because, { readonly field: string }>

/** How something came about, but no reason of its own. */
const plumbing: ReadonlySet<string> = new Set(['object', 'request', 'pod-status', 'event'])

/** The trace as "Why?" asks it: causes backwards, and the neighbours of an entry. */
export class TraceView {
  constructor(readonly entries: readonly TimelineEntry[]) {}

  get(id: number | undefined): TimelineEntry | undefined {
    if (id === undefined) return undefined
    const at = this.entries[id]
    return at?.id === id ? at : this.entries.find((entry) => entry.id === id)
  }

  cause({ cause }: TimelineEntry): TimelineEntry | undefined {
    return this.get(cause)
  }

  /** The next cause that is an event in its own right: writes to the API are passed over. */
  reason(entry: TimelineEntry): TimelineEntry | undefined {
    let at = this.cause(entry)
    while (at && (plumbing.has(at.kind) || isWorkstation(at))) at = this.cause(at)
    return at
  }

  /** The same, passing over processes too: what started the first of them. */
  origin(entry: TimelineEntry): TimelineEntry | undefined {
    let at = this.reason(entry)
    while (at && isProcess(at)) at = this.reason(at)
    return at
  }

  /** The command line that it all goes back to. */
  command(entry: TimelineEntry): Of<'command'> | undefined {
    let at: TimelineEntry | undefined = entry
    while (at && at.kind !== 'command') at = this.cause(at)
    return at
  }

  /** The nearest entry of a kind before one (or of its moment, when it came right after). */
  before<K extends TimelineEntry['kind']>(
    entry: TimelineEntry, kind: K, fits: (found: Of<K>) => boolean,
  ): Of<K> | undefined {
    return this.entries.slice(0, this.indexOf(entry)).findLast(is(kind, fits))
  }

  after<K extends TimelineEntry['kind']>(
    entry: TimelineEntry, kind: K, fits: (found: Of<K>) => boolean,
  ): Of<K> | undefined {
    return this.entries.slice(this.indexOf(entry) + 1).find(is(kind, fits))
  }

  private indexOf(entry: TimelineEntry): number {
    return this.entries[entry.id] === entry ? entry.id : this.entries.indexOf(entry)
  }

  /** The start of the container that an entry belongs to. */
  startOf(entry: TimelineEntry, target: ContainerRef): Of<'container-started'> | undefined {
    if (is('container-started', () => true)(entry)) return entry
    return this.before(entry, 'container-started', (one) => isSame(one.target, target))
  }

  /** The main process as `ps` showed it from the start on. */
  mainCommand(start: Of<'container-started'>): { readonly pid: string; readonly command: string } {
    const isMain = (one: Of<'process-start'> | Of<'process-exec'>): boolean =>
      one.role === 'main' && one.at === start.at && isSame(one.target, start.target)
    const last = this.entries.slice(this.indexOf(start)).findLast((one) =>
      (one.kind === 'process-start' || one.kind === 'process-exec') && isMain(one))
    if (last?.kind !== 'process-start' && last?.kind !== 'process-exec') {
      return { pid: '1', command: '' }
    }
    return { pid: String(last.pid), command: commandText(last.argv) }
  }

  /** The grace period that a stop belongs to. */
  graceOf(entry: TimelineEntry): Of<'grace-start'> | undefined {
    let at: TimelineEntry | undefined = entry
    while (at && at.kind !== 'grace-start') at = this.cause(at)
    return at
  }

  /** What decided an event: it stands with the request that wrote it. */
  becauseOf(entry: TimelineEntry): readonly Because[] {
    if (entry.because) return entry.because
    if (entry.kind !== 'event' && entry.kind !== 'pod-status') return []
    const object = this.cause(entry)
    return (object && this.cause(object)?.because) ?? []
  }
}

function is<K extends TimelineEntry['kind']>(kind: K, fits: (found: Of<K>) => boolean) {
  return (entry: TimelineEntry): entry is Of<K> => entry.kind === kind && fits(entry as Of<K>)
}

function isWorkstation(entry: TimelineEntry): boolean {
  return isProcess(entry) && entry.role === 'workstation'
}

function isProcess(
  entry: TimelineEntry,
): entry is Of<'process-start'> | Of<'process-exec'> | Of<'process-end'> {
  return entry.kind === 'process-start' || entry.kind === 'process-exec'
    || entry.kind === 'process-end'
}

export function isSame(a: ContainerRef | undefined, b: ContainerRef): boolean {
  return a !== undefined && a.podUid === b.podUid && a.container === b.container
}

export function hasRule(because: readonly Because[] | undefined, rule: string): boolean {
  return because?.some((one) => 'rule' in one && one.rule === rule) ?? false
}

export function fieldsOf(because: readonly Because[] | undefined): readonly Field[] {
  return (because ?? []).filter((one) => 'field' in one)
}

const SHOWN_CHARS = 90

/** A command in one line, not longer than a card is wide. */
export function commandText(argv: readonly string[] | string): string {
  const words = typeof argv === 'string' ? argv : argv.join(' ')
  return cut(words.replace(/^time /, ''), SHOWN_CHARS)
}

/** The first line of a message, cut where a reader has got the point. */
export function cut(text: string, most = 200): string {
  const [line = ''] = text.trim().split('\n')
  return line.length > most ? `${line.slice(0, most - 1).trimEnd()}…` : line
}

/** The end of a message that wraps others: `lookup registry.invalid on …: no such host`. */
export function lastOf(message: string): string {
  const plain = message.replace(/, message: ".*"$/s, '').replace(/: unknown$/, '')
  return cut(plain.split(': ').slice(-2).join(': '))
}
