import { limits } from '../../limits.ts'
import { Failure } from '../command/failure.ts'
import { goSyntax } from '../text/go-syntax.ts'
import { compactJson, indentedJson } from '../text/json.ts'
import { follow, PathError } from './json-path-steps.ts'
import { parseTemplate, PathSyntaxError, type Action } from './json-path-parse.ts'

/** `-o jsonpath=…`: text outside braces is printed as it is. */
export function jsonPath(template: string, asJson = false): (object: unknown) => string {
  const actions = parsed(template)
  return (object) => {
    try {
      const results = new Execution(actions).run(0, object)
      if (asJson) return results.map((values) => `${indentedJson(values)}\n`).join('')
      return results.map((values) => values.map(valueText).join(' ')).join('')
    } catch (error) {
      if (!(error instanceof PathError)) throw error
      throw new Failure(`error executing jsonpath ${JSON.stringify(template)}: Error executing `
        + `template: ${error.message}. Printing more information for debugging the template:\n`
        + `\ttemplate was:\n\t\t${template}\n\tobject given to jsonpath engine was:\n`
        + `\t\t${goSyntax(object)}\n\n\n`)
    }
  }
}

function parsed(template: string): readonly Action[] {
  try {
    return parseTemplate(template)
  } catch (error) {
    if (!(error instanceof PathSyntaxError)) throw error
    throw new Failure(`error parsing jsonpath ${template}, ${error.message}`)
  }
}

/** What a relaxed path such as `.status.phase` or `{.status.phase}` finds in objects. */
export function pathFinder(path: string): (object: unknown) => readonly unknown[] {
  return expressionFinder(relaxed(path))
}

/** What the first action of a template finds. */
export function expressionFinder(template: string): (object: unknown) => readonly unknown[] {
  const actions = plainly(template)
  return (object) => {
    try {
      return new Execution(actions).run(0, object)[0] ?? []
    } catch (error) {
      if (error instanceof PathError) throw new Failure(error.message)
      throw error
    }
  }
}

function plainly(template: string): readonly Action[] {
  try {
    return parseTemplate(template)
  } catch (error) {
    throw error instanceof PathSyntaxError ? new Failure(error.message) : error
  }
}

export function findValues(path: string, object: unknown): readonly unknown[] {
  return pathFinder(path)(object)
}

/** Models kubectl/cmd/get RelaxedJSONPathExpression. */
export function relaxed(path: string): string {
  if (path === '') return ''
  const parts = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(path)
  if (!parts) {
    throw new Failure("unexpected path string, expected a 'name1.name2' or '.name1.name2' or "
      + "'{name1.name2}' or '{.name1.name2}'")
  }
  return `{.${parts[1] ?? parts[2]!}}`
}

type Results = (readonly unknown[])[]

/** Models client-go/util/jsonpath JSONPath.FindResults: a range runs what follows it up to end. */
class Execution {
  private depth = 0
  private steps = 0
  private lastEnd = -1

  constructor(private readonly actions: readonly Action[]) {}

  /** What each action from `from` on finds, up to the end of the range that it is in. */
  run(from: number, object: unknown): Results {
    const found: Results = []
    for (let at = from; at < this.actions.length; at++) {
      const action = this.actions[at]!
      if (++this.steps > limits.jsonPathValues) {
        throw new PathError(`more than ${limits.jsonPathValues} steps: not simulated in Grace`)
      }
      const ends = hasIdentifier(action, 'end')
      if (ends && this.depth === 0) throw new PathError('not in range, nothing to end')
      const values = follow(action, [object])
      if (ends) {
        this.lastEnd = at
        break
      }
      if (!hasIdentifier(action, 'range')) {
        found.push(values)
        continue
      }
      this.depth++
      // Without members it is run once all the same: so the end is found.
      if (values.length === 0) this.run(at + 1, undefined)
      for (const value of values) found.push(...this.run(at + 1, value))
      this.depth--
      if (this.lastEnd > at) at = this.lastEnd
    }
    return found
  }
}

function hasIdentifier(action: Action, name: string): boolean {
  return action.some((step) => step.kind === 'identifier' && step.name === name)
}

function valueText(value: unknown): string {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return '<nil>'
  return typeof value === 'object' ? compactJson(value) : String(value)
}
