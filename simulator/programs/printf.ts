import type { Process, ExitCode } from '../kernel/types.ts'
import type { Task } from '../time/tasks.ts'
import { Call } from './command.ts'
import type { Dialect, ProgramFamily } from './command.ts'
import { unescapeText } from './escapes.ts'
import { helpText, busyboxBanner } from './help.ts'

const conversion = /%([-+ #0']*)(\*|\d+)?(?:\.(\*|\d*))?([diouxXeEfFgGcsbq%])/y

export const printf: ProgramFamily = (dialect) => function* run(process) {
  const name = dialect === 'gnu' ? process.argv[0] ?? 'printf' : 'printf'
  const args = process.argv.slice(1)
  if (args[0] === '--') args.shift()
  const call = new Call(process, dialect, name, [], args)
  if (args.length === 0) return yield* missingOperand(call, process, dialect)
  return yield* printAll(call, args[0]!, args.slice(1))
}

function* missingOperand(call: Call, process: Process, dialect: Dialect): Task<ExitCode> {
  if (dialect === 'gnu') return yield* call.misuse('missing operand')
  yield* process.write(2, busyboxBanner + helpText('busybox', 'printf'))
  return 1
}

/** The format is used again and again until all arguments are taken. */
function* printAll(call: Call, format: string, args: readonly string[]): Task<ExitCode> {
  let next = 0
  const take = (): string | undefined => args[next++]
  do {
    const before = next
    const round = yield* printOnce(call, format, take)
    yield* call.out(round.text)
    if (round.stop || next === before) break
  } while (next < args.length)
  return call.exitCode
}

function* printOnce(
  call: Call, format: string, take: () => string | undefined,
): Task<{ readonly text: string; readonly stop: boolean }> {
  let out = ''
  let at = 0
  while (at < format.length) {
    const percent = format.indexOf('%', at)
    const literal = unescapeText(format.slice(at, percent < 0 ? undefined : percent), 'format')
    out += literal.text
    if (literal.stop) return { text: out, stop: true }
    if (percent < 0) break
    conversion.lastIndex = percent
    const match = conversion.exec(format)
    if (!match) {
      const word = format.slice(percent, percent + 2)
      yield* call.out(out)
      yield* call.complain(call.gnu
        ? `${word}: invalid conversion specification` : `${word}: invalid format`)
      return { text: '', stop: true }
    }
    at = percent + match[0].length
    const piece = yield* convert(call, match, take)
    out += piece.text
    if (piece.stop) return { text: out, stop: true }
  }
  return { text: out, stop: false }
}

function* convert(
  call: Call, match: RegExpExecArray, take: () => string | undefined,
): Task<{ readonly text: string; readonly stop: boolean }> {
  const letter = match[4]!
  if (letter === '%') return { text: '%', stop: false }
  const width = match[2] === '*' ? Number(take() ?? 0) : Number(match[2] ?? 0)
  const flags = (match[1] ?? '') + (width < 0 ? '-' : '')
  const precision = match[3] === undefined ? undefined
    : match[3] === '*' ? Number(take() ?? 0) : Number(match[3] || 0)
  const word = take()
  if (letter === 'b') {
    const unescaped = unescapeText(word ?? '', 'echo')
    return { text: pad(unescaped.text.slice(0, precision), width, flags), stop: unescaped.stop }
  }
  if (letter === 's' || letter === 'q') {
    return { text: pad((word ?? '').slice(0, precision), width, flags), stop: false }
  }
  if (letter === 'c') return { text: pad((word ?? '').slice(0, 1), width, flags), stop: false }
  const number = yield* numberOf(call, word)
  return { text: pad(formatNumber(number, letter, flags, precision), width, flags), stop: false }
}

function* numberOf(call: Call, word: string | undefined): Task<number> {
  if (word === undefined || word === '') return 0
  if (/^["']/.test(word)) return word.codePointAt(1) ?? 0
  const match =
    /^\s*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]+(?![\d.])|\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+)?/.exec(word)!
  const digits = match[2] ?? ''
  const value = /^0[0-7]+$/.test(digits) ? parseInt(digits, 8) : Number(digits || 0)
  if (match[0].length < word.length || digits === '') {
    yield* call.complain(
      !call.gnu
        ? `invalid number '${word}'`
        : digits === ''
          ? `${call.quote(word)}: expected a numeric value`
          : `${call.quote(word)}: value not completely converted`,
    )
  }
  return match[1] === '-' ? -value : value
}

export function formatNumber(
  number: number, letter: string, flags: string, precision: number | undefined,
): string {
  const sign = number < 0 ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
  const size = Math.abs(number)
  switch (letter) {
    case 'd': case 'i': return sign + String(Math.trunc(size)).padStart(precision ?? 1, '0')
    case 'u': case 'o': case 'x': case 'X': {
      const whole = BigInt.asUintN(64, BigInt(Math.trunc(number)))
      const radix = letter === 'o' ? 8 : letter === 'u' ? 10 : 16
      const prefix =
        !flags.includes('#') || whole === 0n
          ? ''
          : letter === 'o'
            ? '0'
            : letter === 'x'
              ? '0x'
              : letter === 'X'
                ? '0X'
                : ''
      const digits = prefix + whole.toString(radix).padStart(precision ?? 1, '0')
      return letter === 'X' ? digits.toUpperCase() : digits
    }
    case 'e': case 'E': {
      const text = size.toExponential(precision ?? 6).replace(/e([-+])(\d)$/, 'e$10$2')
      return sign + (letter === 'E' ? text.toUpperCase() : text)
    }
    case 'g': case 'G': return sign + general(size, precision ?? 6)
    default: return sign + size.toFixed(precision ?? 6)
  }
}

function general(size: number, precision: number): string {
  if (size === 0) return '0'
  const digits = precision || 1
  const exponent = Math.floor(Math.log10(size))
  if (exponent < -4 || exponent >= digits) {
    return size.toExponential(digits - 1).replace(/\.?0+e/, 'e').replace(/e([-+])(\d)$/, 'e$10$2')
  }
  const text = size.toFixed(Math.max(0, digits - 1 - exponent))
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

function pad(text: string, width: number, flags: string): string {
  const room = Math.abs(width)
  if (flags.includes('-')) return text.padEnd(room)
  if (flags.includes('0') && /^[-+ ]?[\da-fA-Fx.]+$/.test(text)) {
    const sign = /^[-+ ]/.exec(text)?.[0] ?? ''
    return sign + text.slice(sign.length).padStart(room - sign.length, '0')
  }
  return text.padStart(room)
}
