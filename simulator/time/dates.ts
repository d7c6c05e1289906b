const dayMillis = 86_400_000

/** `2026-11-21T02:45:36Z`: a moment cut to whole seconds, as the API writes it. */
export function rfc3339(epochMillis: number): string {
  const { year, month, day } = civil(Math.floor(epochMillis / dayMillis))
  const rest = Math.floor(mod(epochMillis, dayMillis) / 1000)
  const [hours, minutes] = [Math.floor(rest / 3600), Math.floor(rest / 60) % 60]
  return `${two(year, 4)}-${two(month)}-${two(day)}T`
    + `${two(hours)}:${two(minutes)}:${two(rest % 60)}Z`
}

/** `2026-11-21T02:45:36.123456000Z`: nine digits, as container logs have them. */
export function rfc3339Nano(epochMillis: number): string {
  const micros = Math.round(mod(epochMillis, 1000) * 1000)
  return `${rfc3339(epochMillis).slice(0, -1)}.${two(micros, 6)}000Z`
}

/** Unix milliseconds of a time as the API writes it; undefined if it is none. */
export function parseRfc3339(text: string): number | undefined {
  const form = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(?:Z|([+-])(\d\d):(\d\d))$/
  const match = form.exec(text)
  if (!match) return undefined
  const [year, month, day, hours, minutes, seconds] = match.slice(1, 7).map(Number)
  const fraction = Number(match[7] ?? '0')
  const offset = match[8] ? Number(match[9]) * 60 + Number(match[10]) : 0
  const signed = match[8] === '-' ? -offset : offset
  const days = daysFromCivil(year!, month!, day!)
  return days * dayMillis + ((hours! * 60 + minutes! - signed) * 60 + seconds! + fraction) * 1000
}

function two(value: number, digits = 2): string {
  return String(value).padStart(digits, '0')
}

function mod(value: number, by: number): number {
  return ((value % by) + by) % by
}

/** Year, month and day of a count of days since 1970 (proleptic Gregorian, eras of 400 years). */
export function civil(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460)
    + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4)
    - Math.floor(yearOfEra / 100))
  const part = Math.floor((5 * dayOfYear + 2) / 153)
  const month = part < 10 ? part + 3 : part - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
    day: dayOfYear - Math.floor((153 * part + 2) / 5) + 1,
  }
}

function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100)
    + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}
