import { percentQ } from '../expand/quote.ts'
import type { ShellFlavour } from '../flavour.ts'
import { momentOf } from '../../time/calendar.ts'
import { strftime } from '../../time/strftime.ts'

/** The result of a printf: text, complaints in the order they arose, and whether `\c` ended it. */
export interface Formatted {
  readonly text: string
  readonly problems: readonly FormatProblem[]
}

export type FormatProblem =
  | { readonly kind: 'number'; readonly word: string }
  | { readonly kind: 'directive'; readonly word: string }

interface State {
  text: string
  problems: FormatProblem[]
  args: readonly string[]
  at: number
  stopped: boolean
  flavour: ShellFlavour
  times: Times
}

/** In seconds since 1970. */
export interface Times { readonly now: number; readonly start: number }

/** bash's `%(format)T`: -1 is now, -2 the start of the shell. */
const timeDirective = /^%([-+ 0#']*)(\*|\d+)?(?:\.(\*|\d+)?)?\(([^)]*)\)T/

const directive = /^%([-+ 0#']*)(\*|\d+)?(?:\.(\*|\d+)?)?(?:[hlLqjzt]*)([a-zA-Z%])/

/** POSIX printf: the format is used again while arguments are left. */
export function formatPrintf(
  format: string, args: readonly string[], flavour: ShellFlavour,
  times: Times = { now: 0, start: 0 },
): Formatted {
  const state: State = { text: '', problems: [], args, at: 0, stopped: false, flavour, times }
  do {
    const before = state.at
    once(format, state)
    if (state.at === before) break
  } while (state.at < args.length && !state.stopped)
  return { text: state.text, problems: state.problems }
}

function once(format: string, state: State): void {
  for (let at = 0; at < format.length && !state.stopped;) {
    const key = format[at]!
    if (key === '\\') {
      const escape = readEscape(format, at, 'format', state.flavour)
      if (escape.stop) state.stopped = true
      state.text += escape.text
      at = escape.end
    } else if (key === '%') {
      const time = state.flavour === 'bash' ? timeDirective.exec(format.slice(at)) : null
      if (time) {
        state.text += timeText(time, state)
        at += time[0].length
        continue
      }
      const match = directive.exec(format.slice(at))
      if (!match) {
        // dash names it up to the letter it does not know.
        const shown = state.flavour === 'dash' ? /^%[-+ 0#'\d.*]*.?/s.exec(format.slice(at)) : null
        state.problems.push({ kind: 'directive', word: shown?.[0] ?? format.slice(at) })
        state.stopped = true
        return
      }
      state.text += convert(match, format.slice(at + match[0].length), state)
      at += match[0].length
    } else {
      state.text += key
      at++
    }
  }
}

function convert(match: RegExpExecArray, tail: string, state: State): string {
  const [whole, flags = '', widthText, precisionText, letter = ''] = match
  if (letter === '%') return '%'
  const width = widthText === '*' ? toNumber(next(state), state) : Number(widthText ?? 0)
  const hasPrecision = /\./.test(whole)
  const precision = !hasPrecision ? undefined
    : precisionText === '*' ? toNumber(next(state), state) : Number(precisionText ?? 0)
  const left = flags.includes('-') || width < 0
  const body = conversion(letter, flags, precision, state)
  if (body === undefined) {
    const rest = state.flavour === 'ash' ? tail : ''
    state.problems.push({ kind: 'directive', word: whole + rest })
    state.stopped = true
    return ''
  }
  const zero = flags.includes('0') && !left && /[diouxXeEfFgG]/.test(letter)
    && (precision === undefined || /[eEfFgG]/.test(letter))
  return pad(body, Math.abs(width), left, zero)
}

function timeText(match: RegExpExecArray, state: State): string {
  const [, flags = '', widthText, precision, format = ''] = match
  const width = widthText === '*' ? toNumber(next(state), state) : Number(widthText ?? 0)
  const word = next(state)
  const given = word === undefined ? -1 : Number(toInteger(word, state))
  const seconds = given === -1 ? state.times.now : given === -2 ? state.times.start : given
  const shown = strftime((format || '%X').replaceAll('%N', '%%N'), momentOf(seconds * 1000))
  const cut = precision === undefined ? shown : shown.slice(0, Number(precision))
  return pad(cut, Math.abs(width), flags.includes('-') || width < 0, false)
}

function conversion(
  letter: string, flags: string, precision: number | undefined, state: State,
): string | undefined {
  switch (letter) {
    case 's': return (next(state) ?? '').slice(0, precision)
    case 'b': {
      const { text, stop } = expandEscapes(next(state) ?? '', 'argument', state.flavour)
      if (stop) state.stopped = true
      return text.slice(0, precision)
    }
    case 'Q':
    case 'q': return state.flavour !== 'bash' ? undefined
      : percentQ(next(state) ?? '').slice(0, precision)
    case 'c': return (next(state) ?? '').slice(0, 1)
    case 'd': case 'i': return signed(toInteger(next(state), state), flags, precision)
    case 'u': return digits(BigInt.asUintN(64, toInteger(next(state), state)).toString(), precision)
    case 'o': return digits(based(state, 8), precision, flags.includes('#') ? '0' : '')
    case 'x': return digits(based(state, 16), precision, flags.includes('#') ? '0x' : '')
    case 'X':
      return digits(based(state, 16), precision, flags.includes('#') ? '0x' : '').toUpperCase()
    case 'f': case 'F':
      return plus(toNumber(next(state), state), flags, (value) => value.toFixed(precision ?? 6))
    case 'e': case 'E': {
      const text = plus(toNumber(next(state), state), flags, (value) =>
        exponent(value, precision ?? 6)
      )
      return letter === 'E' ? text.toUpperCase() : text
    }
    case 'g': case 'G':
      return plus(toNumber(next(state), state), flags, (value) => general(value, precision ?? 6))
    default: return undefined
  }
}

function next(state: State): string | undefined {
  // An argument that is missing counts as used, or a format without any would repeat for ever.
  return state.at < state.args.length ? state.args[state.at++] : undefined
}

function based(state: State, base: number): string {
  return BigInt.asUintN(64, toInteger(next(state), state)).toString(base)
}

function toInteger(word: string | undefined, state: State): bigint {
  if (word === '' && state.flavour === 'ash') state.problems.push({ kind: 'number', word })
  if (word === undefined || word === '') return 0n
  if (/^['"]/.test(word)) return BigInt(word.codePointAt(1) ?? 0)
  const match = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|\d+)/.exec(word)
  if (!match || match[0] !== word) state.problems.push({ kind: 'number', word })
  // busybox takes a number with a tail for none at all.
  if (!match || (state.flavour === 'ash' && match[0] !== word)) return 0n
  const octal = /^0\d/.test(match[2]!) && !/[89xX]/.test(match[2]!)
  const size = BigInt(octal ? `0o${match[2]!.slice(1)}` : match[2]!.replace(/^0+(?=\d)/, ''))
  return match[1] === '-' ? -size : size
}

function toNumber(word: string | undefined, state: State): number {
  if (word === undefined || word === '') return 0
  const value = Number(word)
  if (!Number.isNaN(value)) return value
  state.problems.push({ kind: 'number', word })
  const start = Number.parseFloat(word)
  return Number.isNaN(start) ? 0 : start
}

function signed(value: bigint, flags: string, precision: number | undefined): string {
  const size = (value < 0n ? -value : value).toString().padStart(precision ?? 1, '0')
  return (value < 0n ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '') + size
}

function digits(text: string, precision: number | undefined, prefix = ''): string {
  return prefix + text.padStart(precision ?? 1, '0')
}

function plus(value: number, flags: string, show: (value: number) => string): string {
  return (flags.includes('+') && value >= 0 ? '+' : '') + show(value)
}

function exponent(value: number, precision: number): string {
  return value.toExponential(precision).replace(/e([-+])(\d)$/, 'e$10$2')
}

function general(value: number, precision: number): string {
  if (value === 0) return '0'
  const size = Math.floor(Math.log10(Math.abs(value)))
  const text = size < -4 || size >= precision ? exponent(value, Math.max(0, precision - 1))
    : value.toFixed(Math.max(0, precision - 1 - size))
  return text.includes('.') ? text.replace(/\.?0+(?=e|$)/, '') : text
}

function pad(text: string, width: number, left: boolean, zero: boolean): string {
  if (text.length >= width) return text
  if (left) return text.padEnd(width)
  if (!zero) return text.padStart(width)
  const sign = /^[-+ ]?(?:0x)?/i.exec(text)?.[0] ?? ''
  return sign + text.slice(sign.length).padStart(width - sign.length, '0')
}

const simple: Readonly<Record<string, string>> = {
  a: '\x07', b: '\b', e: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\', E: '\x1b',
}

export interface Escape { readonly text: string; readonly end: number; readonly stop: boolean }

/** Of echo, printf's format, and an argument of its %b. */
export type EscapePlace = 'echo' | 'format' | 'argument'

/** One backslash escape at `at`. */
export function readEscape(
  source: string, at: number, place: EscapePlace, flavour: ShellFlavour,
): Escape {
  const key = source[at + 1]
  if (key === undefined) return { text: '\\', end: at + 1, stop: false }
  if (key === 'c' && (place !== 'format' || flavour === 'ash'))
    return { text: '', end: source.length, stop: true }
  if (simple[key] !== undefined) return { text: simple[key], end: at + 2, stop: false }
  const octal = octalDigits(place, flavour).exec(source.slice(at + 1))
  if (octal) {
    return {
      text: String.fromCharCode(Number.parseInt(octal[0], 8) & 255),
      end: at + 1 + octal[0].length,
      stop: false,
    }
  }
  const hex = codeDigits[flavour]?.exec(source.slice(at + 1))
  if (hex) {
    const code = Number.parseInt(hex[1] ?? hex[2] ?? hex[3]!, 16)
    return {
      text: code <= 0x10ffff ? String.fromCodePoint(code) : '',
      end: at + 1 + hex[0].length,
      stop: false,
    }
  }
  if ((key === '"' || key === "'") && place === 'format')
    return { text: key, end: at + 2, stop: false }
  return { text: `\\${key}`, end: at + 2, stop: false }
}

/** Octal is `\nnn` in a format, `\0nnn` elsewhere; all but bash's echo take both there. */
function octalDigits(place: EscapePlace, flavour: ShellFlavour): RegExp {
  if (place === 'format') return /^[0-7]{1,3}/
  return place === 'echo' && flavour === 'bash' ? /^0[0-7]{0,3}/
    : /^(?:0[0-7]{0,3}|[1-7][0-7]{0,2})/
}

/** dash knows no hexadecimal escapes, ash those of a byte. */
const codeDigits: Readonly<Partial<Record<ShellFlavour, RegExp>>> = {
  ash: /^x([0-9a-fA-F]{1,2})/,
  bash: /^x([0-9a-fA-F]{1,2})|^u([0-9a-fA-F]{1,4})|^U([0-9a-fA-F]{1,8})/,
}

export function expandEscapes(
  source: string, place: EscapePlace, flavour: ShellFlavour,
): { text: string; stop: boolean } {
  let text = ''
  for (let at = 0; at < source.length;) {
    if (source[at] !== '\\') {
      text += source[at++]
      continue
    }
    const escape = readEscape(source, at, place, flavour)
    text += escape.text
    if (escape.stop) return { text, stop: true }
    at = escape.end
  }
  return { text, stop: false }
}
