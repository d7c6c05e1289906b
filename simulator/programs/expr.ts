import { command } from './command.ts'
import { posixExpression, ExpressionError } from './text/expressions.ts'
import { BoundedExpression } from '../shell/expression/bounded-expression.ts'

class ExprError extends Error {}

export const expr = command({
  name: 'expr',
  gnu: '',
  busybox: '',
  misuseCode: 2,
  rewrite: (args) => args[0] === '--help' ? args : ['--', ...args],
  * run(call) {
    if (call.operands.length === 0) {
      return call.gnu
        ? yield* call.misuse('missing operand', 2)
        : yield* call.fail('too few arguments', 2)
    }
    try {
      const value = new Evaluation(call.operands).run()
      yield* call.out(`${value}\n`)
      return value === '' || value === '0' ? 1 : 0
    } catch (error) {
      if (!(error instanceof ExprError || error instanceof ExpressionError)) throw error
      return yield* call.fail(error.message, 2)
    }
  },
})

const levels: readonly (readonly string[])[] = [
  ['|'], ['&'], ['<', '<=', '=', '==', '!=', '>=', '>'], ['+', '-'], ['*', '/', '%'], [':'],
]

class Evaluation {
  private at = 0

  constructor(private readonly words: readonly string[]) {}

  run(): string {
    const value = this.level(0)
    if (this.at < this.words.length)
      throw new ExprError(`syntax error: unexpected argument '${this.words[this.at]}'`)
    return value
  }

  private level(depth: number): string {
    const operators = levels[depth]
    if (!operators) return this.primary()
    let left = this.level(depth + 1)
    while (operators.includes(this.words[this.at] ?? '')) {
      const operator = this.words[this.at++]!
      left = apply(operator, left, this.level(depth + 1))
    }
    return left
  }

  private primary(): string {
    const word = this.words[this.at++]
    if (word === undefined)
      throw new ExprError(`syntax error: missing argument after '${this.words.at(-1) ?? ''}'`)
    if (word === '(') {
      const value = this.level(0)
      if (this.words[this.at++] !== ')')
        throw new ExprError(`syntax error: expecting ')' after '${this.words[this.at - 2] ?? ''}'`)
      return value
    }
    if (word === 'length') return String(Array.from(this.primary()).length)
    if (word === 'substr') {
      const [text, from, count] = [this.primary(), Number(this.primary()), Number(this.primary())]
      return from < 1 ? '' : text.slice(from - 1, from - 1 + count)
    }
    if (word === 'index') {
      const [text, set] = [this.primary(), this.primary()]
      return String(Array.from(text).findIndex((character) => set.includes(character)) + 1)
    }
    if (word === 'match') return apply(':', this.primary(), this.primary())
    return word
  }
}

function isInteger(text: string): boolean {
  return /^-?\d+$/.test(text)
}

function apply(operator: string, left: string, right: string): string {
  const truth = (value: boolean): string => value ? '1' : '0'
  const empty = (text: string): boolean => text === '' || text === '0'
  switch (operator) {
    case '|': return empty(left) ? (empty(right) ? '0' : right) : left
    case '&': return empty(left) || empty(right) ? '0' : left
    case ':': {
      const source = `^(?:${posixExpression(right, 'basic').source})`
      const match = new BoundedExpression(source, 'u').exec(left)
      return match
        ? (match[1] ?? (/\\\(/.test(right) ? '' : String(Array.from(match[0]).length)))
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
  if (!isInteger(left) || !isInteger(right)) throw new ExprError('non-integer argument')
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
  return String(value)
}
