import type { Task } from '../../time/tasks.ts'
import { matches } from '../expand/pattern.ts'
import { BoundedExpression } from '../expression/bounded-expression.ts'
import { complain, complainAsApplet } from '../messages.ts'
import type { Shell } from '../state.ts'
import { binaryOperators, binaryTest, unaryOperators, unaryTest } from './test-operators.ts'

/** Why an expression is none; `word` is what stood in the way. */
class TestError {
  constructor(
    readonly kind: 'number' | 'operator' | 'unary' | 'argument' | 'many' | 'closing'
      | 'expression',
    readonly word: string
  ) {}
}

/** `test` and `[`. */
export function* test(shell: Shell, args: readonly string[], name: string): Task<number> {
  try {
    let words = args
    if (name !== 'test') {
      const closing = name.replaceAll('[', ']')
      if (args.at(-1) !== closing) throw new TestError('closing', closing)
      words = args.slice(0, -1)
    }
    return evaluateTest(shell, words) ? 0 : 1
  } catch (error) {
    if (!(error instanceof TestError)) throw error
    if (error.kind === 'expression') return 2
    const text = errorText(shell, error)
    if (shell.isAsh) yield* complainAsApplet(shell, text)
    else yield* complain(shell, text, name)
    return 2
  }
}

function errorText(shell: Shell, { kind, word }: TestError): string {
  if (shell.isDash) {
    switch (kind) {
      case 'number': return `Illegal number: ${word}`
      case 'closing': return `missing ${word}`
      case 'argument': return `${word === '' ? '' : `${word}: `}argument expected`
      default: return `${word}: unexpected operator`
    }
  }
  if (shell.isAsh) {
    switch (kind) {
      case 'number': return `${word === '' ? '' : `${word}: `}bad number`
      case 'closing': return `missing ${word}`
      case 'argument': return `${word === '' ? '' : `${word}: `}argument expected`
      default: return `${word}: unknown operand`
    }
  }
  switch (kind) {
    case 'number': return `${word}: integer expression expected`
    case 'closing': return `missing \`${word}'`
    case 'argument': return 'argument expected'
    case 'operator': return `${word}: binary operator expected`
    case 'unary': return `${word}: unary operator expected`
    default: return 'too many arguments'
  }
}

/** POSIX decides by the number of words; more than four are parsed with -a, -o and parentheses. */
function evaluateTest(shell: Shell, words: readonly string[]): boolean {
  const [a = '', b = '', c = '', d = ''] = words
  switch (words.length) {
    case 0: return false
    case 1: return a !== ''
    case 2: return two(shell, a, b)
    case 3: return three(shell, a, b, c, words)
    case 4:
      if (a === '!') return !three(shell, b, c, d, words.slice(1))
      if (a === '(' && d === ')') return two(shell, b, c)
      break
  }
  return new Expression(shell, words).whole()
}

/** dash compares texts with a single `=`. */
function isBinary(shell: Shell, word: string): boolean {
  if (word === '=~') return shell.builtin === '[['
  return binaryOperators.has(word) && !(shell.isDash && word === '==')
}

/** The others know no variables here. */
function isUnary(shell: Shell, word: string): boolean {
  return unaryOperators.has(word) && (shell.isBash || (word !== '-v' && word !== '-R'))
}

function two(shell: Shell, a: string, b: string): boolean {
  if (a === '!') return b === ''
  if (isUnary(shell, a)) return unaryTest(shell, a, b)
  if (!shell.isBash && isBinary(shell, b)) throw new TestError('argument', b)
  throw new TestError(shell.isBash ? 'unary' : 'operator', shell.isAsh ? b : a)
}

function three(
  shell: Shell, a: string, b: string, c: string, words: readonly string[],
): boolean {
  if (isBinary(shell, b)) return binary(shell, b, a, c)
  if (b === '-a') return a !== '' && c !== ''
  if (b === '-o') return a !== '' || c !== ''
  if (a === '!') return !two(shell, b, c)
  if (a === '(' && c === ')') return b !== ''
  if (shell.isBash) throw new TestError('operator', b)
  return new Expression(shell, words).whole()
}

function binary(shell: Shell, operator: string, left: string, right: string): boolean {
  const matched = shell.builtin === '[[' ? patternTest(operator, left, right) : undefined
  const answer = matched ?? binaryTest(shell, operator, left, right)
  if (typeof answer === 'object') throw new TestError('number', answer.notNumber)
  return answer
}

/** ash's `[[` takes the word on the right for a pattern, whatever quotes it had. */
function patternTest(operator: string, left: string, right: string): boolean | undefined {
  switch (operator) {
    case '=': case '==': return matches(right, left)
    case '!=': return !matches(right, left)
    case '=~': return searches(right, left)
    default: return undefined
  }
}

function searches(expression: string, text: string): boolean {
  try {
    return new BoundedExpression(expression, '').exec(text) !== null
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof RangeError)) throw error
    throw new TestError('expression', expression)
  }
}

class Expression {
  private at = 0

  constructor(private readonly shell: Shell, private readonly words: readonly string[]) {}

  whole(): boolean {
    const value = this.either()
    const rest = this.words[this.at]
    // dash names the word before the one it did not expect.
    const named = this.shell.isDash ? this.words[this.at - 1] ?? '' : rest ?? ''
    if (rest !== undefined) throw new TestError('many', named)
    return value
  }

  private either(): boolean {
    let value = this.both()
    while (this.take('-o')) value = this.both() || value
    return value
  }

  private both(): boolean {
    let value = this.negated()
    while (this.take('-a')) value = this.negated() && value
    return value
  }

  private negated(): boolean {
    return this.take('!') ? !this.negated() : this.primary()
  }

  private primary(): boolean {
    const word = this.words[this.at]
    const operator = this.words[this.at + 1]
    if (word === undefined) {
      // dash takes an operand that is missing for an empty one.
      if (this.shell.isDash) return false
      throw new TestError('argument', '')
    }
    const right = this.words[this.at + 2]
    if (operator !== undefined && isBinary(this.shell, operator) && right !== undefined) {
      this.at += 3
      return binary(this.shell, operator, word, right)
    }
    if (word === '(') {
      this.at++
      const value = this.either()
      if (!this.take(')')) throw new TestError('argument', ')')
      return value
    }
    if (isUnary(this.shell, word) && operator !== undefined) {
      this.at += 2
      return unaryTest(this.shell, word, operator)
    }
    this.at++
    return word !== ''
  }

  private take(word: string): boolean {
    if (this.words[this.at] !== word) return false
    this.at++
    return true
  }
}
