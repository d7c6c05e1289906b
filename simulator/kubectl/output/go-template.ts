import { Failure } from '../command/failure.ts'
import { compareText } from '../text/compare.ts'
import { goQuote } from '../text/quote.ts'
import {
  parseGoTemplate, type Command, type Pipeline, type TemplateNode, type Term,
} from './go-template-parse.ts'
import { decodeBase64 } from '../text/base64.ts'

/** `-o go-template=…`. */
export function goTemplate(template: string): (object: unknown) => string {
  const nodes = parseGoTemplate(template)
  return (object) => run(nodes, { dot: object, variables: new Map([['$', object]]) })
}

interface Scope { readonly dot: unknown; readonly variables: Map<string, unknown> }

function run(nodes: readonly TemplateNode[], scope: Scope): string {
  return nodes.map((node) => runNode(node, scope)).join('')
}

function runNode(node: TemplateNode, scope: Scope): string {
  if (node.kind === 'text') return node.text
  const value = evaluate(node.pipeline, scope)
  if (node.kind === 'action') return node.pipeline.variables.length > 0 ? '' : goText(value)
  const inner = { dot: scope.dot, variables: new Map(scope.variables) }
  if (node.kind === 'if') return run(isTrue(value) ? node.body : node.otherwise, inner)
  if (node.kind === 'with') {
    return isTrue(value) ? run(node.body, { ...inner, dot: value }) : run(node.otherwise, inner)
  }
  const members = membersOf(value)
  if (members.length === 0) return run(node.otherwise, inner)
  return members.map(([key, item]) => {
    const variables = new Map(scope.variables)
    const [first, second] = node.pipeline.variables
    if (second !== undefined) variables.set(first!, key).set(second, item)
    else if (first !== undefined) variables.set(first, item)
    return run(node.body, { dot: item, variables })
  }).join('')
}

function membersOf(value: unknown): readonly (readonly [unknown, unknown])[] {
  if (Array.isArray(value)) return value.map((item, at) => [at, item] as const)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).sort(([a], [b]) => compareText(a, b))
}

function evaluate({ variables, commands }: Pipeline, scope: Scope): unknown {
  let value: unknown
  commands.forEach((command, at) => {
    value = call(command, scope, at === 0 ? [] : [value])
  })
  if (variables.length === 1) scope.variables.set(variables[0]!, value)
  return value
}

function call([first, ...rest]: Command, scope: Scope, piped: readonly unknown[]): unknown {
  if (!first) return piped[0]
  if (first.kind !== 'function') return termValue(first, scope)
  const values = [...rest.map((term) => termValue(term, scope)), ...piped]
  return apply(first.name, values)
}

function termValue(term: Term, scope: Scope): unknown {
  switch (term.kind) {
    case 'value': return term.value
    case 'pipeline': return evaluate(term.pipeline, scope)
    case 'function': return apply(term.name, [])
    case 'variable': return fields(scope.variables.get(term.name), term.names)
    case 'field': return fields(term.from ? termValue(term.from, scope) : scope.dot, term.names)
  }
}

function fields(value: unknown, names: readonly string[]): unknown {
  return names.reduce((found, name) => {
    if (typeof found !== 'object' || found === null || Array.isArray(found)) return undefined
    return Object.entries(found).find(([key]) => key === name)?.[1] as unknown
  }, value)
}

function isTrue(value: unknown): boolean {
  if (value === undefined || value === null) return false
  if (Array.isArray(value)) return value.length > 0
  if (typeof value === 'object') return Object.keys(value).length > 0
  return Boolean(value)
}

function apply(name: string, values: readonly unknown[]): unknown {
  const [a, b] = values
  switch (name) {
    case 'and': return values.find((value) => !isTrue(value)) ?? values.at(-1)
    case 'or': return values.find(isTrue) ?? values.at(-1)
    case 'not': return !isTrue(a)
    case 'eq': return values.slice(1).some((value) => value === a)
    case 'ne': return a !== b
    case 'lt': return order(a, b) < 0
    case 'le': return order(a, b) <= 0
    case 'gt': return order(a, b) > 0
    case 'ge': return order(a, b) >= 0
    case 'len': return lengthOf(a)
    case 'index': return values.slice(1).reduce(indexInto, a)
    case 'print': return values.map(goText).join('')
    case 'println': return `${values.map(goText).join(' ')}\n`
    case 'printf': return format(String(a), values.slice(1))
    case 'exists': return values.slice(1).reduce(indexInto, a) !== undefined
    case 'base64decode': return decodeBase64(String(a))
    default: return undefined
  }
}

function order(a: unknown, b: unknown): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : compareText(String(a), String(b))
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string' || Array.isArray(value)) return value.length
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0
}

function indexInto(value: unknown, key: unknown): unknown {
  if (Array.isArray(value)) {
    if (typeof key !== 'number' || key < 0 || key >= value.length) {
      throw new Failure(
        `error executing template: error calling index: index out of range: ${String(key)}`,
      )
    }
    return value[key] as unknown
  }
  return fields(value, [String(key)])
}

/** Go's Printf with the verbs templates use. */
function format(text: string, values: readonly unknown[]): string {
  let at = 0
  const verbs = /%([-+ 0]*)(\d*)(?:\.\d+)?([vsdqt%])/g
  return text.replace(verbs, (_, flags: string, width: string, verb: string) => {
    if (verb === '%') return '%'
    if (at >= values.length) return `%!${verb}(MISSING)`
    const value = values[at++]
    const shown = verb === 'q' ? goQuote(String(value)) : goText(value)
    const size = Number(width || 0)
    return flags.includes('-')
      ? shown.padEnd(size) : shown.padStart(size, flags.includes('0') ? '0' : ' ')
  })
}

/** Go's `%v`; what is not there reads `<no value>`. */
function goText(value: unknown): string {
  if (value === undefined || value === null) return '<no value>'
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`
  if (typeof value !== 'object') return String(value)
  const members = Object.entries(value).sort(([a], [b]) => compareText(a, b))
  return `map[${members.map(([key, item]) => `${key}:${goText(item)}`).join(' ')}]`
}
