import { limits } from '../../limits.ts'
import { compareText } from '../text/compare.ts'
import { goType } from '../text/go-syntax.ts'
import { goText } from './go-template-functions.ts'
import type { Action, Step } from './json-path-parse.ts'

/** A path that cannot be followed. */
export class PathError extends Error {}

/** Where the steps lead from these values. Models client-go/util/jsonpath JSONPath.evalList. */
export function follow(steps: Action, values: readonly unknown[]): readonly unknown[] {
  return steps.reduce((found, step) => {
    if (found.length > limits.jsonPathValues) {
      throw new PathError(`more than ${limits.jsonPathValues} values: not simulated in Grace`)
    }
    return stepFrom(step, found)
  }, values)
}

function stepFrom(step: Step, values: readonly unknown[]): readonly unknown[] {
  switch (step.kind) {
    // A text stands for itself alone; a number or a truth once for each value.
    case 'value':
      return typeof step.value === 'string' ? [step.value] : values.map(() => step.value)
    case 'field': return values.flatMap((value) => fieldOf(step.name, value))
    case 'wildcard': return values.flatMap(membersOf)
    case 'recursive': return values.flatMap(below)
    case 'array': return elements(values, step)
    case 'union': return step.members.flatMap((member) => follow(member, values))
    case 'filter': return values.flatMap((value) => filtered(value, step))
    case 'identifier':
      if (step.name === 'range') return values
      if (step.name === 'end') return []
      throw new PathError(`unrecognized identifier ${step.name}`)
  }
}

function fieldOf(name: string, value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  const found = Object.entries(value).find(([key]) => key === name)
  return found && found[1] !== undefined ? [found[1]] : []
}

/** Members of a text are its bytes. */
function membersOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  if (typeof value === 'string') return bytesOf(value)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => compareText(a, b)).map(([, item]) => item)
}

function bytesOf(text: string): readonly number[] {
  return [...encodeURIComponent(text.replace(/\p{Cs}/gu, '\uFFFD')).matchAll(/%(..)|[^]/g)]
    .map(([character, code]) => code === undefined ? character.charCodeAt(0) : parseInt(code, 16))
}

/** The value and all below it that has members. */
function below(value: unknown): readonly unknown[] {
  const members = membersOf(value)
  return members.length === 0 ? [] : [value, ...members.flatMap(below)]
}

function elements(
  values: readonly unknown[], step: Extract<Step, { kind: 'array' }>,
): readonly unknown[] {
  const found: unknown[] = []
  for (const value of values) {
    if (value === null || value === undefined) continue
    if (!Array.isArray(value)) throw new PathError(`${goType(value)} is not array or slice`)
    const { length } = value
    const first = place(step.from ?? 0, length)
    const next = Number(step.from ?? 0) + 1
    const last = step.to === 'next' ? (next === 0 ? length : place(next, length))
      : place(step.to ?? length, length)
    // Of no elements at all it makes nothing of the values that follow either.
    if (first === last) return found
    checkBounds(first, last, length)
    if (typeof step.by === 'number' && step.by <= 0) throw new PathError('step must be > 0')
    const by = typeof step.by === 'number' ? step.by : 1
    found.push(...value.slice(first, last).filter((_, at) => at % by === 0))
  }
  return found
}

function place(at: number | 'next', length: number): number {
  return Number(at) < 0 ? Number(at) + length : Number(at)
}

function checkBounds(first: number, last: number, length: number): void {
  const outside = first >= length || first < 0 ? first
    : last > length || last < 0 ? last - 1 : undefined
  if (outside !== undefined) {
    throw new PathError(`array index out of bounds: index ${outside}, length ${length}`)
  }
  if (first > last) {
    throw new PathError(`starting index ${first} is greater than ending index ${last}`)
  }
}

function filtered(
  value: unknown, step: Extract<Step, { kind: 'filter' }>,
): readonly unknown[] {
  if (!Array.isArray(value)) {
    throw new PathError(`${goText(value)} is not array or slice and cannot be filtered`)
  }
  return value.filter((item) => {
    if (step.operator === 'exists') return exists(step.left, item)
    const left = single(follow(step.left, [item]))
    const right = left && single(follow(step.right, [item]))
    return left && right ? compare(step.operator, left[0], right[0]) : false
  })
}

/** A path that cannot be followed to its end is one that exists. */
function exists(path: Action, item: unknown): boolean {
  try {
    return follow(path, [item]).length > 0
  } catch (error) {
    if (error instanceof PathError) return true
    throw error
  }
}

function single(values: readonly unknown[]): readonly unknown[] | undefined {
  if (values.length > 1) throw new PathError('can only compare one element at a time')
  return values.length === 0 ? undefined : values
}

/** Models client-go/third_party/forked/golang/template Equal and Less. */
function compare(operator: string, left: unknown, right: unknown): boolean {
  if (!['<', '>', '==', '!=', '<=', '>='].includes(operator)) {
    throw new PathError(`unrecognized filter operator ${operator}`)
  }
  const kinds = [basicKind(left), basicKind(right)]
  if (kinds[0] !== kinds[1]) throw new PathError('incompatible types for comparison')
  if (operator === '==') return left === right
  if (operator === '!=') return left !== right
  if (kinds[0] === 'boolean') throw new PathError('invalid type for comparison')
  const difference = typeof left === 'number' ? left - Number(right)
    : compareText(String(left), String(right))
  if (operator === '<') return difference < 0
  if (operator === '<=') return difference <= 0
  return operator === '>' ? difference > 0 : difference >= 0
}

function basicKind(value: unknown): string {
  if (typeof value === 'object' || value === undefined) {
    throw new PathError('invalid type for comparison')
  }
  if (typeof value !== 'number') return typeof value
  return Number.isInteger(value) ? 'int' : 'float'
}
