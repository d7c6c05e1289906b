/** A moment in UTC, taken apart; the simulator has no other time zone. */
export interface Moment {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly millisecond: number
  /** 0 is Sunday. */
  readonly weekday: number
  /** 1 to 366. */
  readonly yearday: number
}

const dayMillis = 86_400_000

export const monthNames = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October',
  'November', 'December',
] as const

export const dayNames = [
  'Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday',
] as const

/** Days since 1970-01-01 of a date in the Gregorian calendar (month 1 to 12). */
export function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

export function epochOf(
  year: number, month: number, day: number, hour = 0, minute = 0, second = 0,
): number {
  return ((daysFromCivil(year, month, day) * 24 + hour) * 60 + minute) * 60_000 + second * 1000
}

export function momentOf(epochMillis: number): Moment {
  const days = Math.floor(epochMillis / dayMillis)
  const rest = epochMillis - days * dayMillis
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460)
    + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365)
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return {
    year, month, day,
    hour: Math.floor(rest / 3_600_000), minute: Math.floor(rest / 60_000) % 60,
    second: Math.floor(rest / 1000) % 60, millisecond: rest % 1000,
    weekday: ((days + 4) % 7 + 7) % 7, yearday: days - daysFromCivil(year, 1, 1) + 1,
  }
}

export function two(number: number): string {
  return number < 10 && number >= 0 ? `0${number}` : String(number)
}

/** `Nov 21 03:32`, or with the year where the moment is half a year away, as `ls -l` prints it. */
export function listingTime(epochMillis: number, nowMillis: number): string {
  const at = momentOf(epochMillis)
  const date = `${monthNames[at.month - 1]!.slice(0, 3)} ${String(at.day).padStart(2)}`
  const age = nowMillis - epochMillis
  const halfYear = 31_556_952_000 / 2
  return age > halfYear || age < -60_000
    ? `${date}  ${at.year}` : `${date} ${two(at.hour)}:${two(at.minute)}`
}
