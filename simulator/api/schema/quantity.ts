// Resource quantities such as `100m` and `64Mi`, exact in billionths.

export interface ParsedQuantity {
  /** In units of 10^-9. */
  readonly nanos: bigint
  readonly format: 'decimal' | 'binary' | 'exponent'
}

const REGEX = /^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$/
const MISMATCH = 'quantities must match the regular expression '
  + "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
const DECIMAL: Readonly<Record<string, number>> = {
  n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18,
}
const BINARY: Readonly<Record<string, number>> = { Ki: 1, Mi: 2, Gi: 3, Ti: 4, Pi: 5, Ei: 6 }

/** Models apimachinery/pkg/api/resource ParseQuantity; a text is its error. */
export function parseQuantity(text: string): ParsedQuantity | string {
  const match = REGEX.exec(text)
  if (!match) return MISMATCH
  const number = /^([+-]?)([0-9]*)(?:\.([0-9]*))?$/.exec(match[1]!)
  if (!number || (number[2] === '' && !number[3])) {
    return 'unable to parse numeric part of quantity'
  }
  const suffix = match[2]!
  const fraction = (number[3] ?? '').slice(0, DIGITS_MOST)
  const digits = BigInt(`${number[2]!.replace(/^0+/, '').slice(0, DIGITS_MOST)}${fraction}` || '0')
  const signed = number[1] === '-' ? -digits : digits
  const scale = -fraction.length
  if (Object.hasOwn(BINARY, suffix)) {
    const factor = 1024n ** BigInt(BINARY[suffix]!)
    return { nanos: capped(scaled(signed * factor, scale + 9)), format: 'binary' }
  }
  const exponent = Object.hasOwn(DECIMAL, suffix) ? DECIMAL[suffix] : exponentOf(suffix)
  if (exponent === undefined) return "unable to parse quantity's suffix"
  const format = Object.hasOwn(DECIMAL, suffix) ? 'decimal' : 'exponent'
  return { nanos: capped(scaled(signed, scale + exponent + 9)), format }
}

/** The canonical text, as the server stores it: `1024Mi` becomes `1Gi`, `0.5` becomes `500m`. */
export function canonicalQuantity(quantity: ParsedQuantity): string {
  const { nanos, format } = quantity
  if (nanos === 0n) return '0'
  const whole = nanos % NANO === 0n
  const small = nanos > -1024n * NANO && nanos < 1024n * NANO
  if (format === 'binary' && whole && !small) return binaryText(nanos / NANO)
  let mantissa = nanos
  let exponent = -9
  while (mantissa % 1000n === 0n && exponent < 18) {
    mantissa /= 1000n
    exponent += 3
  }
  if (format === 'exponent') return exponent === 0 ? `${mantissa}` : `${mantissa}e${exponent}`
  return `${mantissa}${Object.keys(DECIMAL).find((suffix) => DECIMAL[suffix] === exponent)}`
}

/** Billionths of a stored quantity; 0n for what cannot be read. */
export function nanosOf(quantity: string | number | undefined): bigint {
  const parsed = parseQuantity(String(quantity ?? '0'))
  return typeof parsed === 'string' ? 0n : parsed.nanos
}

export const NANO = 1_000_000_000n

/** Beyond these a quantity is as large, or as small, as any can be. */
const DIGITS_MOST = 60
const EXPONENT_MOST = 60
const MOST = (2n ** 63n - 1n) * NANO

function capped(nanos: bigint): bigint {
  return nanos > MOST ? MOST : nanos < -MOST ? -MOST : nanos
}

function binaryText(value: bigint): string {
  let mantissa = value
  let power = 0
  while (mantissa % 1024n === 0n && power < 6) {
    mantissa /= 1024n
    power++
  }
  return `${mantissa}${power === 0 ? '' : Object.keys(BINARY)[power - 1]}`
}

function exponentOf(suffix: string): number | undefined {
  const match = /^[eE]([-+]?[0-9]+)$/.exec(suffix)
  return match ? Math.max(-EXPONENT_MOST, Math.min(EXPONENT_MOST, Number(match[1]))) : undefined
}

/** Rounds up, away from zero, below a billionth. */
function scaled(value: bigint, exponent: number): bigint {
  if (exponent >= 0) return value * 10n ** BigInt(exponent)
  const divisor = 10n ** BigInt(-exponent)
  const quotient = value / divisor
  if (value % divisor === 0n) return quotient
  return value > 0n ? quotient + 1n : quotient - 1n
}
