import type { Dialect } from '../command.ts'
import { hexByte, isPrintable } from './byte-text.ts'

/** One way of showing the bytes of a line: od prints a line for each. */
export interface OdType {
  readonly size: number
  readonly width: number
  readonly show: (bytes: string) => string
  /** `z`: printable characters at the end of the line. */
  readonly trailer: boolean
}

export type ParsedTypes =
  | { readonly ok: true; readonly types: readonly OdType[] }
  /** `text` with `{}` where the type string, quoted, stands. */
  | { readonly ok: false; readonly text: string; readonly simulated: boolean }

const names = (
  'nul soh stx etx eot enq ack bel bs ht nl vt ff cr so si '
  + 'dle dc1 dc2 dc3 dc4 nak syn etb can em sub esc fs gs rs us sp'
).split(' ')

const escapes: Readonly<Record<string, string>> = {
  '\0': '\\0', '\x07': '\\a', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t',
  '\v': '\\v',
}

/** Digits of the largest number of so many bytes. */
const digits: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  o: { 1: 3, 2: 6, 4: 11, 8: 22 },
  d: { 1: 4, 2: 6, 4: 11, 8: 20 },
  u: { 1: 3, 2: 5, 4: 10, 8: 20 },
  x: { 1: 2, 2: 4, 4: 8, 8: 16 },
}

const letterSizes: Readonly<Record<string, number>> = { C: 1, S: 2, I: 4, L: 8 }

export function byteEscape(byte: string): string {
  const code = byte.charCodeAt(0)
  return escapes[byte] ?? (isPrintable(code) ? byte : code.toString(8).padStart(3, '0'))
}

function byteName(byte: string): string {
  const code = byte.charCodeAt(0) & 127
  return code === 127 ? 'del' : names[code] ?? String.fromCharCode(code)
}

/** The number these bytes are; the first counts least, as on the recorded machines. */
export function numberOf(bytes: string): bigint {
  let hex = ''
  for (let at = bytes.length - 1; at >= 0; at--) hex += hexByte(bytes.charCodeAt(at))
  return BigInt(`0x${hex}`)
}

function integerType(letter: string, size: number, bigEndian: boolean, z: boolean): OdType {
  const width = digits[letter]![size]!
  const read = (bytes: string): bigint =>
    numberOf(bigEndian ? Array.from(bytes).reverse().join('') : bytes)
  const shows: Readonly<Record<string, (bytes: string) => string>> = {
    o: (bytes) => read(bytes).toString(8).padStart(width, '0'),
    x: (bytes) => read(bytes).toString(16).padStart(width, '0'),
    u: (bytes) => read(bytes).toString(),
    d: (bytes) => BigInt.asIntN(size * 8, read(bytes)).toString(),
  }
  return { size, width, show: shows[letter]!, trailer: z }
}

/** Models coreutils od.c decode_format_string: types one behind another, as `x1c`. */
export function parseTypes(text: string, dialect: Dialect, bigEndian = false): ParsedTypes {
  const types: OdType[] = []
  let rest = text
  while (rest !== '') {
    const letter = rest[0]!
    if (letter === 'f') return { ok: false, text: "'-t f'", simulated: false }
    if (letter === 'a' || letter === 'c') {
      const trailer = rest[1] === 'z'
      types.push({ size: 1, width: 3, show: letter === 'a' ? byteName : byteEscape, trailer })
      rest = rest.slice(trailer ? 2 : 1)
      continue
    }
    const match = /^[doux](?:([CSIL])|(\d+))?(z?)/.exec(rest)
    if (!match)
      return { ok: false, text: `invalid character '${letter}' in type string {}`, simulated: true }
    const size = sizeOf(match[1], match[2], rest.slice(match[0].length - match[3]!.length), dialect)
    if (digits[letter]![size] === undefined) {
      const why = dialect === 'gnu'
        ? `\nthis system doesn't provide a ${size}-byte integral type`
        : ` ${size}-byte integral type is not supported`
      return { ok: false, text: `invalid type string {};${why}`, simulated: true }
    }
    types.push(integerType(letter, size, bigEndian, match[3] === 'z'))
    rest = rest.slice(match[0].length)
  }
  return { ok: true, types }
}

function sizeOf(
  letter: string | undefined, number: string | undefined, after: string, dialect: Dialect,
): number {
  if (letter !== undefined) return letterSizes[letter]!
  if (number === undefined) return 4
  // BusyBox' bb_strtou takes a number with a letter behind it for none, and answers UINT_MAX.
  if (dialect === 'busybox' && /^[a-zA-Z]/.test(after)) return 4_294_967_295
  return Number(number)
}
