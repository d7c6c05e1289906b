import { limits } from '../../limits.ts'
import type { ShellFlavour } from '../flavour.ts'
import { isReserved } from '../flavour.ts'
import type { SyntaxProblem } from '../parse.ts'
import { conditionProblem } from './condition.ts'
import { PlainWords } from './plain-words.ts'
import { OpenText, Tokens } from './tokens.ts'
import type { Token } from './tokens.ts'

/** Carries the problem out of the descent. */
export class Found extends Error {
  constructor(readonly problem: SyntaxProblem) {
    super('syntax error')
  }
}

/**
 * The first token with which a text can be no program of this shell, and what it wanted instead.
 * The parser goes on after an error and places it loosely; here the words of the message matter.
 */
export function firstError(text: string, flavour: ShellFlavour): SyntaxProblem | undefined {
  try {
    new Grammar(text, flavour).program()
    return undefined
  } catch (thrown) {
    if (thrown instanceof Found) return thrown.problem
    if (thrown instanceof OpenText) return undefined
    throw thrown
  }
}

interface Check { readonly newlines?: boolean; readonly words?: boolean }
const anywhere: Check = { newlines: true, words: true }
const listEnds: ReadonlySet<string> = new Set([
  'end', ')', ';;', ';&', ';;&', 'fi', 'done', 'then', 'else', 'elif', 'do', 'esac', '}',
])

// Models dash src/parser.c list, andor, pipeline, command and simplecmd; ash's is its descendant,
// and bash's grammar stumbles over the same tokens.
export class Grammar {
  private readonly tokens: Tokens
  private held: Token | undefined
  private last: Token = { type: 'newline', text: '', pos: 0 }
  private depth = 0

  constructor(
    text: string, readonly flavour: ShellFlavour, readonly plain = new PlainWords(flavour),
  ) {
    this.tokens = new Tokens(text, flavour)
  }

  program(): void {
    for (;;) {
      const token = this.read({ words: true })
      if (token.type === 'end') return
      if (token.type === 'newline') continue
      this.hold()
      this.line()
    }
  }

  private line(): void {
    for (;;) {
      this.andOr()
      const token = this.read()
      if (token.type === 'newline' || token.type === 'end') {
        this.hold()
        return
      }
      if (token.type !== ';' && token.type !== '&') this.unexpected()
      const after = this.read({ words: true })
      this.hold()
      if (after.type === 'newline' || after.type === 'end') return
    }
  }

  /** A list inside a compound command; any token it cannot use is left to what is around it. */
  private list(mayBeEmpty = false): void {
    if (++this.depth > limits.shellNesting) throw new OpenText()
    for (let first = !mayBeEmpty; ; first = false) {
      const token = this.read(anywhere)
      this.hold()
      if (token.type === 'end' || (!first && listEnds.has(token.type))) break
      this.andOr()
      const after = this.read()
      if (after.type === 'newline' || after.type === ';' || after.type === '&') continue
      this.hold()
      break
    }
    this.depth--
  }

  private andOr(): void {
    this.pipeline({ words: true })
    while (['&&', '||'].includes(this.read().type)) this.pipeline(anywhere)
    this.hold()
  }

  private pipeline(check: Check): void {
    const bash = this.flavour === 'bash'
    let token = this.read(check)
    let marked = false
    while (token.type === '!' || (bash && token.type === 'time')) {
      marked = true
      token = this.read({ words: true })
      if (!bash) break
    }
    this.hold()
    // bash's `!` and `time` may stand alone.
    if (bash && marked && [';', 'newline', 'end', '&'].includes(token.type)) return
    this.command({ words: true })
    while (['|', '|&'].includes(this.read().type)) this.command(anywhere)
    this.hold()
  }

  private command(check: Check): void {
    const token = this.read(check)
    switch (token.type) {
      case 'if': this.condition(); this.close('fi'); return
      case 'while': case 'until':
        this.list()
        this.expect('do')
        this.list()
        return this.close('done')
      case 'for': case 'select': return this.loop()
      case 'case': return this.choice()
      case '(': return this.group()
      case '{': this.list(); return this.close('}')
      case 'function': return this.definition()
      case '[[': return this.test()
      case 'coproc': return this.command({ words: true })
      case 'word': case 'redirection': this.hold(); return this.simple()
      default: this.unexpected()
    }
  }

  private group(): void {
    if (this.flavour === 'bash' && this.tokens.touches('(')) {
      this.tokens.skipBracket(this.last.pos)
      return this.redirections()
    }
    if (this.tokens.touches('(')) this.plain.brackets(this.last)
    this.list()
    this.close(')')
  }

  private condition(): void {
    do {
      this.list()
      this.expect('then')
      this.list()
    } while (this.read(anywhere).type === 'elif')
    if (this.last.type === 'else') this.list()
    else this.hold()
  }

