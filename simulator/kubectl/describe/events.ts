import type { EventObject } from '../../api/kinds.ts'
import { humanDuration } from '../../time/human-duration.ts'
import { parseTime } from '../text/duration.ts'
import type { Lines } from './writer.ts'

/** Models kubectl/describe DescribeEvents; none at all are told with --show-events=false. */
export function describeEvents(
  lines: Lines, events: readonly EventObject[] | undefined, now: number, level = 0,
): void {
  if (!events) return
  if (events.length === 0) {
    lines.field(level, 'Events', '<none>')
    return
  }
  lines.flush()
  lines.line(level, 'Events:')
  lines.flush()
  lines.line(level + 1, 'Type\tReason\tAge\tFrom\tMessage')
  lines.line(level + 1, '----\t------\t----\t----\t-------')
  for (const event of byLastSeen(events)) {
    const from = event.source.component || event.reportingComponent
    lines.line(level + 1, [
      event.type ?? '', event.reason ?? '', eventAge(event, now), from,
      (event.message ?? '').trim(),
    ].join('\t'))
  }
}

/** An absent time sorts first, so what the scheduler said leads. */
function byLastSeen(events: readonly EventObject[]): readonly EventObject[] {
  const seen = (event: EventObject) => parseTime(event.lastTimestamp) ?? -Infinity
  return events.map((event, at) => ({ event, at }))
    .sort((a, b) => {
      const [one, two] = [seen(a.event), seen(b.event)]
      return one === two ? a.at - b.at : one < two ? -1 : 1
    })
    .map(({ event }) => event)
}

/** `3s`, or `3s (x4 over 64s)` for what was seen more than once. */
export function eventAge(event: EventObject, now: number): string {
  const since = (time: unknown) => {
    const at = parseTime(time)
    return at === undefined ? '<unknown>' : humanDuration(now - at)
  }
  const first = since(event.eventTime ?? event.firstTimestamp)
  if (event.series) {
    return `${since(event.series.lastObservedTime)} (x${event.series.count ?? 0} over ${first})`
  }
  const count = event.count ?? 0
  return count > 1
    ? `${since(event.lastTimestamp)} (x${count} over ${since(event.firstTimestamp)})` : first
}
