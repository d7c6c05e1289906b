import { limits } from '../../limits.ts'
import type { ShellFlavour } from '../flavour.ts'

/** `word`, `redirection`, `newline`, `end`, or the operator itself. */
export interface Token { readonly type: string; readonly text: string; readonly pos: number }

/** A quote or bracket without its end: what follows cannot be told apart. */
export class OpenText extends Error {}

const operators: Readonly<Record<ShellFlavour, RegExp>> = {
  dash: /(?:;;|&&|\|\||[;&|()])/y,
  ash: /(?:;;|&&|\|\||[;&|()])/y,
  bash: /(?:;;&|;;|;&|&&|\|\||\|&|[;&|()])/y,
}
const redirections: Readonly<Record<ShellFlavour, RegExp>> = {
  dash: /\d*(?:<<-|<<|>>|<&|>&|<>|>\||[<>])/y,
  ash: /\d*(?:&>>|&>|<<<|<<-|<<|>>|<&|>&|<>|>\||[<>])/y,
  bash: /\d*(?:&>>|&>|<<<|<<-|<<|>>|<&|>&|<>|>\||[<>])/y,
}

/** A text as a shell's parser sees it, one token after the other. */
export class Tokens {
  private at = 0
  private depth = 0
  /** Delimiters of here-documents whose bodies begin at the next line. */
  private readonly awaited: { readonly delimiter: string; readonly tabs: boolean }[] = []
  private here: '<<' | '<<-' | undefined

  constructor(private readonly text: string, private readonly flavour: ShellFlavour) {}

  next(): Token {
    this.blanks()
    const pos = this.at
    if (pos >= this.text.length) return { type: 'end', text: '', pos }
    if (this.text[pos] === '\n') {
      this.at++
      this.skipDocuments()
      return { type: 'newline', text: 'newline', pos }
    }
    const process = this.flavour !== 'dash' && /^[<>]\($/.test(this.text.slice(pos, pos + 2))
    const redirection = process ? undefined : this.match(redirections[this.flavour])
    if (redirection !== undefined) {
      const operator = redirection.replace(/^\d+/, '')
      if (operator === '<<' || operator === '<<-') this.here = operator
      return { type: 'redirection', text: operator, pos }
    }
    const operator = process ? undefined : this.match(operators[this.flavour])
    if (operator !== undefined) return { type: operator, text: operator, pos }
    return this.word(pos)
  }

  /** True where `text` comes next, without a blank between. */
  touches(text: string): boolean {
    return this.text.startsWith(text, this.at)
  }

  /** Past the bracket that closes the one at `from`, or the one that comes next. */
  skipBracket(from = this.at): void {
    this.at = this.closing(from + 1, ')') + 1
  }

  private word(pos: number): Token {
    while (this.at < this.text.length && !/[\s;&|()<>]/.test(this.text[this.at]!)) this.part()
    if (this.flavour !== 'dash' && this.at === pos) {
      // A process substitution.
      this.at++
      this.skipBracket()
    }
    const text = this.text.slice(pos, this.at)
    if (this.here !== undefined) {
      const delimiter = text.replace(/["'\\]/g, '')
      this.awaited.push({ delimiter, tabs: this.here === '<<-' })
      this.here = undefined
    }
    return { type: 'word', text, pos }
  }

  /** One character, or what is quoted or expanded as a whole. */
  private part(): void {
    const key = this.text[this.at]!
    if (key === '\\') this.at += 2
    else if (key === "'") this.at = this.find("'", this.at + 1) + 1
    else if (key === '"') this.at = this.closing(this.at + 1, '"') + 1
    else if (key === '`') this.at = this.closing(this.at + 1, '`') + 1
    else if (key === '$' && this.text[this.at + 1] === '(') {
      this.at = this.closing(this.at + 2, ')') + 1
    } else if (key === '$' && this.text[this.at + 1] === '{') {
      this.at = this.closing(this.at + 2, '}') + 1
    } else if (key === '$' && this.text[this.at + 1] === "'" && this.flavour !== 'dash') {
      this.at = this.closing(this.at + 2, "'") + 1
    } else this.at++
  }

  /** Where `mark` closes what was opened before `from`. */
  private closing(from: number, mark: string): number {
    const outer = this.at
    this.at = from
    if (++this.depth > limits.shellNesting) throw new OpenText()
    while (this.text[this.at] !== mark) {
      const key = this.text[this.at]
      if (key === undefined) throw new OpenText()
      if (key === '\\') this.at += 2
      else if (mark === "'" || mark === '`') this.at++
      else if (mark === ')' && key === '(') this.at = this.closing(this.at + 1, ')') + 1
      else if (mark !== ')' && key === "'") this.at += mark === '"' ? 1 : this.quoted()
      else this.part()
    }
    const found = this.at
    this.at = outer
    this.depth--
    return found
  }

  private quoted(): number {
    return this.find("'", this.at + 1) + 1 - this.at
  }

  private find(mark: string, from: number): number {
    const found = this.text.indexOf(mark, from)
    if (found < 0) throw new OpenText()
    return found
  }

  private blanks(): void {
    for (;;) {
      const blank = this.match(/(?:[ \t]|\\\n)+/y)
      const comment = this.match(/#[^\n]*/y)
      if (blank === undefined && comment === undefined) return
    }
  }

  private match(shape: RegExp): string | undefined {
    shape.lastIndex = this.at
    const found = shape.exec(this.text)?.[0]
    if (found === undefined) return undefined
    this.at += found.length
    return found
  }

  private skipDocuments(): void {
    for (const { delimiter, tabs } of this.awaited.splice(0)) {
      while (this.at < this.text.length) {
        const end = this.text.indexOf('\n', this.at)
        const line = this.text.slice(this.at, end < 0 ? this.text.length : end)
        this.at = end < 0 ? this.text.length : end + 1
        if ((tabs ? line.replace(/^\t+/, '') : line) === delimiter) break
      }
    }
  }
}
