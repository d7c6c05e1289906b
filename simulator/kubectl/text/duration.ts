import { civil, parseRfc3339, rfc3339 } from '../../time/dates.ts'
import { humanDuration } from '../../time/human-duration.ts'

/** Age of an RFC 3339 time as tables show it. */
export function age(timestamp: unknown, nowEpochMillis: number): string {
  const at = parseTime(timestamp)
  return at === undefined ? '<unknown>' : humanDuration(nowEpochMillis - at)
}

/** Unix milliseconds of an RFC 3339 text, undefined for null, absent or malformed ones. */
export function parseTime(timestamp: unknown): number | undefined {
  return typeof timestamp === 'string' ? parseRfc3339(timestamp) : undefined
}

const weekdays = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed']
const months = [
  'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec',
]

/** As describe prints times (RFC 1123 with a numeric zone); the workstation's zone is UTC. */
export function longTime(timestamp: unknown): string {
  const at = parseTime(timestamp)
  if (at === undefined) return 'Mon, 01 Jan 0001 00:00:00 +0000'
  const days = Math.floor(at / 86_400_000)
  const { year, month, day } = civil(days)
  const clock = rfc3339(at).slice(11, 19)
  const weekday = weekdays[((days % 7) + 7) % 7]!
  return `${weekday}, ${day < 10 ? '0' : ''}${day} ${months[month - 1]!} ${year} ${clock} +0000`
}

const unitMillis: Readonly<Record<string, number>> = {
  ns: 1e-6, us: 1e-3, 'µs': 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000,
}

/** Models Go's time.ParseDuration: milliseconds, or the words of its error. */
export function parseGoDuration(text: string): number | { readonly error: string } {
  const invalid = { error: `time: invalid duration ${JSON.stringify(text)}` }
  let rest = text
  let sign = 1
  if (/^[+-]/.test(rest)) {
    sign = rest[0] === '-' ? -1 : 1
    rest = rest.slice(1)
  }
  if (rest === '0') return 0
  if (rest === '') return invalid
  let total = 0
  while (rest !== '') {
    const number = /^(\d+\.?\d*|\.\d+)/.exec(rest)
    if (!number) return invalid
    rest = rest.slice(number[0].length)
    const unit = /^[^\d.]+/.exec(rest)
    if (!unit) return { error: `time: missing unit in duration ${JSON.stringify(text)}` }
    const factor = unitMillis[unit[0]]
    if (factor === undefined) {
      return {
        error: `time: unknown unit ${JSON.stringify(unit[0])} in duration ${JSON.stringify(text)}`,
      }
    }
    rest = rest.slice(unit[0].length)
    total += Number(number[0]) * factor
  }
  return sign * total
}
