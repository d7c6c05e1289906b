import type { ShellFlavour } from '../flavour.ts'
import { applyOperator, assignments, inBase, levels, wrap } from './arithmetic-operators.ts'

/** What an expression can see and change. */
export interface ArithmeticContext {
  readonly flavour: ShellFlavour
  readonly nounset: boolean
  get(name: string, index: string | undefined): string | undefined
  set(name: string, index: string | undefined, value: string): void
}

/** An expression that a shell rejects, in that shell's words. */
export class ArithmeticError extends Error {}

/** Evaluates text in which all expansions are done. 64-bit integers, as in C. */
export function evaluateArithmetic(text: string, context: ArithmeticContext, depth = 0): bigint {
  return new Evaluator(text, context, depth).whole()
}

const maxDepth = 64

/** What C's strtoll reads to the end: dash evaluates no expressions in a variable. */
function isNumber(text: string): boolean {
  return /^\s*(?:[-+]?(?:0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*))?\s*$/.test(text)
}

interface Target { readonly name: string; readonly index: string | undefined }

class Evaluator {
  private at = 0
  /** Greater than zero in a branch that is not taken: nothing is changed there. */
  private skipped = 0

  constructor(
    private readonly text: string,
    private readonly context: ArithmeticContext,
    private readonly depth: number,
  ) {}

  whole(): bigint {
    if (this.depth > maxDepth) throw this.error('expression recursion level exceeded')
    this.blanks()
    if (this.at >= this.text.length) return 0n
    const value = this.comma()
    this.blanks()
    if (this.at < this.text.length) this.unexpected()
    return value
  }

  private comma(): bigint {
    let value = this.assignment()
    while (this.context.flavour !== 'dash' && this.take(',')) value = this.assignment()
    return value
  }

  private assignment(): bigint {
    const start = this.at
    const target = this.target()
    const operator = target && assignments.find((one) => this.peek(one))
    if (!target || operator === undefined || (operator === '=' && this.peek('=='))) {
      this.at = start
      return this.conditional()
    }
    this.take(operator)
    const right = this.assignment()
    const value = operator === '=' ? right
      : this.binary(operator.slice(0, -1), this.read(target), right)
    return this.write(target, value)
  }

  private conditional(): bigint {
    const test = this.level(0)
    if (!this.take('?')) return test
    const yes = this.branch(test !== 0n, () => this.comma())
    if (!this.take(':')) throw this.syntax("`:' expected for conditional expression")
    const no = this.branch(test === 0n, () => this.conditional())
    return test !== 0n ? yes : no
  }

  private level(index: number): bigint {
    const operators = levels[index]
    if (!operators) return this.power()
    let left = this.level(index + 1)
    for (;;) {
      const operator = operators.find((one) => this.peekOperator(one))
      if (operator === undefined) return left
      this.take(operator)
      if (operator === '||' || operator === '&&') {
        const decided = operator === '||' ? left !== 0n : left === 0n
        const right = this.branch(!decided, () => this.level(index + 1))
        left = (operator === '||' ? left !== 0n || right !== 0n : left !== 0n && right !== 0n)
          ? 1n
          : 0n
      } else left = this.binary(operator, left, this.level(index + 1))
    }
  }

  private power(): bigint {
    const base = this.unary()
    if (this.context.flavour === 'dash' || !this.take('**')) return base
    const exponent = this.power()
    if (exponent < 0n) throw this.error('exponent less than 0')
    return wrap(base ** (exponent > 4096n ? 4096n : exponent))
  }

  private unary(): bigint {
    for (const operator of ['++', '--']) {
      if (this.context.flavour === 'dash' || !this.peek(operator)) continue
      const start = this.at
      this.take(operator)
      const target = this.target()
      if (target) return this.write(target, this.read(target) + (operator === '++' ? 1n : -1n))
      this.at = start
    }
    if (this.take('!')) return this.unary() === 0n ? 1n : 0n
    if (this.take('~')) return wrap(~this.unary())
    if (this.take('-')) return wrap(-this.unary())
    if (this.take('+')) return this.unary()
    return this.primary()
  }

