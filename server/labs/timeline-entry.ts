import type { Entry } from '../../simulator/trace/entries.ts'
import type { TimelineEntry } from '../protocol.ts'
import { serverLimits } from './limits.ts'

/** Copies live as long as their entries: several pages of one lab are sent the same ones. */
const copies = new WeakMap<Entry, TimelineEntry>()

/** An entry as pages have it: without an API object's body, and with a short line of a log. */
export function timelineEntry(entry: Entry): TimelineEntry {
  if (entry.kind !== 'object' && !isLongLog(entry)) return entry
  const known = copies.get(entry)
  if (known) return known
  const copy = shortened(entry)
  copies.set(entry, copy)
  return copy
}

function isLongLog(entry: Entry): boolean {
  return entry.kind === 'log' && entry.text.length > serverLimits.drawnLogChars
}

function shortened(entry: Entry): TimelineEntry {
  if (entry.kind === 'object') {
    const { object: _body, ...rest } = entry
    return rest
  }
  if (entry.kind !== 'log') return entry
  return { ...entry, text: wholeCharacters(entry.text, serverLimits.drawnLogChars) }
}

/** Cuts without leaving half of a surrogate pair. */
function wholeCharacters(text: string, length: number): string {
  const last = text.charCodeAt(length - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length)
}
