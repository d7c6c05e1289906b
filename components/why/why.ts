import type { TimelineEntry } from '../../server/protocol.ts'
import type { Because } from '../../simulator/trace/entries.ts'
import type { Draft, Of, Telling, WhyLink } from './links.ts'
import { manifestLine } from './manifest-line.ts'
import { tellers } from './tellers.ts'
import { fieldsOf, TraceView } from './trace-view.ts'

// What happened is told from its end to its beginning: what was asked about first, then each step
// that led to it, and last the line of the manifest, or the command, that decided.

/** A container that was started again and again is told back to one start before. */
const MOST_LINKS = 8

/** Why an entry happened, the newest step first; empty if the trace does not hold it. */
export function whyOf(entries: readonly TimelineEntry[], id: number): readonly WhyLink[] {
  const view = new TraceView(entries)
  const asked = view.get(id)
  if (!asked) return []
  const { drafts, decisive } = followed(view, asked)
  const links = inOrder(drafts).map(linkOf)
  const origin = originOf(view, asked, decisive)
  return origin ? [...links, origin] : links
}

/** Every step back, and what decided it in the end. */
function followed(view: TraceView, asked: TimelineEntry) {
  const drafts: Draft[] = []
  let decisive: readonly Because[] | undefined
  const seen = new Set<TimelineEntry>()
  let entry: TimelineEntry | undefined = asked
  while (entry && !seen.has(entry)) {
    seen.add(entry)
    const telling: Telling = tell(view, entry, entry === asked)
    for (const one of telling.links) {
      if (!drafts.some((other) => isSame(other, one))) drafts.push(one)
    }
    if (telling.overrules) decisive = telling.decisive
    else decisive ??= telling.decisive
    entry = telling.next
    if (entry && drafts.length >= MOST_LINKS) entry = view.command(entry)
  }
  return { drafts, decisive }
}

function isSame(one: Draft, other: Draft): boolean {
  return one.entry === other.entry && one.name === other.name
}

function tell<K extends TimelineEntry['kind']>(
  view: TraceView, entry: Of<K>, isAsked: boolean,
): Telling {
  // The boundary: a row of the table takes the entries of its own kind.
  const teller = tellers[entry.kind] as (of: TraceView, one: Of<K>, isAsked: boolean) => Telling
  return teller(view, entry, isAsked)
}

/** Newest first; of one moment, as they were told. */
function inOrder(drafts: readonly Draft[]): readonly Draft[] {
  return drafts.toSorted((one, other) => other.entry.at - one.entry.at)
}

function linkOf({ entry, name, values }: Draft): WhyLink {
  return { at: entry.at, entry: entry.id, name, values }
}

/** The line that decided. A default stands in no file: then it is named. */
function originOf(
  view: TraceView, asked: TimelineEntry, decisive: readonly Because[] | undefined,
): WhyLink | undefined {
  const podUid = podOf(view, asked)
  if (podUid === undefined) return undefined
  for (const field of fieldsOf(decisive)) {
    const { at, id: entry } = asked
    if (field.origin === 'default') {
      const command = `${field.field.replace(/^.*\./, '')}: ${field.value}`
      return { at, entry, name: 'fieldDefault', values: { command }, isOrigin: true }
    }
    const manifest = manifestLine(view, podUid, field, asked)
    if (!manifest) continue
    const values = { path: manifest.path, line: String(manifest.line) }
    return { at, entry, name: 'manifestLine', values, manifest, isOrigin: true }
  }
  return undefined
}

function podOf(view: TraceView, entry: TimelineEntry): string | undefined {
  for (let at: TimelineEntry | undefined = entry; at; at = view.cause(at)) {
    if ('podUid' in at) return at.podUid
    if ('target' in at && at.target) return at.target.podUid
    if (at.kind === 'object' && at.resource === 'pods') return at.uid
    if (at.kind === 'event' && at.objectKind === 'Pod') return podNamed(view, at)
  }
  return undefined
}

/** An event names its pod; another of the same name may have lived before. */
function podNamed(view: TraceView, event: Of<'event'>): string | undefined {
  return view.before(event, 'pod-status', ({ pod, namespace }) =>
    pod === event.name && namespace === event.namespace)?.podUid
}