  private primary(): bigint {
    if (this.take('(')) {
      const value = this.comma()
      if (!this.take(')')) throw this.syntax("missing `)'")
      return value
    }
    const target = this.target()
    if (target) return this.postfix(target)
    const digits = /^[0-9][0-9a-zA-Z_@#]*/.exec(this.text.slice(this.at))?.[0]
    if (digits === undefined) throw this.syntax('syntax error: operand expected')
    return this.number(digits)
  }

  private postfix(target: Target): bigint {
    if (this.context.flavour !== 'dash') {
      if (this.take('++')) {
        const value = this.read(target)
        this.write(target, value + 1n)
        return value
      }
      if (this.take('--')) {
        const value = this.read(target)
        this.write(target, value - 1n)
        return value
      }
    }
    return this.read(target)
  }

  private target(): Target | undefined {
    this.blanks()
    const name = /^[A-Za-z_]\w*/.exec(this.text.slice(this.at))?.[0]
    if (name === undefined) return undefined
    this.at += name.length
    if (this.context.flavour !== 'bash' || this.text[this.at] !== '[')
      return { name, index: undefined }
    let depth = 0
    const open = this.at
    for (; this.at < this.text.length; this.at++) {
      if (this.text[this.at] === '[') depth++
      else if (this.text[this.at] === ']' && --depth === 0) break
    }
    return { name, index: this.text.slice(open + 1, this.at++) }
  }

  private number(digits: string): bigint {
    const { flavour } = this.context
    const based = flavour === 'dash' ? null : /^(\d+)#([0-9a-zA-Z_@]+)$/.exec(digits)
    let value: bigint | undefined
    if (based) value = inBase(based[2]!, Number(based[1]))
    else if (/^0[xX][0-9a-fA-F]+$/.test(digits)) value = BigInt(digits)
    else if (/^0[0-7]*$/.test(digits)) value = digits === '0' ? 0n : BigInt(`0o${digits}`)
    else if (/^[1-9]\d*$/.test(digits)) value = BigInt(digits)
    if (value === undefined) {
      if (flavour !== 'bash') this.unexpected()
      throw new ArithmeticError(
        `${this.text.trim()}: value too great for base (error token is "${digits}")`)
    }
    this.at += digits.length
    return wrap(value)
  }

  private read(target: Target): bigint {
    const text = this.context.get(target.name, target.index)
    if (text === undefined) {
      // dash and ash take an unset variable for zero even under `set -u`.
      if (this.context.nounset && this.skipped === 0 && this.context.flavour === 'bash') {
        throw new ArithmeticError(`${target.name}: unbound variable`)
      }
      return 0n
    }
    if (/^-?[1-9]\d{0,17}$|^0$/.test(text)) return BigInt(text)
    if (this.context.flavour === 'dash' && !isNumber(text)) {
      throw new ArithmeticError(`Illegal number: ${text}`)
    }
    return evaluateArithmetic(text, this.context, this.depth + 1)
  }

  private write(target: Target, value: bigint): bigint {
    const wrapped = wrap(value)
    if (this.skipped === 0) this.context.set(target.name, target.index, String(wrapped))
    return wrapped
  }

  private binary(operator: string, left: bigint, right: bigint): bigint {
    if ((operator === '/' || operator === '%') && right === 0n) {
      if (this.skipped > 0) return 0n
      throw this.divisionByZero()
    }
    return applyOperator(operator, left, right)
  }

  private branch(taken: boolean, run: () => bigint): bigint {
    if (taken) return run()
    this.skipped++
    const value = run()
    this.skipped--
    return value
  }

  private blanks(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++
  }

  private peek(word: string): boolean {
    this.blanks()
    return this.text.startsWith(word, this.at)
  }

  /** A binary operator that is not the beginning of a longer one. */
  private peekOperator(word: string): boolean {
    if (!this.peek(word)) return false
    const next = this.text[this.at + word.length] ?? ''
    if (word.length === 1 && '&|<>'.includes(word) && next === word) return false
    if (word === '*' && next === '*' && this.context.flavour !== 'dash') return false
    return !(next === '=' && !['==', '!=', '<=', '>='].includes(word))
  }

  private take(word: string): boolean {
    if (!this.peek(word)) return false
    this.at += word.length
    return true
  }

  private unexpected(): never {
    this.blanks()
    if (this.context.flavour === 'dash') {
      throw new ArithmeticError(`arithmetic expression: expecting EOF: "${this.text}"`)
    }
    throw this.syntax('syntax error in expression')
  }

  private divisionByZero(): ArithmeticError {
    const { flavour } = this.context
    if (flavour === 'ash') return new ArithmeticError('divide by zero')
    if (flavour === 'dash') {
      return new ArithmeticError(`arithmetic expression: division by zero: "${this.text}"`)
    }
    const token = /\S*$/.exec(this.text.slice(0, this.at))?.[0].split(/[/%]/).at(-1) ?? ''
    return new ArithmeticError(`${this.text.trim()}: division by 0 (error token is "${token}")`)
  }

  private syntax(bashText: string): ArithmeticError {
    const { flavour } = this.context
    if (flavour === 'ash') return new ArithmeticError('arithmetic syntax error')
    if (flavour === 'dash') {
      return new ArithmeticError(`arithmetic expression: expecting primary: "${this.text}"`)
    }
    return this.error(bashText)
  }

  private error(bashText: string): ArithmeticError {
    if (this.context.flavour !== 'bash') return new ArithmeticError(bashText)
    const rest = this.text.slice(this.at).trimStart()
    const token = rest === '' ? this.text.trimEnd().slice(-1) : rest
    return new ArithmeticError(`${this.text.trim()}: ${bashText} (error token is "${token}")`)
  }
}
