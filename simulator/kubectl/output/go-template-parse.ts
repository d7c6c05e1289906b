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
export type Term =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'field'; readonly from: Term | undefined; readonly names: readonly string[] }
  | { readonly kind: 'variable'; readonly name: string; readonly names: readonly string[] }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'pipeline'; readonly pipeline: Pipeline }

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
      if (close < 0) throw this.problem('unclosed action')
      const inner = rest.slice(open + 2, close).replace(/^- /, ' ')
      rest = rest.slice(close + 2)
      if (/ -$/.test(inner)) rest = rest.trimStart()
      this.action(inner.replace(/ -$/, '').trim())
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

  private action(words: string): void {
    if (/^\/\*/.test(words)) return
    const keyword = /^(if|with|range|else|end)\b/.exec(words)?.[1]
    const rest = words.slice(keyword?.length ?? 0).trim()
    if (keyword === 'if' || keyword === 'with' || keyword === 'range') {
      this.open(keyword, rest, false)
    }
    else if (keyword === 'else') this.otherwise(rest)
    else if (keyword === 'end') this.close()
    else this.add({ kind: 'action', pipeline: this.pipeline(rest) })
  }

  private open(kind: 'if' | 'with' | 'range', rest: string, chained: boolean): void {
    this.stack.push(
      { kind, pipeline: this.pipeline(rest), body: [], otherwise: undefined, chained },
    )
  }

  private otherwise(rest: string): void {
    const top = this.stack.at(-1)!
    if (top.kind === 'root' || top.otherwise) throw this.problem('unexpected {{else}}')
    top.otherwise = []
    const next = /^(if|with)\b(.*)$/s.exec(rest)
    if (next) this.open(next[1] === 'if' ? 'if' : 'with', next[2]!.trim(), true)
  }

  private close(): void {
    const top = this.stack.pop()!
    if (top.kind === 'root') throw this.problem('unexpected {{end}}')
    const { kind, pipeline, body, otherwise = [], chained } = top
    this.add({ kind, pipeline, body, otherwise })
    if (chained) this.close()
  }

  private pipeline(text: string): Pipeline {
    const tokens = tokensOf(text)
    if (!tokens || tokens.length === 0) throw this.problem('missing value for command')
    const assign = tokens.findIndex((token) => token === ':=' || token === '=')
    const variables = assign < 0 ? [] : tokens.slice(0, assign).filter((token) => token !== ',')
    const reader = { tokens: tokens.slice(assign + 1), at: 0 }
    return { variables, commands: this.commands(reader) }
  }

  private commands(reader: { readonly tokens: readonly string[]; at: number }): readonly Command[] {
    const commands: Term[][] = [[]]
    while (reader.at < reader.tokens.length && reader.tokens[reader.at] !== ')') {
      const token = reader.tokens[reader.at++]!
      if (token === '|') commands.push([])
      else if (token === '(') {
        const inner: Pipeline = { variables: [], commands: this.commands(reader) }
        reader.at++
        const next = reader.tokens[reader.at]
        const group: Term = { kind: 'pipeline', pipeline: inner }
        if (next?.startsWith('.') && next !== '.') {
          reader.at++
          commands.at(-1)!.push({ kind: 'field', from: group, names: fieldNames(next) })
        } else commands.at(-1)!.push(group)
      } else commands.at(-1)!.push(this.term(token))
    }
    return commands
  }

  private term(token: string): Term {
    if (/^["`]/.test(token)) return { kind: 'value', value: unquoted(token) }
    if (/^[+-]?\d/.test(token)) return { kind: 'value', value: Number(token) }
    if (token === 'true' || token === 'false') return { kind: 'value', value: token === 'true' }
    if (token === 'nil') return { kind: 'value', value: null }
    if (token.startsWith('.')) return { kind: 'field', from: undefined, names: fieldNames(token) }
    if (token.startsWith('$')) {
      const [name = '$', ...names] = token.split('.')
      return { kind: 'variable', name, names }
    }
    if (!functionNames.has(token)) throw this.problem(`function "${token}" not defined`)
    return { kind: 'function', name: token }
  }
}

export const functionNames = new Set([
  'and', 'or', 'not', 'eq', 'ne', 'lt', 'le', 'gt', 'ge', 'len', 'index', 'print', 'printf',
  'println', 'exists', 'base64decode',
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

function tokensOf(text: string): readonly string[] | undefined {
  const pattern = /"(?:\\.|[^"\\])*"|`[^`]*`|:=|[()|,=]|[^\s()|,="`]+/g
  return text.match(pattern) ?? undefined
}

function fieldNames(token: string): readonly string[] {
  return token.split('.').filter((name) => name !== '')
}

function unquoted(token: string): string {
  if (token.startsWith('`')) return token.slice(1, -1)
  return token.slice(1, -1).replace(/\\(.)/g, (_, character: string) =>
    character === 'n' ? '\n' : character === 't' ? '\t' : character)
}
