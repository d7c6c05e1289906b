import { limits } from '../../limits.ts'
import type { Shell } from '../state.ts'
import { copyVariable } from '../variables.ts'
import type { Variable } from '../variables.ts'
import { ArithmeticError, evaluateArithmetic } from './arithmetic.ts'
import type { ArithmeticContext } from './arithmetic.ts'

/** An assignment the shell refuses, without its prefix. */
export class AssignmentError extends Error {}

export interface AssignOptions {
  readonly append?: boolean | undefined
  /** Text of the subscript, expanded. */
  readonly index?: string | undefined
}

/** Sets a variable as an assignment does: read-only, integer, case and arrays included. */
export function assign(
  shell: Shell,
  name: string,
  text: string,
  options: AssignOptions = {}
): void {
  const variable = shell.variables.declare(name)
  if (variable.readonly) throw new AssignmentError(readonlyText(shell, name))
  const before = options.append ? (currentText(shell, variable, options.index) ?? '') : ''
  const value = convert(shell, variable, before, text, options.append ?? false)
  if (value.length > limits.shellVariableChars) throw new AssignmentError(`${name}: out of memory`)
  if (options.index !== undefined) setElement(shell, variable, options.index, value)
  else if (variable.list) variable.list.set(0, value)
  else if (variable.table) variable.table.set('0', value)
  else variable.value = value
  if (shell.has('allexport')) variable.exported = true
  noticeSpecial(shell, name, value)
}

export function readonlyText(shell: Shell, name: string): string {
  return shell.isBash ? `${name}: readonly variable` : `${name}: is read only`
}

/** `name=(…)`: items as `[index, text]`, the index undefined for "the next". */
export function assignArray(
  shell: Shell, name: string,
  items: readonly (readonly [index: string | undefined, text: string])[], append: boolean,
): void {
  const variable = shell.variables.declare(name)
  if (variable.readonly) throw new AssignmentError(readonlyText(shell, name))
  if (variable.table) {
    if (!append) variable.table.clear()
    for (const [index, text] of items) if (index !== undefined) variable.table.set(index, text)
    return
  }
  const list = append ? asList(variable) : new Map<number, string>()
  let next = Math.max(-1, ...list.keys()) + 1
  for (const [index, text] of items) {
    if (index !== undefined) next = Number(arithmetic(shell, index))
    list.set(next++, convert(shell, variable, '', text, false))
  }
  variable.list = list
  variable.value = undefined
}

/** Evaluates an expression whose expansions are done, with the shell's variables. */
export function arithmetic(shell: Shell, text: string): bigint {
  return evaluateArithmetic(text, arithmeticContext(shell))
}

export function elementText(shell: Shell, name: string, index: string): string | undefined {
  const variable = shell.variables.get(name)
  return variable ? currentText(shell, variable, index) : undefined
}

export function unsetElement(shell: Shell, name: string, index: string): void {
  const variable = shell.variables.get(name)
  if (variable?.table) variable.table.delete(index)
  else if (variable?.list) variable.list.delete(listIndex(shell, variable.list, index))
}

function arithmeticContext(shell: Shell): ArithmeticContext {
  return {
    flavour: shell.flavour,
    nounset: shell.has('nounset'),
    get: (name, index) => (index === undefined
      ? scalar(shell, name) : elementText(shell, name, index)),
    set: (name, index, value) => assign(shell, name, value, { index }),
  }
}

function scalar(shell: Shell, name: string): string | undefined {
  if (name === 'RANDOM' && !shell.isDash) return String(shell.random())
  if (name === 'SECONDS' && shell.isBash) {
    return String(Math.floor((shell.process.kernel.clock.now() - shell.secondsFrom) / 1000))
  }
  if (name === 'LINENO') return String(shell.line)
  return shell.variables.text(name)
}

function currentText(
  shell: Shell,
  variable: Variable,
  index: string | undefined
): string | undefined {
  if (variable.table) return variable.table.get(index ?? '0')
  if (variable.list)
    return variable.list.get(index === undefined ? 0 : listIndex(shell, variable.list, index))
  return index === undefined || arithmetic(shell, index) === 0n ? variable.value : undefined
}

function setElement(shell: Shell, variable: Variable, index: string, value: string): void {
  if (variable.table) {
    variable.table.set(index, value)
    return
  }
  const list = asList(variable)
  variable.list = list
  variable.value = undefined
  list.set(listIndex(shell, list, index), value)
}

function listIndex(shell: Shell, list: ReadonlyMap<number, string>, index: string): number {
  const number = Number(arithmetic(shell, index))
  return number < 0 ? Math.max(-1, ...list.keys()) + 1 + number : number
}

function asList(variable: Variable): Map<number, string> {
  if (variable.list) return variable.list
  return new Map(variable.value === undefined ? [] : [[0, variable.value]])
}

function convert(
  shell: Shell, variable: Variable, before: string, text: string, append: boolean,
): string {
  if (variable.integer) {
    const sum = arithmetic(shell, text) + (append ? arithmetic(shell, before) : 0n)
    return String(BigInt.asIntN(64, sum))
  }
  const joined = before + text
  if (variable.lower) return joined.toLowerCase()
  return variable.upper ? joined.toUpperCase() : joined
}

/** Variables that change the shell when they are set. */
function noticeSpecial(shell: Shell, name: string, value: string): void {
  if (name === 'OPTIND') shell.getoptsOffset = 0
  else if (name === 'PATH') shell.hashed.clear()
  else if (name === 'SECONDS' && shell.isBash) {
    shell.secondsFrom = shell.process.kernel.clock.now() - Number(value) * 1000
  }
}

/** For `VAR=x builtin`: puts back what was there, whatever happened in between. */
export function rememberVariable(shell: Shell, name: string): () => void {
  const before = shell.variables.get(name)
  const copy = before && copyVariable(before)
  return () => shell.variables.replace(name, copy)
}

export { ArithmeticError }
