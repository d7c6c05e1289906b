import { Failure } from '../command/failure.ts'

/** Go's text/template as far as kubectl users write it. */
export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly pipeline: Pipeline }
  | { readonly kind: 'if' | 'with' | 'range'; readonly pipeline: Pipeline
      readonly body: readonly TemplateNode[]; readonly otherwise: readonly TemplateNode[] }

/** Commands joined by `|`; `variables` take the result. */
export interface Pipeline {
  readonly variables: readonly string[]
  readonly commands: readonly Command[]
}
export type Command = readonly Term[]
/** Where something stands in the template, and its words: what an error names. */
export interface Spot { readonly at: number; readonly text: string }
export type Term = Spot & (
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'field'; readonly from: Term | undefined; readonly names: readonly string[] }
  | { readonly kind: 'variable'; readonly name: string; readonly names: readonly string[] }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'pipeline'; readonly pipeline: Pipeline }
)
interface Token { readonly text: string; readonly at: number }

export function parseGoTemplate(template: string): readonly TemplateNode[] {
  return new TemplateParser(template).parse()
}

interface Open {
  readonly kind: 'root' | 'if' | 'with' | 'range'
  readonly pipeline: Pipeline
  body: TemplateNode[]
  otherwise: TemplateNode[] | undefined
  /** Blocks that `else if` opened and the same `end` closes. */
  chained: boolean
}

const nothing: Pipeline = { variables: [], commands: [] }

class TemplateParser {
  private readonly stack: Open[] = [
    { kind: 'root', pipeline: nothing, body: [], otherwise: undefined, chained: false },
  ]

  /** Where the words of the action begin, and the variables that are known. */
  private base = 0
  private readonly known = new Set(['$'])

  constructor(private readonly template: string) {}

