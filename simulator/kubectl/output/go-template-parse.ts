import { Failure } from '../command/failure.ts'
import type {
  Command, Pipeline, Template, TemplateNode, Term,
} from './go-template-nodes.ts'
import {
  actionEnd, fieldNames, tokensOf, unquoted, whyUnclosed, type Token,
} from './go-template-tokens.ts'

export function parseGoTemplate(template: string): Template {
  return new TemplateParser(template).parse()
}

interface Open {
  readonly kind: 'root' | 'if' | 'with' | 'range' | 'define'
  readonly pipeline: Pipeline
  body: TemplateNode[]
  otherwise: TemplateNode[] | undefined
  /** Blocks that `else if` opened and the same `end` closes. */
  chained: boolean
  /** What a `define` or `block` is called. */
  name?: string
  /** The variables known outside of it. */
  readonly known: ReadonlySet<string>
}

const nothing: Pipeline = { variables: [], declares: false, commands: [] }

class TemplateParser {
  private readonly stack: Open[] = [
    {
      kind: 'root', pipeline: nothing, body: [], otherwise: undefined, chained: false,
      known: new Set(),
    },
  ]

  /** Where the words of the action begin, and the variables that are known. */
  private base = 0
  private known = new Set(['$'])
  private readonly defined = new Map<string, readonly TemplateNode[]>()

  constructor(private readonly template: string) {}

  parse(): Template {
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
    this.base = this.template.length
    if (this.stack.length > 1) throw this.problem('unexpected EOF')
    return { nodes: this.stack[0]!.body, defined: this.defined }
  }

  private problem(text: string): Failure {
    const line = this.template.slice(0, this.base).split('\n').length
    return new Failure(`error parsing template ${this.template}, template: output:${line}: ${text}`)
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
    const keyword = /^(if|with|range|else|end|define|template|block|break|continue)\b/
      .exec(words)?.[1]
    const rest = words.slice(keyword?.length ?? 0)
    this.base += keyword?.length ?? 0
    if (keyword === 'if' || keyword === 'with' || keyword === 'range') {
      this.open(keyword, rest, false)
    }
    else if (keyword === 'else') this.otherwise(rest)
    else if (keyword === 'end') this.close()
    else if (keyword === 'define' || keyword === 'block' || keyword === 'template') {
      this.named(keyword, rest)
    } else if (keyword === 'break' || keyword === 'continue') this.leave(keyword, rest)
    else this.add({ kind: 'action', pipeline: this.pipeline(rest, 'command') })
  }

  private open(kind: 'if' | 'with' | 'range', rest: string, chained: boolean): void {
    const known = new Set(this.known)
    const pipeline = this.pipeline(rest, kind)
    this.stack.push({ kind, pipeline, body: [], otherwise: undefined, chained, known })
  }

  /** `define` and `block` begin a template, `block` and `template` use one. */
  private named(keyword: 'define' | 'block' | 'template', text: string): void {
    const clause = `${keyword} clause`
    if (keyword === 'define' && this.stack.length > 1) {
      throw this.problem('unexpected <define> in command')
    }
    const [token] = tokensOf(text, this.base)
    if (!token) throw this.problem(`unexpected "}}" in ${clause}`)
    if (!/^["`]./.test(token.text)) throw this.problem(`unexpected "${token.text}" in ${clause}`)
    const after = token.at - this.base + token.text.length
    const rest = text.slice(after)
    if (keyword === 'define' && rest.trim() !== '') {
      const word = rest.trim().split(/\s/)[0]!
      throw this.problem(`unexpected ${word === '.' ? '<.>' : `"${word}"`} in ${clause}`)
    }
    const name = unquoted(token.text)
    if (keyword !== 'define') {
      this.base += after
      const empty = keyword === 'template' && rest.trim() === ''
      const pipeline = empty ? undefined : this.pipeline(rest, clause)
      const argument = empty ? '' : ` ${rest.trim()}`
      const shown = `{{template ${token.text}${argument}}}`
      this.add({ kind: 'template', name, pipeline, at: token.at, text: shown })
    }
    if (keyword !== 'template') {
      this.stack.push({
        kind: 'define', name, pipeline: nothing, body: [], otherwise: undefined, chained: false,
        known: this.known,
      })
      this.known = new Set(['$'])
    }
  }

  private leave(keyword: 'break' | 'continue', rest: string): void {
    const word = rest.trim().split(/\s/)[0]!
    if (word !== '') throw this.problem(`unexpected "${word}" in {{${keyword}}}`)
    const from = this.stack.findLastIndex(({ kind }) => kind === 'define')
    const inRange = this.stack.slice(from + 1)
      .some(({ kind, otherwise }) => kind === 'range' && !otherwise)
    if (!inRange) throw this.problem(`{{${keyword}}} outside {{range}}`)
    this.add({ kind: keyword })
  }

  private otherwise(rest: string): void {
    const top = this.stack.at(-1)!
    if (top.kind === 'define') throw this.problem('unexpected {{else}} in define clause')
    if (top.kind === 'root' || top.otherwise) throw this.problem('unexpected {{else}}')
    top.otherwise = []
    const next = /^(\s*(if|with))\b(.*)$/s.exec(rest)
    this.base += next?.[1]!.length ?? 0
    if (next) this.open(next[2] === 'if' ? 'if' : 'with', next[3]!, true)
  }

  private close(): void {
    const top = this.stack.pop()!
    this.known = new Set(top.known)
    if (top.kind === 'root') throw this.problem('unexpected {{end}}')
    if (top.kind === 'define') {
      this.defined.set(top.name ?? '', top.body)
      return
    }
    const { kind, pipeline, body, otherwise = [], chained } = top
    const block = { pipeline, body, otherwise }
    this.add(kind === 'range' ? { kind, ...block } : { kind, ...block })
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
    const declares = assign >= 0 && tokens[assign]!.text === ':='
    return { variables, declares, commands: this.commands(reader, false) }
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
    const inner: Pipeline = {
      variables: [], declares: false, commands: this.commands(reader, true),
    }
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
    if (/^[+-]?\d/.test(text)) {
      return { ...spot, kind: 'value', value: Number(text.replaceAll('_', '')) }
    }
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
