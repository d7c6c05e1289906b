import type { TimelineEntry } from '../../server/protocol.ts'

/** Entries at which a reader stops who goes from one event to the next. */
const STOPS: ReadonlySet<TimelineEntry['kind']> = new Set([
  'command-end', 'pod-status', 'event', 'pull-start', 'pull-end', 'container-started',
  'container-exited', 'hook-start', 'hook-end', 'hook-abandoned', 'grace-start', 'stop', 'signal',
  'limit',
])
/** A command is looked at as it stood typed, before Enter: there another one may be typed. */
const BEFORE_ENTER_MILLIS = 1
/** Nearer moments are one for who looks. */
const SAME_MILLIS = 0.5

/** The moments of what happened, in order. Entries of a lab are in the order of time. */
export function momentsOf(entries: readonly TimelineEntry[]): readonly number[] {
  const moments: number[] = [0]
  const add = (at: number) => {
    if (at > (moments.at(-1) ?? 0) + SAME_MILLIS) moments.push(at)
  }
  for (const entry of entries) {
    if (entry.kind === 'command') add(entry.at - BEFORE_ENTER_MILLIS)
    else if (STOPS.has(entry.kind)) add(entry.at)
    else if (entry.kind === 'probe' && entry.result !== 'success') add(entry.at)
  }
  return moments
}

/** The last moment before this one, if there is one. */
export function before(moments: readonly number[], millis: number): number | undefined {
  return moments.findLast((moment) => moment < millis - SAME_MILLIS)
}

/** The first moment after this one, if it has happened. */
export function after(moments: readonly number[], millis: number): number | undefined {
  return moments.find((moment) => moment > millis + SAME_MILLIS)
}