  parse(): readonly TemplateNode[] {
    let rest = this.template
    for (;;) {
      const open = rest.indexOf('{{')
      const text = open < 0 ? rest : rest.slice(0, open)
      const trimmed = open >= 0 && /^\{\{- /.test(rest.slice(open)) ? text.trimEnd() : text
      if (trimmed !== '') this.add({ kind: 'text', text: trimmed })
      if (open < 0) break
      const close = actionEnd(rest, open + 2)
      if (close < 0) throw this.problem(whyUnclosed(rest.slice(open + 2)))
      const inner = rest.slice(open + 2, close).replace(/^- /, '  ')
      this.base = this.template.length - rest.length + open + 2
      rest = rest.slice(close + 2)
      if (/ -$/.test(inner)) rest = rest.trimStart()
      this.action(inner.replace(/ -$/, ''))
    }
    if (this.stack.length > 1) throw this.problem('unexpected EOF')
    return this.stack[0]!.body
  }

  private problem(text: string): Failure {
    return new Failure(`error parsing template ${this.template}, template: output:1: ${text}`)
  }

  private add(node: TemplateNode): void {
    const top = this.stack.at(-1)!
    const list = top.otherwise ?? top.body
    list.push(node)
  }

  private action(written: string): void {
    const words = written.trimStart()
    this.base += written.length - words.length
    if (/^\/\*/.test(words)) return
    const missing = /^(?:define|template|block|break|continue)\b/.exec(words)?.[0]
    if (missing) throw new Failure(`{{${missing}}} of go-template is not simulated in Grace`)
    const keyword = /^(if|with|range|else|end)\b/.exec(words)?.[1]
    const rest = words.slice(keyword?.length ?? 0)
    this.base += keyword?.length ?? 0
    if (keyword === 'if' || keyword === 'with' || keyword === 'range') {
      this.open(keyword, rest, false)
    }
    else if (keyword === 'else') this.otherwise(rest)
    else if (keyword === 'end') this.close()
    else this.add({ kind: 'action', pipeline: this.pipeline(rest, 'command') })
  }

  private open(kind: 'if' | 'with' | 'range', rest: string, chained: boolean): void {
    this.stack.push(
      { kind, pipeline: this.pipeline(rest, kind), body: [], otherwise: undefined, chained },
    )
  }

  private otherwise(rest: string): void {
    const top = this.stack.at(-1)!
    if (top.kind === 'root' || top.otherwise) throw this.problem('unexpected {{else}}')
    top.otherwise = []
    const next = /^(\s*(if|with))\b(.*)$/s.exec(rest)
    this.base += next?.[1]!.length ?? 0
    if (next) this.open(next[2] === 'if' ? 'if' : 'with', next[3]!, true)
  }

  private close(): void {
    const top = this.stack.pop()!
    if (top.kind === 'root') throw this.problem('unexpected {{end}}')
    const { kind, pipeline, body, otherwise = [], chained } = top
    this.add({ kind, pipeline, body, otherwise })
    if (chained) this.close()
  }

  private pipeline(text: string, whatFor: string): Pipeline {
    const tokens = tokensOf(text, this.base)
    if (tokens.length === 0) throw this.problem(`missing value for ${whatFor}`)
    const assign = tokens.findIndex((token) => token.text === ':=' || token.text === '=')
    const variables = assign < 0 ? []
      : tokens.slice(0, assign).flatMap((token) => token.text === ',' ? [] : [token.text])
    for (const name of variables) this.known.add(name)
    const reader = { tokens: tokens.slice(assign + 1), at: 0 }
    return { variables, commands: this.commands(reader, false) }
  }

  private commands(
    reader: { readonly tokens: readonly Token[]; at: number }, inParens: boolean,
  ): readonly Command[] {
    const commands: Term[][] = [[]]
    for (;;) {
      const token = reader.tokens[reader.at]
      if (!token && inParens) throw this.problem('unclosed left paren')
      if (token?.text === ')' && !inParens) throw this.problem('unexpected right paren')
      if (!token || token.text === ')') return commands
      reader.at++
      const last = commands.at(-1)!
      if (token.text === '|' && last.length === 0) throw this.problem('unexpected "|" in command')
      if (token.text === '|') commands.push([])
      else if (commands.length > 1 && last.length === 0 && /^["`\d]/.test(token.text)) {
        throw this.problem(`non executable command in pipeline stage ${commands.length}`)
      } else if (token.text === '(') last.push(this.group(reader, token))
      else last.push(this.term(token))
    }
  }

  /** What stands in parentheses, and the fields taken from it. */
  private group(
    reader: { readonly tokens: readonly Token[]; at: number }, { at }: Token,
  ): Term {
    const inner: Pipeline = { variables: [], commands: this.commands(reader, true) }
    const close = reader.tokens[reader.at++]!
    const text = this.template.slice(at, close.at + 1)
    const group: Term = { kind: 'pipeline', pipeline: inner, at, text }
    const next = reader.tokens[reader.at]
    if (next?.at !== close.at + 1 || !next.text.startsWith('.')) return group
    reader.at++
    return {
      kind: 'field', from: group, names: fieldNames(next.text), at: next.at,
      text: text + next.text,
    }
  }

  private term({ text, at }: Token): Term {
    const spot = { text, at }
    if (/^["`]/.test(text)) {
      if (text.length < 2) throw this.problem('unterminated quoted string')
      return { ...spot, kind: 'value', value: unquoted(text) }
    }
    if (/^'.+'$/.test(text)) return { ...spot, kind: 'value', value: text.codePointAt(1) }
    if (/^[+-]?\d/.test(text)) return { ...spot, kind: 'value', value: Number(text) }
    if (text === 'true' || text === 'false') {
      return { ...spot, kind: 'value', value: text === 'true' }
    }
    if (text === 'nil') return { ...spot, kind: 'value', value: null }
    const odd = /[^\w.$]/u.exec(text)?.[0]
    if (odd !== undefined) {
      const code = odd.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
      throw this.problem(`bad character U+${code} '${odd}'`)
    }
    // Of a path the error names the place of the second name.
    const second = text.indexOf('.', 1)
    const place = { text, at: second < 0 ? at : at + second }
    if (text.startsWith('.')) {
      return { ...place, kind: 'field', from: undefined, names: fieldNames(text) }
    }
    if (text.startsWith('$')) {
      const [name = '$', ...names] = text.split('.')
      if (!this.known.has(name)) throw this.problem(`undefined variable "${name}"`)
      return { ...place, kind: 'variable', name, names }
    }
    if (!functionNames.has(text)) throw this.problem(`function "${text}" not defined`)
    return { ...spot, kind: 'function', name: text }
  }
}

export const functionNames = new Set([
  'and', 'or', 'not', 'eq', 'ne', 'lt', 'le', 'gt', 'ge', 'len', 'index', 'print', 'printf',
  'println', 'exists', 'base64decode', 'html', 'js', 'urlquery', 'slice',
])

/** Where the action's braces close; those inside quotes do not count. */
function actionEnd(text: string, from: number): number {
  let quote = ''
  for (let at = from; at < text.length; at++) {
    const character = text[at]!
    if (quote !== '') {
      if (character === '\\' && quote === '"') at++
      else if (character === quote) quote = ''
    } else if (character === '"' || character === '`') quote = character
    else if (text.startsWith('}}', at)) return at
  }
  return -1
}

/** What is said of an action that does not end. */
function whyUnclosed(text: string): string {
  const rest = text.replace(/"(?:\\.|[^"\\])*"|`[^`]*`/g, '')
  if (rest.includes('"')) return 'unterminated quoted string'
  if (rest.includes('`')) return 'unterminated raw quoted string'
  return rest.includes('}') ? "bad character U+007D '}'" : 'unclosed action'
}

function tokensOf(text: string, base: number): readonly Token[] {
  const pattern = /"(?:\\.|[^"\\])*"|`[^`]*`|'(?:\\.|[^'])'|:=|[()|,=]|[^\s()|,="`]+|["`]/g
  return [...text.matchAll(pattern)].map((match) => ({ text: match[0], at: base + match.index }))
}

function fieldNames(token: string): readonly string[] {
  return token.split('.').filter((name) => name !== '')
}

function unquoted(token: string): string {
  if (token.startsWith('`')) return token.slice(1, -1)
  return token.slice(1, -1).replace(/\\(.)/g, (_, character: string) =>
    character === 'n' ? '\n' : character === 't' ? '\t' : character)
}
