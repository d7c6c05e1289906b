import { parseRfc3339 } from '../../time/dates.ts'
import { humanDuration } from '../../time/human-duration.ts'

/** Age of a timestamp as a table shows it. */
export function age(timestamp: string | null | undefined, nowMillis: number): string {
  const at = parseRfc3339(timestamp ?? '')
  return at === undefined ? '<unknown>' : humanDuration(nowMillis - at)
}
