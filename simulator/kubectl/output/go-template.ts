import { limits } from '../../limits.ts'
import { PrintFailure } from '../command/failure.ts'
import { compareText } from '../text/compare.ts'
import { compactJson } from '../text/json.ts'
import { goQuote } from '../text/quote.ts'
import {
  applyFunction, CallError, goText, isTrue, memberOf, wrongCount,
} from './go-template-functions.ts'
import type {
  Block, Command, Pipeline, Spot, TemplateNode, Term,
} from './go-template-nodes.ts'
import { parseGoTemplate } from './go-template-parse.ts'

/** `-o go-template=…`. Models cli-runtime/printers GoTemplatePrinter. */
export function goTemplate(template: string): (object: unknown) => string {
  const { nodes, defined } = parseGoTemplate(template)
  return (object) => {
    const printed: string[] = []
    try {
      run(nodes, {
        dot: object, variables: new Map([['$', { value: object }]]), defined,
        name: 'output', depth: 0,
        print: (text) => { printed.push(text) },
      })
      return printed.join('')
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error
      const why = `template: output:${placeOf(template, error.spot.at)}: executing `
        + `"${error.name}" at <${error.spot.text}>: ${error.message}`
      const told = `${printed.join('')}Error executing template: ${why}. Printing more information `
        + `for debugging the template:\n\ttemplate was:\n\t\t${template}\n\traw data was:\n`
        + `\t\t${compactJson(object)}\n\tobject given to template engine was:\n`
        + `\t\t${goText(object)}\n\n`
      const text = `error executing template ${goQuote(template)}: ${why}`
      throw new PrintFailure(text, told)
    }
  }
}

/** What goes wrong while a template runs, and where. */
class TemplateError extends Error {
  /** The template it went wrong in. */
  override name = ''

  constructor(readonly spot: Spot, text: string) {
    super(text)
  }
}

/** Line and column, the latter from 0. */
function placeOf(template: string, at: number): string {
  const before = template.slice(0, at)
  const line = before.split('\n').length
  return `${line}:${at - (before.lastIndexOf('\n') + 1)}`
}

interface Scope {
  readonly dot: unknown
  /** Kept in boxes: what a block changes is changed outside of it too. */
  readonly variables: Map<string, { value: unknown }>
  readonly print: (text: string) => void
  readonly defined: ReadonlyMap<string, readonly TemplateNode[]>
  /** The template that runs, and how many have called each other for it. */
  readonly name: string
  readonly depth: number
}

/** What a range is left by, or its round. */
type Leave = 'break' | 'continue' | undefined

function run(nodes: readonly TemplateNode[], scope: Scope): Leave {
  for (const node of nodes) {
    const leave = stamped(scope.name, () => runNode(node, scope))
    if (leave) return leave
  }
  return undefined
}

/** An error belongs to the innermost template. */
function stamped<T>(name: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof TemplateError) error.name ||= name
    throw error
  }
}

/** No object nests so deep; Go gives up at 100000, which the message tells. */
const mostTemplates = 200

function runTemplate(node: Extract<TemplateNode, { kind: 'template' }>, scope: Scope): void {
  const body = scope.defined.get(node.name)
  if (!body) throw new TemplateError(node, `template "${node.name}" not defined`)
  if (scope.depth >= mostTemplates) {
    throw new TemplateError(node, 'exceeded maximum template depth (100000)')
  }
  const dot = node.pipeline && evaluate(node.pipeline, scope)
  run(body, {
    ...scope, dot, variables: new Map([['$', { value: dot }]]),
    name: node.name, depth: scope.depth + 1,
  })
}

function runNode(node: TemplateNode, scope: Scope): Leave {
  if (node.kind === 'break' || node.kind === 'continue') return node.kind
  if (node.kind === 'text' || node.kind === 'template') {
    if (node.kind === 'text') scope.print(node.text)
    else runTemplate(node, scope)
    return undefined
  }
  if (node.kind === 'range') {
    const inner = { ...scope, variables: new Map(scope.variables) }
    return runRange(node, evaluate({ ...node.pipeline, variables: [] }, inner), scope)
  }
  if (node.kind === 'action') {
    const value = evaluate(node.pipeline, scope)
    if (node.pipeline.variables.length === 0) scope.print(goText(value))
    return undefined
  }
  const inner = { ...scope, variables: new Map(scope.variables) }
  const value = evaluate(node.pipeline, inner)
  if (node.kind === 'if') return run(isTrue(value) ? node.body : node.otherwise, inner)
  return isTrue(value) ? run(node.body, { ...inner, dot: value }) : run(node.otherwise, inner)
}

