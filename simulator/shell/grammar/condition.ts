import { unaryOperators, binaryOperators } from '../builtins/test-operators.ts'
import { OpenText } from './tokens.ts'
import type { Token } from './tokens.ts'

/** Why what stands between `[[` and `]]` is no expression; '' where bash does not say. */
class NoCondition extends Error {}

/**
 * Reads to the `]]`. Gives bash's words for an expression that is none, undefined for a sound one.
 * Models parse.y cond_term and parse_cond_command.
 */
export function conditionProblem(next: () => Token): string | undefined {
  try {
    new Condition(next).whole()
    return undefined
  } catch (thrown) {
    if (thrown instanceof NoCondition) return thrown.message
    throw thrown
  }
}

class Condition {
  private token: Token = { type: 'newline', text: 'newline', pos: 0 }

  constructor(private readonly next: () => Token) {}

  whole(): void {
    this.expression()
    if (this.isEnd()) return
    const { type, text } = this.token
    const what = type === 'word' || type === 'end' ? '' : `: unexpected token \`${text}'`
    throw new NoCondition(`syntax error in conditional expression${what}`)
  }

  private expression(): void {
    do {
      this.read()
      this.lines()
      this.term()
      this.lines()
    } while (this.token.type === '&&' || this.token.type === '||')
  }

  /** Where lines may end, more of them may come. */
  private lines(): void {
    while (this.token.type === 'newline') this.read()
    if (this.token.type === 'end') throw new OpenText()
  }

  /** Leaves the token behind the term in `token`. */
  private term(): void {
    const { type, text } = this.token
    if (this.isEnd()) throw new NoCondition('')
    if (type === '(') {
      this.expression()
      if (this.token.type !== ')')
        throw new NoCondition(`unexpected token \`${this.token.text}', expected \`)'`)
      this.read()
    } else if (type === 'word' && text === '!') {
      this.read()
      this.term()
    } else if (type === 'word' && unaryOperators.has(text)) {
      this.read()
      this.operand('unary')
      this.read()
    } else if (type === 'word') this.binary()
    else throw new NoCondition(`unexpected token \`${text}' in conditional command`)
  }

  private binary(): void {
    this.read()
    const { type, text } = this.token
    if (this.isEnd() || type === '&&' || type === '||' || type === ')') return
    const compares = type === 'redirection' && (text === '<' || text === '>')
    const named = type === 'word' && (binaryOperators.has(text) || text === '=~')
    if (!compares && !named) {
      const what = type === 'word' ? '' : `unexpected token \`${text}', `
      throw new NoCondition(`${what}conditional binary operator expected`)
    }
    this.read()
    if (text === '=~') return this.pattern()
    this.operand('binary')
    const { text: word } = this.token
    this.read()
    // The brackets of an extended pattern.
    if (this.token.type === '(' && /[?*+@!]$/.test(word)) this.pattern()
  }

  private operand(kind: 'unary' | 'binary'): void {
    if (this.token.type === 'word' && !this.isEnd()) return
    const { text } = this.token
    const what = text === '' ? '' : ` \`${text}'`
    throw new NoCondition(`unexpected argument${what} to conditional ${kind} operator`)
  }

  /** An expression or a pattern, whose brackets are its own. */
  private pattern(): void {
    for (let depth = 0; ; this.read()) {
      const { type } = this.token
      if (type === 'end' || type === 'newline') return
      if (depth === 0 && (this.isEnd() || type === '&&' || type === '||' || type === ')')) return
      if (type === '(') depth++
      if (type === ')') depth--
    }
  }

  private isEnd(): boolean {
    return this.token.type === 'word' && this.token.text === ']]'
  }

  private read(): void {
    const token = this.next()
    this.token = token.type === 'end' ? { ...token, text: 'newline' } : token
  }
}
