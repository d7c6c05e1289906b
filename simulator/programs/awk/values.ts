import type { Dialect } from '../command.ts'
import { formatPrintf } from '../../shell/shell.ts'

/** Text from outside: it counts as a number where it looks like one. Unset is the empty one. */
export class Loose {
  constructor(readonly text: string) {}
}

export type Value = number | string | Loose

export const unset = new Loose('')

const shape = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/

export function toNumber(value: Value): number {
  if (typeof value === 'number') return value
  const found = shape.exec(typeof value === 'string' ? value : value.text)
  return found ? Number(found[0]) : 0
}

function looksNumeric(value: Value): boolean {
  if (typeof value === 'number' || value === unset) return true
  if (typeof value === 'string') return false
  const found = shape.exec(value.text)
  return found !== null && value.text.slice(found[0].length).trim() === ''
}

/** Whole numbers are shown in full, others by CONVFMT; mawk's whole numbers end at 31 bits. */
export function toText(value: Value, dialect: Dialect, format = '%.6g'): string {
  if (typeof value === 'string') return value
  if (typeof value === 'object') return value.text
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf'
  const most = dialect === 'gnu' ? 2 ** 31 - 1 : 2 ** 63
  if (Number.isInteger(value) && Math.abs(value) <= most) return String(BigInt(value))
  return formatPrintf(format, [String(value)], 'bash').text
}

export function isTrue(value: Value): boolean {
  if (typeof value === 'number') return value !== 0
  if (typeof value === 'string') return value !== ''
  return looksNumeric(value) ? toNumber(value) !== 0 : value.text !== ''
}

export function compare(left: Value, right: Value, dialect: Dialect): number {
  if (looksNumeric(left) && looksNumeric(right)) return toNumber(left) - toNumber(right)
  const a = toText(left, dialect)
  const b = toText(right, dialect)
  return a < b ? -1 : a > b ? 1 : 0
}

const directive = /%([-+ #0]*)(\*|\d+)?(\.(?:\*|\d*))?([a-zA-Z%])/g

/** awk's printf takes each argument as its directive wants it, whatever it was. */
export function awkPrintf(format: string, args: readonly Value[], dialect: Dialect): string {
  let at = 0
  const next = (): Value => args[at++] ?? unset
  return format.replace(directive, (whole, flags: string, width = '', exact = '', kind = '') => {
    if (kind === '%') return '%'
    const wide = width === '*' ? String(Math.trunc(toNumber(next()))) : width
    const precise = exact === '.*' ? `.${Math.trunc(toNumber(next()))}` : exact
    const word = `%${flags}${wide}${precise}`
    if ('di'.includes(kind)) return one(`${word}d`, wholeText(toNumber(next())))
    if ('ouxX'.includes(kind)) return one(`${word}${kind}`, wholeText(toNumber(next())))
    if ('eEfFgG'.includes(kind)) return one(`${word}${kind}`, String(toNumber(next())))
    if (kind === 's') return one(`${word}s`, toText(next(), dialect))
    if (kind !== 'c') return whole
    const value = next()
    const text = typeof value === 'number' ? String.fromCodePoint(Math.trunc(value) & 0xffff)
      : toText(value, dialect).slice(0, 1)
    return one(`${word}s`, text)
  })
}

function wholeText(value: number): string {
  return Number.isFinite(value) ? String(BigInt(Math.trunc(value))) : '0'
}

function one(format: string, word: string): string {
  return formatPrintf(format, [word], 'bash').text
}