function runRange(
  node: Block & { readonly kind: 'range' }, value: unknown, scope: Scope,
): Leave {
  const members = membersOf(value)
  if (!members) {
    throw new TemplateError(spotOf(node.pipeline), `range can't iterate over ${goText(value)}`)
  }
  if (members.length === 0) {
    return run(node.otherwise, { ...scope, variables: new Map(scope.variables) })
  }
  for (const [key, item] of members) {
    const inner = { ...scope, dot: item, variables: new Map(scope.variables) }
    const [first, second] = node.pipeline.variables
    if (second !== undefined) assign(node.pipeline, first!, key, inner)
    if (first !== undefined) assign(node.pipeline, second ?? first, item, inner)
    if (run(node.body, inner) === 'break') break
  }
  return undefined
}

function assign({ declares }: Pipeline, name: string, value: unknown, scope: Scope): void {
  const box = scope.variables.get(name)
  if (box && !declares) box.value = value
  else scope.variables.set(name, { value })
}

function spotOf({ commands }: Pipeline): Spot {
  const [first] = commands[0]!
  return first ? { at: first.at, text: commands.map(textOf).join(' | ') } : { at: 0, text: '' }
}

function textOf(command: Command): string {
  return command.map(({ text }) => text).join(' ')
}

/** What a range goes over; a whole number counts up to itself. */
function membersOf(value: unknown): readonly (readonly [unknown, unknown])[] | undefined {
  if (Array.isArray(value)) return value.map((item, at) => [at, item] as const)
  if (value === undefined || value === null) return []
  if (typeof value === 'number' && Number.isInteger(value) && value <= limits.jsonPathValues) {
    return Array.from({ length: Math.max(0, value) }, (_, at) => [at, at] as const)
  }
  if (typeof value !== 'object') return undefined
  return Object.entries(value).sort(([a], [b]) => compareText(a, b))
}

function evaluate(pipeline: Pipeline, scope: Scope): unknown {
  let value: unknown
  pipeline.commands.forEach((command, at) => {
    value = call(command, scope, at === 0 ? [] : [value])
  })
  if (pipeline.variables.length === 1) assign(pipeline, pipeline.variables[0]!, value, scope)
  return value
}

function call([first, ...rest]: Command, scope: Scope, piped: readonly unknown[]): unknown {
  if (!first) return piped[0]
  if (first.text === 'nil') throw new TemplateError(first, 'nil is not a command')
  if (first.kind !== 'function') return termValue(first, scope)
  const values = [...rest.map((term) => termValue(term, scope)), ...piped]
  const spot = { at: first.at, text: textOf([first, ...rest]) }
  const wrong = wrongCount(first.name, values.length)
  if (wrong !== undefined) throw new TemplateError(spot, wrong)
  try {
    return applyFunction(first.name, values)
  } catch (error) {
    if (!(error instanceof CallError)) throw error
    throw new TemplateError(spot, `error calling ${first.name}: ${error.text}`)
  }
}

function termValue(term: Term, scope: Scope): unknown {
  switch (term.kind) {
    case 'value': return term.value
    case 'pipeline': return evaluate(term.pipeline, scope)
    case 'function': return applyFunction(term.name, [])
    case 'variable': return fields(scope.variables.get(term.name)?.value, term.names, term)
    case 'field':
      return fields(term.from ? termValue(term.from, scope) : scope.dot, term.names, term)
  }
}

function fields(value: unknown, names: readonly string[], spot: Spot): unknown {
  return names.reduce((found, name) => {
    if (found === undefined || found === null) return undefined
    if (typeof found !== 'object' || Array.isArray(found)) {
      throw new TemplateError(spot, `can't evaluate field ${name} in type interface {}`)
    }
    return memberOf(found, name)
  }, value)
}
