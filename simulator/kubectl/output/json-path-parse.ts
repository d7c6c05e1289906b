/** A piece of a JSONPath template: text outside braces is an action of its own. */
export type Action = readonly Step[]

export type Step =
  | { readonly kind: 'value'; readonly value: string | number | boolean }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'wildcard' | 'recursive' }
  | { readonly kind: 'array'; readonly from: Bound; readonly to: Bound; readonly by: Bound }
  | { readonly kind: 'union'; readonly members: readonly Action[] }
  | {
      readonly kind: 'filter'; readonly left: Action
      readonly operator: string; readonly right: Action
    }
  /** `range`, `end`; any other is noticed only when it is run. */
  | { readonly kind: 'identifier'; readonly name: string }

/** `next`: not written, the place after `from`. */
export type Bound = number | 'next' | undefined

/** Models client-go/util/jsonpath Parser. */
export function parseTemplate(template: string): readonly Action[] {
  return new PathParser(template).actions()
}

export class PathSyntaxError extends Error {}

/** What ends a name. */
const terminators = ' \t\r\n.,[]$@{}'

class PathParser {
  private at = 0

  constructor(private readonly text: string) {}

  actions(): readonly Action[] {
    const actions: Action[] = []
    while (this.at < this.text.length) {
      const open = this.text.indexOf('{', this.at)
      const end = open < 0 ? this.text.length : open
      if (end > this.at) actions.push([{ kind: 'value', value: this.text.slice(this.at, end) }])
      this.at = end + 1
      if (open >= 0) actions.push(this.action())
    }
    return actions
  }

  /** Steps up to the closing brace. */
  private action(): Action {
    const steps: Step[] = []
    for (;;) {
      const character = this.text[this.at] ?? ''
      if (character === '}') {
        this.at++
        return steps
      }
      steps.push(...this.step(character, steps.at(-1)))
    }
  }

  private step(character: string, before: Step | undefined): readonly Step[] {
    const ahead = (text: string) => this.text.startsWith(text, this.at)
    if (ahead('[?(')) return [this.filter()]
    if (ahead('..')) return this.recursive(before)
    if (character === '' || /[\r\n]/.test(character)) throw new PathSyntaxError('unclosed action')
    if (/[+\-\p{Nd}]/u.test(character)) return [this.number()]
    if (/[_\p{L}]/u.test(character)) return [this.identifier()]
    this.at++
    // The current object is meant by `$` too, also amid a range.
    if (character === ' ' || character === '@' || character === '$') return []
    if (character === '[') return this.array()
    if (character === '"' || character === "'") return [this.quoted(character)]
    if (character === '.') return [this.field()]
    throw new PathSyntaxError(`unrecognized character in action: ${codePoint(character)}`)
  }

  private recursive(before: Step | undefined): readonly Step[] {
    if (before?.kind === 'recursive') {
      throw new PathSyntaxError('invalid multiple recursive descent')
    }
    this.at += 2
    const named = /[_\p{L}\p{Nd}]/u.test(this.text[this.at] ?? '')
    return named ? [{ kind: 'recursive' }, this.field()] : [{ kind: 'recursive' }]
  }

  private word(): string {
    const begin = this.at
    while (this.at < this.text.length && !terminators.includes(this.text[this.at]!)) {
      this.at += this.text[this.at] === '\\' ? 2 : 1
    }
    this.at = Math.min(this.at, this.text.length)
    return this.text.slice(begin, this.at)
  }

  private identifier(): Step {
    const begin = this.at
    while (this.at < this.text.length && !terminators.includes(this.text[this.at]!)) this.at++
    const name = this.text.slice(begin, this.at)
    if (name === 'true' || name === 'false') return { kind: 'value', value: name === 'true' }
    return { kind: 'identifier', name }
  }

  private field(): Step {
    const name = this.word()
    return name === '*' ? { kind: 'wildcard' } : { kind: 'field', name: name.replaceAll('\\', '') }
  }

