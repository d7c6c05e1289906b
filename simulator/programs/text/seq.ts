import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { formatNumber } from '../printf.ts'

const blockLines = 500

export const seq = command({
  name: 'seq',
  gnu: 'f|format: s|separator: w|equal-width',
  busybox: 's: w',
  // A negative number is an operand, not an option.
  rewrite: (args, dialect) => {
    // BusyBox stops at the first number, so only that one must not be negative.
    if (dialect === 'busybox') return /^\d/.test(args[0] ?? '') ? ['--', ...args] : args
    const at = args.findIndex((word) => /^-[\d.]/.test(word))
    return at < 0 || args.includes('--') ? args : [...args.slice(0, at), '--', ...args.slice(at)]
  },
  * run(call) {
    const { operands } = call
    if (operands.length === 0) return yield* call.misuse(call.gnu ? 'missing operand' : undefined)
    if (operands.length > 3)
      return yield* call.misuse(call.gnu ? `extra operand ${call.quote(operands[3]!)}` : undefined)
    const wrong = operands.find((word) => !/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(word))
    if (wrong !== undefined) {
      return yield* call.misuse(
        call.gnu ? `invalid floating point argument: ${call.quote(wrong)}` : undefined,
      )
    }
    const first = operands.length > 1 ? operands[0]! : '1'
    const step = operands.length > 2 ? operands[1]! : '1'
    const last = operands[operands.length - 1]!
    if (Number(step) === 0) {
      return yield* call.misuse(
        call.gnu ? `invalid Zero increment value: ${call.quote(step)}` : undefined,
      )
    }
    return yield* count(call, first, step, last)
  },
})

function decimals(word: string): number {
  return /\.(\d+)/.exec(word)?.[1]?.length ?? 0
}

function* count(call: Call, first: string, step: string, last: string): Task<ExitCode> {
  const places = Math.max(decimals(first), decimals(step))
  const [from, by, to] = [Number(first), Number(step), Number(last)]
  const total = Math.floor((to - from) / by + 1e-10) + 1
  const format = call.value('f')
  const plain = (value: number): string => value.toFixed(places)
  const width = call.has('w')
    ? Math.max(plain(from).length, plain(from + by * (total - 1)).length)
    : 0
  const shown = (value: number): string => {
    if (format !== undefined) return formatted(format, value)
    const text = plain(value)
    return width === 0 ? text : text.startsWith('-')
      ? `-${text.slice(1).padStart(width - 1, '0')}` : text.padStart(width, '0')
  }
  const separator = call.value('s') ?? '\n'
  for (let start = 0; start < total; start += blockLines) {
    const values: string[] = []
    for (let i = start; i < Math.min(total, start + blockLines); i++)
      values.push(shown(from + by * i))
    const end = start + blockLines >= total ? '\n' : separator
    yield* call.process.work(1)
    yield* call.out(values.join(separator) + end)
  }
  return 0
}

function formatted(format: string, value: number): string {
  return format
    .replace(
      /%([-+ #0]*)(\d*)(?:\.(\d+))?([efgEG])/,
      (_, flags: string, width: string, precision: string | undefined, letter: string) => {
        const text = formatNumber(
          value,
          letter,
          flags,
          precision === undefined ? undefined : Number(precision),
        )
        const room = Number(width || 0)
        return flags.includes('-')
          ? text.padEnd(room)
          : text.padStart(room, flags.includes('0') ? '0' : ' ')
      },
    )
    .replaceAll('%%', '%')
}
