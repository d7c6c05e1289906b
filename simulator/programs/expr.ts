import { bytesOf } from './bytes/byte-text.ts'
import { command, isUtf8 } from './command.ts'
import type { Call, Dialect } from './command.ts'
import { posixExpression, ExpressionError } from './text/expressions.ts'
import { BoundedExpression } from '../shell/expression/bounded-expression.ts'

class ExprError extends Error {}

export const expr = command({
  name: 'expr',
  gnu: '',
  busybox: '',
  misuseCode: 2,
  rewrite: withoutOptions,
  * run(call) {
    if (call.operands.length === 0) {
      return call.gnu
        ? yield* call.misuse('missing operand', 2)
        : yield* call.fail('too few arguments', 2)
    }
    try {
      const value = new Evaluation(call, call.operands).run()
      yield* call.out(`${value}\n`)
      return isNull(value, call.gnu) ? 1 : 0
    } catch (error) {
      if (!(error instanceof ExprError || error instanceof ExpressionError)) throw error
      return yield* call.fail(error.message, 2)
    }
  },
})

const levels: readonly (readonly string[])[] = [
  ['|'], ['&'], ['<', '<=', '=', '==', '!=', '>=', '>'], ['+', '-'], ['*', '/', '%'], [':'],
]

/** GNU drops a first `--`; to BusyBox it is an argument like any other. */
function withoutOptions(args: readonly string[], dialect: Dialect): readonly string[] {
  if (args[0] === '--help' || (args[0] === '--' && dialect === 'gnu')) return args
  return ['--', ...args]
}

/** Models coreutils expr.c eval, and BusyBox expr.c, which knows one sentence for all mistakes. */
class Evaluation {
  private at = 0
  /** GNU only parses what `|` and `&` need not know. */
  private skipping = false

  constructor(private readonly call: Call, private readonly words: readonly string[]) {}

  run(): string {
    const value = this.level(0)
    const word = this.words[this.at]
    if (word !== undefined) throw this.wrong(`unexpected argument ${this.call.quote(word)}`)
    return value
  }

  private wrong(what: string): ExprError {
    return new ExprError(this.call.gnu ? `syntax error: ${what}` : 'syntax error')
  }

  private level(depth: number): string {
    const operators = levels[depth]
    if (!operators) return this.primary()
    let left = this.level(depth + 1)
    while (operators.includes(this.words[this.at] ?? '')) {
      const operator = this.words[this.at++]!
      const before = this.skipping
      if (this.call.gnu && (operator === '|' || operator === '&'))
        this.skipping ||= isNull(left, true) === (operator === '&')
      const right = this.level(depth + 1)
      this.skipping = before
      left = this.skipping ? '' : apply(this.call, operator, left, right)
    }
    return left
  }

  private next(): string {
    const word = this.words[this.at++]
    if (word !== undefined) return word
    throw this.wrong(`missing argument after ${this.call.quote(this.words.at(-1) ?? '')}`)
  }

  private primary(): string {
    const word = this.next()
    switch (word) {
      case '(': return this.parenthesis()
      case ')': throw this.wrong("unexpected ')'")
      case this.call.gnu ? '+' : 'quote': return this.next()
      case 'length': return String(sizeOf(this.call, this.primary()))
      case 'match': {
        const [text, pattern] = [this.primary(), this.primary()]
        return this.skipping ? '' : apply(this.call, ':', text, pattern)
      }
      case 'substr': {
        const [text, from, count] = [this.primary(), Number(this.primary()), Number(this.primary())]
        return from < 1 ? '' : Array.from(text).slice(from - 1, from - 1 + count).join('')
      }
      case 'index': {
        const [text, set] = [this.primary(), this.primary()]
        return String(Array.from(text).findIndex((character) => set.includes(character)) + 1)
      }
      default: return word
    }
  }

  private parenthesis(): string {
    const value = this.level(0)
    const word = this.words[this.at]
    const last = this.call.quote(word ?? this.words.at(-1) ?? '')
    if (word === undefined) throw this.wrong(`expecting ')' after ${last}`)
    if (word !== ')') throw this.wrong(`expecting ')' instead of ${last}`)
    this.at++
    return value
  }
}

/** Characters, or bytes where the locale has no others. */
function sizeOf(call: Call, text: string): number {
  return call.gnu && isUtf8(call.process) ? Array.from(text).length : bytesOf(text).length
}

function isNull(text: string, gnu: boolean): boolean {
  return gnu ? text === '' || /^-?0+$/.test(text) : text === '' || text === '0'
}

function isInteger(text: string): boolean {
  return /^-?\d+$/.test(text)
}

function apply(call: Call, operator: string, left: string, right: string): string {
  const truth = (value: boolean): string => value ? '1' : '0'
  const empty = (text: string): boolean => isNull(text, call.gnu)
  switch (operator) {
    case '|': return empty(left) ? (empty(right) ? '0' : right) : left
    case '&': return empty(left) || empty(right) ? '0' : left
    case ':': {
      const source = `^(?:${posixExpression(right, 'basic').source})`
      const match = new BoundedExpression(source, 'u').exec(left)
      return match
        ? (match[1] ?? (/\\\(/.test(right) ? '' : String(sizeOf(call, match[0]))))
        : /\\\(/.test(right)
          ? ''
          : '0'
    }
    case '=': case '==': return truth(left === right)
    case '!=': return truth(left !== right)
    case '<': case '<=': case '>': case '>=': {
      const [a, b] =
        isInteger(left) && isInteger(right) ? [Number(left), Number(right)] : [left, right]
      return truth(
        operator === '<' ? a < b : operator === '<=' ? a <= b : operator === '>' ? a > b : a >= b,
      )
    }
    default:
  }
  if (!isInteger(left) || !isInteger(right))
    throw new ExprError(`non-${call.gnu ? 'integer' : 'numeric'} argument`)
  const [a, b] = [BigInt(left), BigInt(right)]
  if ((operator === '/' || operator === '%') && b === 0n) throw new ExprError('division by zero')
  const value =
    operator === '+'
      ? a + b
      : operator === '-'
        ? a - b
        : operator === '*'
          ? a * b
          : operator === '/'
            ? a / b
            : a % b
  return String(call.gnu ? value : BigInt.asIntN(64, value))
}