  private number(): Step {
    const text = /^[+-]?[.\p{Nd}]*/u.exec(this.text.slice(this.at))![0]
    this.at += text.length
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text)) {
      throw new PathSyntaxError(`cannot parse number ${text}`)
    }
    return { kind: 'value', value: Number(text) }
  }

  /** What stands from here to `end`, which is passed; a line's end must not come before. */
  private upTo(end: string, isEnd: (at: number) => boolean, problem: string): string {
    const begin = this.at
    for (; this.at < this.text.length && this.text[this.at] !== '\n'; this.at++) {
      if (this.text[this.at] === end && isEnd(this.at)) {
        return this.text.slice(begin, this.at++)
      }
    }
    throw new PathSyntaxError(problem)
  }

  private quoted(quote: string): Step {
    const isEnd = (at: number) => this.text[at - 1] !== '\\'
    const inner = this.upTo(quote, isEnd, 'unterminated quoted string')
    return { kind: 'value', value: unquoted(inner, quote) }
  }

  private array(): readonly Step[] {
    const written = this.upTo(']', () => true, 'unterminated array')
    const inner = written === '*' ? ':' : written
    const members = inner.split(',')
    if (members.length > 1) {
      return [{
        kind: 'union', members: members.map((member) => actionOf(`[${member.trim()}]`)),
      }]
    }
    const key = /^'([^']*)'$/.exec(inner)
    if (key) return actionOf(`.${key[1]!}`)
    const bounds = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(inner)
    if (!bounds) throw new PathSyntaxError(`invalid array index ${inner}`)
    const [from, to, by] = [bounds[1], bounds[2], bounds[3]].map(bound)
    return [{ kind: 'array', from, to: bounds[2] === undefined ? 'next' : to, by }]
  }

  private filter(): Step {
    this.at += 3
    let quote = ''
    let closed = false
    // One quoted text may hold a parenthesis: it is never looked for a second one.
    const isEnd = () => (quote !== '') === closed
    const begin = this.at
    for (; !(this.text[this.at] === ')' && isEnd()); this.at++) {
      const character = this.text[this.at] ?? '\n'
      if (character === '\n') throw new PathSyntaxError('unterminated filter')
      if (quote === '' && (character === '"' || character === "'")) quote = character
      else if (character === quote && this.text[this.at - 1] !== '\\') closed = true
    }
    const inner = this.text.slice(begin, this.at)
    if (this.text[this.at + 1] !== ']') throw new PathSyntaxError('unclosed array expect ]')
    this.at += 2
    const parts = /^([^!<>=]+)([!<>=]+)(.+?)$/.exec(inner)
    if (!parts) return { kind: 'filter', left: actionOf(inner), operator: 'exists', right: [] }
    const [, left, operator, right] = parts
    return { kind: 'filter', left: actionOf(left!), operator: operator!, right: actionOf(right!) }
  }
}

/** What would stand in braces of its own; anything behind them is passed over. */
function actionOf(text: string): Action {
  return new PathParser(`{${text}}`).actions()[0] ?? []
}

function bound(text: string | undefined): number | undefined {
  const digits = text?.replace(':', '') ?? ''
  if (digits === '-') throw new PathSyntaxError('array index - is not a number')
  return digits === '' ? undefined : Number(digits)
}

function codePoint(character: string): string {
  const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
  return `U+${code} '${character}'`
}

const escapes: Readonly<Record<string, string>> = {
  a: '\u0007', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\',
}

/** Go's escapes; the quote of the other kind may not be escaped. */
function unquoted(inner: string, quote: string): string {
  const wrong = () => new PathSyntaxError(
    `unquote string ${quote}${inner}${quote} error invalid syntax`)
  return inner.replace(/\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|[0-7]{3}|.|$)/gs, (_, code: string) => {
    if (code === quote) return quote
    if (code.length > 1) {
      const octal = /^\d/.test(code)
      return String.fromCharCode(parseInt(octal ? code : code.slice(1), octal ? 8 : 16))
    }
    const character = escapes[code]
    if (character === undefined) throw wrong()
    return character
  })
}
