import { Failure } from '../command/failure.ts'
import { compareText } from '../text/compare.ts'
import { goSyntax, goType } from '../text/go-syntax.ts'
import { compactJson, indentedJson } from '../text/json.ts'
import { parseTemplate, type PathNode, type Step } from './json-path-parse.ts'

/** `-o jsonpath=…`: text outside braces is printed as it is. */
export function jsonPath(template: string, asJson = false): (object: unknown) => string {
  const nodes = parseTemplate(template)
  return (object) => {
    try {
      return asJson ? `${indentedJson(flat(nodes, object))}\n` : evaluate(nodes, object, object)
    } catch (error) {
      if (!(error instanceof PathError)) throw error
      throw new Failure(`error executing jsonpath ${JSON.stringify(template)}: Error executing `
        + `template: ${error.message}. Printing more information for debugging the template:\n`
        + `\ttemplate was:\n\t\t${template}\n\tobject given to jsonpath engine was:\n`
        + `\t\t${goSyntax(object)}\n\n`)
    }
  }
}

class PathError extends Error {}

/** Values that a relaxed path such as `.status.phase` or `{.status.phase}` finds. */
export function findValues(path: string, object: unknown): readonly unknown[] {
  const nodes = parseTemplate(relaxed(path))
  return nodes.flatMap((node) => node.kind === 'path' ? follow(node.steps, [object], object) : [])
}

/** Models kubectl/cmd/get RelaxedJSONPathExpression. */
export function relaxed(path: string): string {
  const parts = /^\{?\.?(.*?)\}?$/s.exec(path.trim())
  return `{.${parts?.[1] ?? ''}}`
}

function flat(nodes: readonly PathNode[], object: unknown): readonly unknown[] {
  return nodes.flatMap((node) => node.kind === 'path' ? follow(node.steps, [object], object) : [])
}

function evaluate(nodes: readonly PathNode[], value: unknown, root: unknown): string {
  return nodes.map((node) => {
    if (node.kind === 'text') return node.text
    if (node.kind === 'wrong') throw new PathError(node.problem)
    const found = follow(node.steps, [value], root)
    if (node.kind === 'path') return found.map(valueText).join(' ')
    return found.map((item) => evaluate(node.body, item, root)).join('')
  }).join('')
}

function valueText(value: unknown): string {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? compactJson(value) : String(value)
}

export function follow(
  steps: readonly Step[], values: readonly unknown[], root: unknown,
): readonly unknown[] {
  return steps.reduce((found, step) => {
    // Of a union each member goes over everything that was found before.
    if (step.kind === 'union') return step.members.flatMap((member) => follow(member, found, root))
    return found.flatMap((value) => stepInto(step, value, root))
  }, values)
}

function stepInto(
  step: Exclude<Step, { kind: 'union' }>, value: unknown, root: unknown,
): readonly unknown[] {
  switch (step.kind) {
    case 'root': return [root]
    case 'value': return [step.value]
    case 'field': return fieldOf(step.name, value)
    case 'wildcard': return membersOf(value)
    case 'recursive': return [value, ...below(value)]
    case 'index': return indexed(value, step.at)
    case 'slice': return sliced(value, step)
    case 'filter': return membersOf(value).filter((item) => passes(step, item, root))
  }
}

function fieldOf(name: string, value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  const found = Object.entries(value).find(([key]) => key === name)
  return found && found[1] !== undefined ? [found[1]] : []
}

function membersOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).sort(([a], [b]) => compareText(a, b)).map(([, item]) => item)
}

function below(value: unknown): readonly unknown[] {
  return membersOf(value).flatMap((item) => {
    return typeof item === 'object' && item !== null ? [item, ...below(item)] : []
  })
}

function indexed(value: unknown, at: number): readonly unknown[] {
  if (!Array.isArray(value)) throw new PathError(`${goType(value)} is not array or slice`)
  const position = at < 0 ? value.length + at : at
  if (position < 0 || position >= value.length) {
    throw new PathError(`array index out of bounds: index ${position}, length ${value.length}`)
  }
  return [value[position]]
}

function sliced(
  value: unknown, { from, to, by }: Extract<Step, { kind: 'slice' }>,
): readonly unknown[] {
  if (!Array.isArray(value)) throw new PathError(`${goType(value)} is not array or slice`)
  const place = (at: number) => at < 0 ? value.length + at : at
  const [first, last] = [place(from ?? 0), place(to ?? value.length)]
  // Models client-go/util/jsonpath evalArray, which looks at the start, then at the end.
  const outside = [first, last - 1].find((at, which) => {
    return which === 0 ? at < 0 || at >= value.length : at >= value.length
  })
  if (value.length > 0 && outside !== undefined) {
    throw new PathError(`array index out of bounds: index ${outside}, length ${value.length}`)
  }
  return value.slice(first, last)
    .filter((_, at) => at % Math.max(1, by) === 0)
}

function passes(step: Extract<Step, { kind: 'filter' }>, item: unknown, root: unknown): boolean {
  const [left] = follow(step.left, [item], root)
  if (step.operator === 'exists') return left !== undefined
  const [right] = follow(step.right, [item], root)
  if (left === undefined || right === undefined) return false
  if (step.operator === '==') return left === right
  if (step.operator === '!=') return left !== right
  if (typeof left !== typeof right || typeof left === 'object') return false
  const order = compareText(String(left), String(right))
  const difference = typeof left === 'number' ? left - Number(right) : order
  if (step.operator === '<') return difference < 0
  if (step.operator === '>') return difference > 0
  return step.operator === '<=' ? difference <= 0 : difference >= 0
}
