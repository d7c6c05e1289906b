import { PrintFailure } from '../command/failure.ts'
import { compareText } from '../text/compare.ts'
import { compactJson } from '../text/json.ts'
import { goQuote } from '../text/quote.ts'
import {
  applyFunction, CallError, goText, isTrue, memberOf, wrongCount,
} from './go-template-functions.ts'
import {
  parseGoTemplate, type Command, type Pipeline, type Spot, type TemplateNode, type Term,
} from './go-template-parse.ts'

/** `-o go-template=…`. Models cli-runtime/printers GoTemplatePrinter. */
export function goTemplate(template: string): (object: unknown) => string {
  const nodes = parseGoTemplate(template)
  return (object) => {
    const printed: string[] = []
    try {
      run(nodes, { dot: object, variables: new Map([['$', object]]), print: (text) => {
        printed.push(text)
      } })
      return printed.join('')
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error
      const why = `template: output:${placeOf(template, error.spot.at)}: executing "output" at `
        + `<${error.spot.text}>: ${error.message}`
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
  readonly variables: Map<string, unknown>
  readonly print: (text: string) => void
}

function run(nodes: readonly TemplateNode[], scope: Scope): void {
  for (const node of nodes) runNode(node, scope)
}

function runNode(node: TemplateNode, scope: Scope): void {
  if (node.kind === 'text') return scope.print(node.text)
  const value = evaluate(node.pipeline, scope)
  if (node.kind === 'action') {
    if (node.pipeline.variables.length === 0) scope.print(goText(value))
    return
  }
  const inner = { ...scope, variables: new Map(scope.variables) }
  if (node.kind === 'if') return run(isTrue(value) ? node.body : node.otherwise, inner)
  if (node.kind === 'with') {
    if (isTrue(value)) run(node.body, { ...inner, dot: value })
    else run(node.otherwise, inner)
    return
  }
  if (value !== undefined && value !== null && typeof value !== 'object') {
    throw new TemplateError(spotOf(node.pipeline), `range can't iterate over ${goText(value)}`)
  }
  const members = membersOf(value)
  if (members.length === 0) return run(node.otherwise, inner)
  for (const [key, item] of members) {
    const variables = new Map(scope.variables)
    const [first, second] = node.pipeline.variables
    if (second !== undefined) variables.set(first!, key).set(second, item)
    else if (first !== undefined) variables.set(first, item)
    run(node.body, { ...scope, dot: item, variables })
  }
}

function spotOf({ commands }: Pipeline): Spot {
  const [first] = commands[0]!
  return first ? { at: first.at, text: commands.map(textOf).join(' | ') } : { at: 0, text: '' }
}

function textOf(command: Command): string {
  return command.map(({ text }) => text).join(' ')
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
    case 'variable': return fields(scope.variables.get(term.name), term.names, term)
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
