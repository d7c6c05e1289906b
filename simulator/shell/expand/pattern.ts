import { BoundedExpression } from '../expression/bounded-expression.ts'

/**
 * A glob pattern as a regular expression over the whole text. `\x` is the character x itself.
 * `path`: for one component of a path, where a leading dot must be written.
 */
export interface PatternOptions {
  readonly ignoreCase?: boolean
  readonly extended?: boolean
}

const cache = new Map<string, RegExp>()

export function compilePattern(pattern: string, options: PatternOptions = {}): RegExp {
  const key = `${options.ignoreCase ? 'i' : ''}${options.extended ? 'x' : ''}:${pattern}`
  const known = cache.get(key)
  if (known) return known
  const flags = options.ignoreCase ? 'sui' : 'su'
  const source = `^(?:${translate(pattern, options.extended ?? false)})$`
  // Plain patterns never backtrack (see joinAtStars); only groups can be made costly.
  const compiled = options.extended
    ? new BoundedExpression(source, flags)
    : new RegExp(source, flags)
  if (cache.size > 500) cache.clear()
  cache.set(key, compiled)
  return compiled
}

export function matches(pattern: string, text: string, options?: PatternOptions): boolean {
  return compilePattern(pattern, options).test(text)
}

/** The pattern that matches exactly this text. */
export function escapePattern(text: string): string {
  return text.replace(/[\\*?[\]!^\-()|+@]/g, '\\$&')
}

export function unescapePattern(pattern: string): string {
  return pattern.replace(/\\(.)/gs, '$1')
}

export function hasMagic(pattern: string): boolean {
  for (let at = 0; at < pattern.length; at++) {
    const key = pattern[at]
    if (key === '\\') at++
    else if (key === '*' || key === '?') return true
    else if (key === '[' && closingBracket(pattern, at) >= 0) return true
  }
  return false
}

function translate(pattern: string, extended: boolean): string {
  return joinAtStars(starPieces(pattern, extended))
}

/** What stands between the stars of a pattern, as expressions; a single piece has no star. */
export function starPieces(pattern: string, extended = false): string[] {
  const before: string[] = []
  let out = ''
  for (let at = 0; at < pattern.length; at++) {
    const key = pattern[at]!
    const group = extended && '?*+@!'.includes(key) && pattern[at + 1] === '('
      ? closingParenthesis(pattern, at + 1) : -1
    if (group > 0) {
      out += extendedGroup(key, pattern.slice(at + 2, group))
      at = group
    } else if (key === '\\' && at + 1 < pattern.length) {
      out += literal(codePoint(pattern, ++at))
      at += codePoint(pattern, at).length - 1
    } else if (key === '*' && extended) out += '.*'
    else if (key === '*') {
      before.push(out)
      out = ''
    } else if (key === '?') out += '.'
    else if (key === '[' && closingBracket(pattern, at) >= 0) {
      const end = closingBracket(pattern, at)
      out += bracket(pattern.slice(at + 1, end))
      at = end
    } else {
      const whole = codePoint(pattern, at)
      out += literal(whole)
      at += whole.length - 1
    }
  }
  return [...before, out]
}

/**
 * What stands between two stars is taken where it first occurs and never looked for again (a
 * lookahead does not backtrack), so `*a*a*a*a*b` takes no longer than it should.
 */
export function joinAtStars(pieces: readonly string[], lazy = false): string {
  const [first = '', ...rest] = pieces
  const last = rest.pop()
  if (last === undefined) return first
  const middle = rest.filter((piece) => piece !== '')
  const between = middle.map((piece, i) => `(?=(.*?${piece}))\\${i + 1}`).join('')
  return `${first}${between}.*${lazy ? '?' : ''}${last}`
}

function codePoint(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 0)
}

function literal(key: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(key) ? `\\${key}` : key
}

function extendedGroup(operator: string, body: string): string {
  const choices = splitChoices(body).map((one) => translate(one, true)).join('|')
  switch (operator) {
    case '?': return `(?:${choices})?`
    case '*': return `(?:${choices})*`
    case '+': return `(?:${choices})+`
    case '!': return `(?!(?:${choices})$).*`
    default: return `(?:${choices})`
  }
}

function splitChoices(body: string): string[] {
  const parts: string[] = ['']
  let depth = 0
  for (let at = 0; at < body.length; at++) {
    const key = body[at]!
    if (key === '\\') {
      parts[parts.length - 1] += key + (body[++at] ?? '')
      continue
    }
    if (key === '(') depth++
    if (key === ')') depth--
    if (key === '|' && depth === 0) parts.push('')
    else parts[parts.length - 1] += key
  }
  return parts
}

function closingParenthesis(pattern: string, open: number): number {
  let depth = 0
  for (let at = open; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++
    else if (pattern[at] === '(') depth++
    else if (pattern[at] === ')' && --depth === 0) return at
  }
  return -1
}

/** Where a bracket expression ends; -1 if it is just a `[`. */
function closingBracket(pattern: string, open: number): number {
  let at = open + 1
  if (pattern[at] === '!' || pattern[at] === '^') at++
  if (pattern[at] === ']') at++
  for (; at < pattern.length; at++) {
    if (pattern[at] === ']') return at
    if (pattern[at] === '\\') at++
    else if (pattern[at] === '[' && /[:.=]/.test(pattern[at + 1] ?? '')) {
      const end = pattern.indexOf(`${pattern[at + 1]}]`, at + 2)
      if (end >= 0) at = end + 1
    }
  }
  return -1
}

const classes: Readonly<Record<string, string>> = {
  alpha: 'a-zA-Z', digit: '0-9', alnum: 'a-zA-Z0-9', upper: 'A-Z', lower: 'a-z',
  space: ' \\t\\n\\r\\f\\v', blank: ' \\t', punct: '!-\\/:-@\\[-`{-~', xdigit: '0-9A-Fa-f',
  cntrl: '\\x00-\\x1f\\x7f', print: ' -~', graph: '!-~', word: 'a-zA-Z0-9_',
}

function bracket(body: string): string {
  const negated = body[0] === '!' || body[0] === '^'
  let rest = negated ? body.slice(1) : body
  let set = ''
  while (rest !== '') {
    const named = /^\[:([a-z]+):\]/.exec(rest)
    if (named) {
      set += classes[named[1]!] ?? ''
      rest = rest.slice(named[0].length)
      continue
    }
    const key = rest[0] === '\\' && rest.length > 1 ? rest.slice(0, 2) : codePoint(rest, 0)
    rest = rest.slice(key.length)
    const plain = key.length === 2 && key[0] === '\\' ? key[1]! : key
    set += key === '-' ? '-' : plain.replace(/[\\\]^[-]/g, '\\$&')
  }
  if (set === '') return negated ? '.' : '(?!)'
  return `[${negated ? '^' : ''}${orderedRanges(set)}]`
}

/** A range that runs backwards matches nothing in a shell and would be an error in JavaScript. */
function orderedRanges(set: string): string {
  return set.replace(/^-|-$/g, '\\-')
    .replace(/(\\?[^\\])-(\\?[^\\])/gsu, (range, from: string, to: string) =>
      (from.at(-1)! > to.at(-1)! && !/^\\[a-z]/.test(from) ? '' : range))
}
