import { epochOf, momentOf, monthNames } from '../../time/calendar.ts'

const units: Readonly<Record<string, number>> = {
  sec: 1000, second: 1000, min: 60_000, minute: 60_000, hour: 3_600_000, day: 86_400_000,
  week: 604_800_000, fortnight: 1_209_600_000,
}

const isoForm = new RegExp(
  '^(\\d{4})-(\\d\\d?)-(\\d\\d?)(?:[T ](\\d\\d?):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d+))?)?)?'
    + '\\s*(Z|UTC|GMT|[-+]\\d\\d:?\\d\\d)?$',
)

/** The forms of a date that people type (`-d`, `-t`): undefined if it is none of them. */
export function parseDate(words: string, nowMillis: number): number | undefined {
  const text = words.trim()
  if (text === '' ) return startOfDay(nowMillis)
  const epoch = /^@(-?\d+(?:\.\d+)?)$/.exec(text)
  if (epoch) return Number(epoch[1]) * 1000
  return isoDate(text) ?? stamp(text, nowMillis) ?? named(text) ?? timeOfDay(text, nowMillis)
    ?? relative(text, nowMillis)
}

function startOfDay(millis: number): number {
  return Math.floor(millis / 86_400_000) * 86_400_000
}

function isoDate(text: string): number | undefined {
  const match = isoForm.exec(text)
  if (!match) return undefined
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = match
  const [m, d, h] = [Number(month), Number(day), Number(hour)]
  if (m < 1 || m > 12 || d < 1 || d > 31 || h > 23 || Number(minute) > 59) return undefined
  const millis = fraction === '' ? 0 : Number(`0.${fraction}`) * 1000
  return epochOf(Number(year), m, d, h, Number(minute), Number(second)) + millis - offsetOf(zone)
}

function offsetOf(zone: string | undefined): number {
  const match = /^([-+])(\d\d):?(\d\d)$/.exec(zone ?? '')
  if (!match) return 0
  const minutes = Number(match[2]) * 60 + Number(match[3])
  return (match[1] === '-' ? -minutes : minutes) * 60_000
}

/** `[[CC]YY]MMDDhhmm[.ss]`. */
function stamp(text: string, nowMillis: number): number | undefined {
  const match = /^(\d{4}|\d\d)?(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d\d))?$/.exec(text)
  if (!match) return undefined
  const year = match[1] === undefined ? momentOf(nowMillis).year
    : match[1].length === 4 ? Number(match[1]) : 2000 + Number(match[1])
  return epochOf(
    year,
    Number(match[2]),
    Number(match[3]),
    Number(match[4]),
    Number(match[5]),
    Number(match[6] ?? 0),
  )
}

/** `21 Nov 2026 03:00:00`, `Nov 21 2026`, `Sat Nov 21 03:00:00 UTC 2026`. */
function named(text: string): number | undefined {
  const month = monthNames.findIndex((name) => new RegExp(`\\b${name.slice(0, 3)}`, 'i').test(text))
  if (month < 0) return undefined
  const clock = /(\d\d?):(\d\d)(?::(\d\d))?/.exec(text)
  const rest = text.replace(/(\d\d?):(\d\d)(:\d\d)?/, '')
  const year = /\b\d{4}\b/.exec(rest)
  const day = /\b\d{1,2}\b/.exec(rest)
  if (!year || !day) return undefined
  return epochOf(Number(year[0]), month + 1, Number(day[0]), Number(clock?.[1] ?? 0),
    Number(clock?.[2] ?? 0), Number(clock?.[3] ?? 0))
}

function timeOfDay(text: string, nowMillis: number): number | undefined {
  const match = /^(\d\d?):(\d\d)(?::(\d\d))?$/.exec(text)
  if (!match) return undefined
  return (
    startOfDay(nowMillis)
    + (Number(match[1]) * 60 + Number(match[2])) * 60_000
    + Number(match[3] ?? 0) * 1000
  )
}

/** `now`, `yesterday`, `2 hours ago`, `+5 minutes`, `next week`. */
function relative(text: string, nowMillis: number): number | undefined {
  const word = text.toLowerCase()
  if (word === 'now' || word === 'today') return nowMillis
  if (word === 'yesterday') return nowMillis - 86_400_000
  if (word === 'tomorrow') return nowMillis + 86_400_000
  const match = /^(?:now\s*)?([-+]?\s*\d+|next|last)\s*([a-z]+?)s?(\s+ago)?$/.exec(word)
  const unit = units[match?.[2] ?? '']
  if (!match || unit === undefined) return undefined
  const count =
    match[1] === 'next' ? 1 : match[1] === 'last' ? -1 : Number(match[1]!.replace(/\s/g, ''))
  return nowMillis + (match[3] ? -count : count) * unit
}
