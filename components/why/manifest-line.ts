import type { TimelineEntry } from '../../server/protocol.ts'
import type { Because } from '../../simulator/trace/entries.ts'
import type { ManifestLine } from './links.ts'
import type { TraceView } from './trace-view.ts'

type Field = Extract<Because, { readonly field: string }>

/** Where the pod's spec stands in a manifest of what makes pods. */
const TEMPLATES = ['', 'spec.template.', 'spec.jobTemplate.spec.template.']

/** The line that a pod's field came from: of the request that wrote it last, up to an entry. */
export function manifestLine(
  view: TraceView, podUid: string, { field, value }: Field, until: TimelineEntry,
): ManifestLine | undefined {
  for (const source of sourcesOf(view, podUid, until)) {
    for (const template of TEMPLATES) {
      const line = source.lines[`${template}${field}`]
      if (line === undefined) continue
      return { path: source.path, hash: source.hash, line, field, value }
    }
  }
  return undefined
}

/** Manifests behind a pod, the newest first: those sent for it, and for what made it. */
function* sourcesOf(view: TraceView, podUid: string, until: TimelineEntry) {
  for (const entry of view.entries.toReversed()) {
    if (entry.id > until.id || entry.kind !== 'object' || entry.uid !== podUid) continue
    const isBirth = entry.change === 'ADDED'
    for (let at = view.cause(entry); at; at = view.cause(at)) {
      if (at.kind === 'request' && at.source && (isBirth || at.id === entry.cause)) yield at.source
    }
  }
}
