import { Failure } from '../command/failure.ts'
import { goQuote } from '../text/quote.ts'

/** What --labels says. */
export function labelsOf(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(text.split(',').map((pair) => {
    const [key = '', value, ...more] = pair.split('=')
    if (value === undefined || more.length > 0) throw new Failure(`unexpected label spec: ${pair}`)
    if (key === '') throw new Failure('unexpected empty label key')
    return [key, value]
  }))
}

/** Models strconv.Atoi. */
export function portOf(text: string): number {
  if (/^[-+]?\d{1,15}$/.test(text)) return Number(text)
  throw new Failure(`strconv.Atoi: parsing ${goQuote(text)}: `
    + `${/^[-+]?\d+$/.test(text) ? 'value out of range' : 'invalid syntax'}`)
}
