import type { TimelineEntry } from '../../server/protocol.ts'
import type { Because } from '../../simulator/trace/entries.ts'
import { draft, type Draft, type Of, type Telling, type WhyLink } from './links.ts'
import { manifestLine } from './manifest-line.ts'
import { tellers } from './tellers.ts'
import { commandText, fieldsOf, TraceView } from './trace-view.ts'

// What happened is told from its end to its beginning: what was asked about first, then each step
// that led to it, and last the line of the manifest, or the command, that decided.

/** Chains are shorter; this only ends what a strange trace would make endless. */
const MOST_LINKS = 24

/** Why an entry happened, the newest step first; empty if the trace does not hold it. */
export function whyOf(entries: readonly TimelineEntry[], id: number): readonly WhyLink[] {
  const view = new TraceView(entries)
  const asked = view.get(id)
  if (!asked) return []
  const { drafts, decisive } = followed(view, asked)
  const podUid = podOf(view, asked)
  const links = inOrder(withCommand(view, drafts, asked))
    .map((one) => linkOf(view, one, podUid))
  const origin = podUid === undefined ? undefined : originOf(view, asked, decisive, podUid)
  return linesOnce(
    origin ? [...links, { ...origin, at: links.at(-1)?.at ?? asked.at }] : links,
  )
}

/** A line is named once, where it decided first. */
function linesOnce(links: readonly WhyLink[]): readonly WhyLink[] {
  return links.map((link, index) =>
    (links.slice(index + 1).some((older) => isSameLine(link, older)) ? withoutLine(link) : link))
}

function isSameLine({ manifest }: WhyLink, older: WhyLink): boolean {
  return manifest !== undefined && manifest.line === older.manifest?.line
    && manifest.path === older.manifest.path
}

function withoutLine({ manifest: _line, ...link }: WhyLink): WhyLink {
  return link
}

const COMMANDS: ReadonlySet<string> = new Set([
  'command', 'graceByCommand', 'graceAsked', 'graceForced', 'commandEnded',
])

/** A chain that names no command yet ends with the one that it goes back to. */
function withCommand(
  view: TraceView, drafts: readonly Draft[], asked: TimelineEntry,
): readonly Draft[] {
  if (drafts.some(({ name }) => COMMANDS.has(name))) return drafts
  const command = view.command(drafts.at(-1)?.entry ?? asked)
  if (!command) return drafts
  return [...drafts, draft(command, 'command', { command: commandText(command.line) })]
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
    if (drafts.length >= MOST_LINKS) break
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

/** Newest first; of one entry, as they were told. */
function inOrder(drafts: readonly Draft[]): readonly Draft[] {
  return drafts.toSorted((one, other) =>
    other.entry.at - one.entry.at || other.entry.id - one.entry.id)
}

function linkOf(
  view: TraceView, { entry, name, values, because }: Draft, podUid: string | undefined,
): WhyLink {
  const [field] = fieldsOf(because)
  const manifest = field?.origin === 'manifest' && podUid !== undefined
    ? manifestLine(view, podUid, field, entry) : undefined
  return { at: entry.at, entry: entry.id, name, values, ...(manifest ? { manifest } : {}) }
}

/** The line that decided. A default stands in no file: then it is named. */
function originOf(
  view: TraceView, asked: TimelineEntry, decisive: readonly Because[] | undefined, podUid: string,
): WhyLink | undefined {
  const { at, id: entry } = asked
  for (const field of fieldsOf(decisive)) {
    // What a command brought along ends with the command.
    if (field.origin === 'command') return undefined
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
