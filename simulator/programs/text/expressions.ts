import { BoundedExpression } from '../../shell/expression/bounded-expression.ts'
import { escapeExpression } from '../glob.ts'

/** A pattern was no regular expression; `why` is the C library's sentence. */
export class ExpressionError extends Error {}

const classes: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z', digit: '0-9', alnum: 'A-Za-z0-9', upper: 'A-Z', lower: 'a-z', space: '\\s',
  blank: ' \\t', punct: '!-\\/:-@\\[-`{-~', print: ' -~', graph: '!-~', cntrl: '\\x00-\\x1f\\x7f',
  xdigit: 'A-Fa-f0-9',
}

/** A POSIX basic or extended regular expression, with GNU's additions, as a JavaScript one. */
export function posixExpression(source: string, kind: 'basic' | 'extended', flags = ''): RegExp {
  const translated = new Translation(source, kind === 'extended').run()
  try {
    return new BoundedExpression(translated, flags.includes('u') ? flags : `${flags}u`)
  } catch {
    throw new ExpressionError('Invalid regular expression')
  }
}

class Translation {
  private at = 0
  private out = ''
  private depth = 0
  /** Nothing to repeat yet: at the start, after ( and |. */
  private fresh = true

  constructor(private readonly source: string, private readonly extended: boolean) {}

  run(): string {
    while (this.at < this.source.length) this.next()
    if (this.depth > 0)
      throw new ExpressionError(this.extended ? 'Unmatched ( or \\(' : 'Unmatched ( or \\(')
    return this.out
  }

  private next(): void {
    const character = this.source[this.at]!
    if (character === '\\') return this.escape()
    if (character === '[') return this.bracket()
    this.at++
    if (character === '.') return this.atom('[^\\n]')
    if (character === '*') return this.fresh ? this.atom('\\*') : this.repeat('*')
    if (character === '^') return this.anchor('^', this.extended || this.fresh)
    if (character === '$') return this.anchor('$', this.extended || this.endsHere())
    if (!this.extended || !'+?{}()|'.includes(character)) return this.atom(quoted(character))
    this.operator(character)
  }

  private escape(): void {
    const next = this.source[this.at + 1]
    if (next === undefined) throw new ExpressionError('Trailing backslash')
    this.at += 2
    if (/[1-9]/.test(next)) return this.atom(`\\${next}`)
    if (next === '<') return this.zero('\\b(?=\\w)')
    if (next === '>') return this.zero('\\b(?<=\\w)')
    if (next === 'b') return this.zero('\\b')
    if (next === 'B') return this.zero('\\B')
    if (next === '`') return this.zero('(?<![^])')
    if (next === "'") return this.zero('(?![^])')
    if ('wWsS'.includes(next)) return this.atom(`\\${next}`)
    if (next === 'n') return this.atom('\\n')
    if (next === 't') return this.atom('\\t')
    if (!this.extended && '+?{}()|'.includes(next)) return this.operator(next)
    this.atom(quoted(next))
  }

  private operator(character: string): void {
    switch (character) {
      case '(':
        this.depth++
        this.out += '('
        this.fresh = true
        return
      case ')':
        if (this.depth === 0) {
          if (this.extended) return this.atom('\\)')
          throw new ExpressionError('Unmatched ) or \\)')
        }
        this.depth--
        return this.atom(')')
      case '|':
        this.out += '|'
        this.fresh = true
        return
      case '{': return this.interval()
      case '}': return this.atom('\\}')
      default:
        if (this.fresh) this.atom(`\\${character}`)
        else this.repeat(character)
    }
  }

  private interval(): void {
    const rest = this.source.slice(this.at)
    const match = this.extended ? /^(\d*)(,?)(\d*)\}/.exec(rest) : /^(\d*)(,?)(\d*)\\\}/.exec(rest)
    if (!match || this.fresh) {
      if (this.extended) return this.atom('\\{')
      throw new ExpressionError(match ? 'Invalid preceding regular expression' : 'Unmatched \\{')
    }
    this.at += match[0].length
    this.repeat(`{${match[1] || '0'}${match[2]}${match[3]}}`)
  }

  private bracket(): void {
    let end = this.at + 1
    if (this.source[end] === '^') end++
    if (this.source[end] === ']') end++
    while (end < this.source.length && this.source[end] !== ']') {
      if (this.source[end] === '[' && /[:.=]/.test(this.source[end + 1] ?? '')) {
        const close = this.source.indexOf(`${this.source[end + 1]}]`, end + 2)
        end = close < 0 ? this.source.length : close + 2
      } else end++
    }
    if (end >= this.source.length) throw new ExpressionError('Unmatched [, [^, [:, [., or [=')
    const body = this.source.slice(this.at + 1, end)
    this.at = end + 1
    const negated = body.startsWith('^')
    this.atom(`[${negated ? '^' : ''}${setBody(negated ? body.slice(1) : body)}]`)
  }

  private anchor(character: string, isAnchor: boolean): void {
    if (!isAnchor) return this.atom(`\\${character}`)
    this.out += character
    // `^*` matches a star in basic expressions.
    this.fresh = character === '^'
  }

  private endsHere(): boolean {
    const rest = this.source.slice(this.at)
    return rest === '' || rest.startsWith('\\)') || rest.startsWith('\\|')
  }

  private atom(text: string): void {
    this.out += text
    this.fresh = false
  }

  private zero(text: string): void {
    this.out += text
    this.fresh = false
  }

  /** `a**` and `a+*` repeat what is repeated. */
  private repeat(text: string): void {
    if (/(?:^|[^\\])[*+?}]$/.test(this.out)) {
      this.out = this.out.replace(/[*+?]$/, '') + (/[*+?]$/.test(this.out) ? '*' : '')
      return
    }
    this.out += text
  }
}

function quoted(character: string): string {
  return character === '-' ? '-' : escapeExpression(character).replace('\\-', '-')
}

function setBody(body: string): string {
  let out = ''
  for (let at = 0; at < body.length; at++) {
    const named = /^\[:(\w+):\]/.exec(body.slice(at))
    if (named) {
      const set = classes[named[1]!]
      if (set === undefined) throw new ExpressionError('Invalid character class name')
      out += set
      at += named[0].length - 1
    } else if (body[at] === '-' && at > 0 && at < body.length - 1) out += '-'
    else out += body[at]!.replace(/[\\\]^[-]/, '\\$&')
  }
  return out
}
