import type { Moment } from './calendar.ts'
import { dayNames, daysFromCivil, epochOf, monthNames, two } from './calendar.ts'

type Padding = '' | '-' | '_' | '0' | '^' | '#'

/** Models strftime(3) in UTC and the C locale; unknown letters stay as they are written. */
export function strftime(format: string, at: Moment, zone = 'UTC'): string {
  return format.replace(/%([-_0^#]?)(:{0,3}[a-zA-Z%])/g, (whole, flag: Padding, letter: string) => {
    const value = field(letter, at, zone)
    if (value === undefined) return whole
    if (flag === '^') return value.toUpperCase()
    if (flag === '-')
      return /^0*\d+$/.test(value) ? value.replace(/^0+(?=\d)/, '') : value.trimStart()
    if (flag === '_') return value.replace(/^0+(?=\d)/, (zeros) => ' '.repeat(zeros.length))
    if (flag === '0') return value.replace(/^ +/, (spaces) => '0'.repeat(spaces.length))
    return value
  })
}

function field(letter: string, at: Moment, zone: string): string | undefined {
  return dateField(letter, at) ?? timeField(letter, at, zone)
}

function dateField(letter: string, at: Moment): string | undefined {
  switch (letter) {
    case 'Y': return String(at.year)
    case 'C': return two(Math.floor(at.year / 100))
    case 'y': return two(at.year % 100)
    case 'm': return two(at.month)
    case 'd': return two(at.day)
    case 'e': return String(at.day).padStart(2)
    case 'j': return String(at.yearday).padStart(3, '0')
    case 'a': return dayNames[at.weekday]!.slice(0, 3)
    case 'A': return dayNames[at.weekday]
    case 'b': case 'h': return monthNames[at.month - 1]!.slice(0, 3)
    case 'B': return monthNames[at.month - 1]
    case 'u': return String(at.weekday || 7)
    case 'w': return String(at.weekday)
    case 'U': return two(Math.floor((at.yearday + 6 - at.weekday) / 7))
    case 'W': return two(Math.floor((at.yearday + 6 - (at.weekday + 6) % 7) / 7))
    case 'V': return two(isoWeek(at).week)
    case 'G': return String(isoWeek(at).year)
    case 'g': return two(isoWeek(at).year % 100)
    case 'D': case 'x': return `${two(at.month)}/${two(at.day)}/${two(at.year % 100)}`
    case 'F': return `${at.year}-${two(at.month)}-${two(at.day)}`
    default: return undefined
  }
}

function timeField(letter: string, at: Moment, zone: string): string | undefined {
  switch (letter) {
    case 'H':
      return two(at.hour)
    case 'I':
      return two(twelve(at))
    case 'k':
      return String(at.hour).padStart(2)
    case 'l':
      return String(twelve(at)).padStart(2)
    case 'M':
      return two(at.minute)
    case 'S':
      return two(at.second)
    case 'N':
      return String(Math.round(at.millisecond * 1e6)).padStart(9, '0')
    case 'p':
      return half(at)
    case 'P':
      return half(at).toLowerCase()
    case 'R':
      return `${two(at.hour)}:${two(at.minute)}`
    case 'T':
    case 'X':
      return clock(at)
    case 'r':
      return `${two(twelve(at))}:${two(at.minute)}:${two(at.second)} ${half(at)}`
    case 's':
      return String(secondsOf(at))
    case 'z':
      return '+0000'
    case ':z':
      return '+00:00'
    case '::z':
      return '+00:00:00'
    case ':::z':
      return '+00'
    case 'Z':
      return zone
    case 'c':
      return strftime('%a %b %e %T %Y', at)
    case 'n':
      return '\n'
    case 't':
      return '\t'
    case '%':
      return '%'
    default:
      return undefined
  }
}

function clock(at: Moment): string {
  return `${two(at.hour)}:${two(at.minute)}:${two(at.second)}`
}

function half(at: Moment): string {
  return at.hour < 12 ? 'AM' : 'PM'
}

function twelve(at: Moment): number {
  return at.hour % 12 || 12
}

function secondsOf(at: Moment): number {
  return epochOf(at.year, at.month, at.day, at.hour, at.minute, at.second) / 1000
}

/** ISO 8601: week 1 is the one with the year's first Thursday. */
function isoWeek(at: Moment): { readonly year: number; readonly week: number } {
  const thursday = at.yearday + 3 - (at.weekday + 6) % 7
  if (thursday < 1) {
    const before = daysFromCivil(at.year, 1, 1) - daysFromCivil(at.year - 1, 1, 1)
    return { year: at.year - 1, week: Math.ceil((thursday + before) / 7) }
  }
  const length = daysFromCivil(at.year + 1, 1, 1) - daysFromCivil(at.year, 1, 1)
  if (thursday > length) return { year: at.year + 1, week: 1 }
  return { year: at.year, week: Math.ceil(thursday / 7) }
}