  private loop(): void {
    if (this.flavour === 'bash' && this.read().type === '(') {
      this.tokens.skipBracket(this.last.pos)
      if (this.read().type !== ';') this.hold()
    } else {
      if (this.flavour === 'bash') this.hold()
      this.loopName()
      this.loopWords()
    }
    if (this.flavour === 'bash' && this.read(anywhere).type === '{') {
      this.list()
      return this.close('}')
    }
    if (this.flavour === 'bash') this.hold()
    this.expect('do')
    this.list()
    this.close('done')
  }

  private loopName(): void {
    const name = this.read()
    const { pos } = name
    if (this.flavour !== 'bash') {
      if (name.type !== 'word' || !/^[A-Za-z_]\w*$/.test(name.text))
        throw new Found({ kind: 'loop-name', pos })
    } else if (name.type === 'end') throw new Found({ kind: 'token', token: 'newline', pos })
    else if (name.type !== 'word') this.unexpected()
  }

  private loopWords(): void {
    if (this.read(anywhere).type !== 'in') {
      if (this.last.type !== ';') this.hold()
      return
    }
    while (this.read().type === 'word');
    // At the end of the text more words could still come.
    if (this.last.type !== 'newline' && this.last.type !== ';') this.unexpected()
  }

  private choice(): void {
    if (this.read().type !== 'word') this.unexpected('word')
    this.expect('in')
    for (let token = this.read(anywhere); token.type !== 'esac'; token = this.read(anywhere)) {
      if (token.type === '(') this.read()
      else if (token.type === 'end') this.unexpected(')')
      while (this.read().type === '|') this.read()
      if (this.last.type !== ')') this.unexpected(')')
      this.list(true)
      const end = this.read(anywhere)
      if (end.type === 'esac') break
      if (!end.type.startsWith(';;') && end.type !== ';&') this.unexpected(';;')
    }
    this.redirections()
  }

  private definition(): void {
    this.read()
    if (this.read().type === '(') this.expect(')')
    else this.hold()
    this.body()
  }

  /** Of a function; bash takes compound commands only. */
  private body(): void {
    if (++this.depth > limits.shellNesting) throw new OpenText()
    const token = this.read(anywhere)
    if (this.flavour === 'bash' && token.type === 'word') this.unexpected()
    this.hold()
    this.command(anywhere)
    this.depth--
  }

  private test(): void {
    const { pos } = this.last
    const text = conditionProblem(() => this.read())
    if (text !== undefined)
      throw new Found({ kind: 'condition', text, pos, ended: this.last.type === 'end' })
    this.redirections()
  }

  private simple(): void {
    let name: string | undefined
    for (let words = 0; ; words++) {
      const token = this.read()
      if (token.type === 'redirection') this.file()
      else if (token.type === '(' && words === 1) {
        if (this.read().type !== ')') this.unexpected(')')
        return this.body()
      } else if (name === '[[' && this.plain.joins(token)) continue
      else if (token.type !== 'word') return this.hold()
      else if (/^[A-Za-z_]\w*(?:\[.*\])?\+?=/.test(token.text)) {
        if (this.flavour === 'bash' && token.text.endsWith('=') && this.tokens.touches('('))
          this.tokens.skipBracket()
        if (name === undefined && !/^\w+=/.test(token.text)) name = this.plain.name(token)
        words += 2
      } else if (name === undefined) name = this.plain.name(token)
      else if (token.text === ']]') name = ']]'
    }
  }

  private redirections(): void {
    while (this.read({ words: true }).type === 'redirection') this.file()
    this.hold()
  }

  private file(): void {
    const token = this.read()
    if (token.type === 'end')
      throw new Found({ kind: 'end', expecting: undefined, pos: token.pos, operand: true })
    if (token.type !== 'word') this.unexpected()
  }

  private close(word: string): void {
    this.expect(word)
    this.redirections()
  }

  private expect(word: string): void {
    if (this.read(anywhere).type !== word) this.unexpected(word)
  }

  private unexpected(expecting?: string): never {
    const { type, text, pos } = this.last
    if (type === 'end') throw new Found({ kind: 'end', expecting, pos })
    throw new Found({
      kind: 'token', token: text, pos, ...(expecting !== undefined && { expecting }),
      ...(type === 'word' && { plain: true }),
    })
  }

  private hold(): void {
    this.held = this.last
  }

  private read(check: Check = {}): Token {
    let token = this.held ?? this.tokens.next()
    this.held = undefined
    while (check.newlines && token.type === 'newline') token = this.tokens.next()
    if (check.words && token.type === 'word' && isReserved(this.flavour, token.text))
      token = { ...token, type: token.text }
    this.last = token
    return token
  }
}
