import type { Task } from '../../time/tasks.ts'
import { fail } from '../messages.ts'
import type { ParameterExpansionPart, Word } from '../parse.ts'
import type { Shell } from '../state.ts'
import { isName } from '../variables.ts'
import { arrayItems, arrayKeys, dynamicItems, parameterValue } from './special.ts'
import type { Value } from './special.ts'
import { assign, elementText } from './assign.ts'
import { changeCase, removeMatch, replaceMatches } from './parameter-text.ts'
import type { Pieces } from './pieces.ts'
import { fieldBreak, quoted, splittable } from './pieces.ts'
import { guarded } from './guard.ts'
import { transform } from './transform.ts'
import { expandArithmeticText, expandPattern, expandText, operandPieces } from './word.ts'

type Operation = NonNullable<ParameterExpansionPart['operation']>

/** `$name` and `${name}`. */
export function* simpleParameter(shell: Shell, name: string, inQuotes: boolean): Task<Pieces> {
  const value = parameterValue(shell, name)
  yield* refuseUnset(shell, name, value)
  return valuePieces(shell, value, inQuotes)
}

/** Any `${…}`. */
export function* parameterExpansion(
  shell: Shell, part: ParameterExpansionPart, inQuotes: boolean,
): Task<Pieces> {
  const { operation } = part
  if (isBadSubstitution(shell, part)) return yield* badSubstitution(shell, part)
  if (operation?.type === 'Names') {
    return listPieces(
      shell,
      variableNames(shell, part.parameter),
      operation.operator === '*',
      inQuotes
    )
  }
  if (part.prefix === '!') return yield* indirect(shell, part, inQuotes)
  const value = yield* lookUp(shell, part.parameter, part.index)
  if (part.prefix === '#') {
    yield* refuseUnset(shell, part.parameter, value)
    return piecesOf(String(lengthOf(value)), inQuotes)
  }
  const shown = part.index ? `${part.parameter}[${part.index.text}]` : part.parameter
  if (!operation) {
    yield* refuseUnset(shell, shown, value)
    return valuePieces(shell, value, inQuotes)
  }
  return yield* applyOperation(shell, part, value, operation, inQuotes)
}

function isBadSubstitution(shell: Shell, part: ParameterExpansionPart): boolean {
  const { operation, parameter } = part
  if (operation?.type === 'Unknown') return true
  if (!isName(parameter) && !/^(?:\d+|[@*#?$!-])$/.test(parameter)) return true
  if (shell.isBash) return false
  if (part.index || part.prefix === '!') return true
  const kind = operation?.type
  if (kind === 'CaseModification' || kind === 'Transform' || kind === 'Names') return true
  return shell.isDash && (kind === 'Replace' || kind === 'Slice')
}

function* badSubstitution(shell: Shell, part: ParameterExpansionPart): Task<never> {
  if (shell.isBash) return yield* fail(shell, `${part.text}: bad substitution`, 1)
  return yield* fail(shell, shell.isDash ? 'Bad substitution' : 'syntax error: bad substitution', 2)
}

function* lookUp(shell: Shell, name: string, index: Word | undefined): Task<Value> {
  if (!index) return parameterValue(shell, name)
  if (index.text === '@' || index.text === '*') {
    return { kind: 'list', items: arrayItems(shell, name), joined: index.text === '*' }
  }
  const own = dynamicItems(shell, name)
  if (own) return textValue(own.at(Number(yield* expandArithmeticText(shell, index.text))))
  const key = shell.variables.get(name)?.table
    ? yield* expandText(shell, index)
    : String(yield* expandArithmeticText(shell, index.text))
  const text = elementText(shell, name, key)
  return text === undefined ? { kind: 'unset' } : { kind: 'text', text }
}

function* indirect(shell: Shell, part: ParameterExpansionPart, inQuotes: boolean): Task<Pieces> {
  if (part.index && (part.index.text === '@' || part.index.text === '*')) {
    return listPieces(shell, arrayKeys(shell, part.parameter), part.index.text === '*', inQuotes)
  }
  const name = shell.variables.text(part.parameter) ?? ''
  const element = /^(\w+)\[(.*)\]$/.exec(name)
  if (!element && !isName(name) && !/^(?:\d+|[@*#?$!-])$/.test(name)) {
    return yield* fail(shell, name === ''
      ? `${part.parameter}: invalid indirect expansion` : `${name}: invalid variable name`, 1)
  }
  const value: Value = element ? textValue(elementText(shell, element[1]!, element[2]!))
    : parameterValue(shell, name)
  if (!part.operation) return valuePieces(shell, value, inQuotes)
  return yield* applyOperation(shell, part, value, part.operation, inQuotes)
}

function textValue(text: string | undefined): Value {
  return text === undefined ? { kind: 'unset' } : { kind: 'text', text }
}

function* applyOperation(
  shell: Shell, part: ParameterExpansionPart, value: Value, operation: Operation, inQuotes: boolean,
): Task<Pieces> {
  if (operation.type === 'Default') {
    return yield* applyDefault(shell, part, value, operation, inQuotes)
  }
  yield* refuseUnset(shell, part.parameter, value)
  if (operation.type === 'Slice') return yield* slice(shell, part, value, operation, inQuotes)
  if (operation.type === 'Transform') {
    const whole = value.kind === 'list'
    const changed = transform(shell, part.parameter, value, operation.operand.text, whole)
    return changed ? valuePieces(shell, changed, inQuotes) : yield* badSubstitution(shell, part)
  }
  const change = yield* transformation(shell, operation)
  if (value.kind === 'list') {
    return listPieces(shell, value.items.map(change), value.joined, inQuotes)
  }
  return piecesOf(change(value.kind === 'text' ? value.text : ''), inQuotes)
}

function* applyDefault(
  shell: Shell, part: ParameterExpansionPart, value: Value,
  operation: Extract<Operation, { type: 'Default' }>, inQuotes: boolean,
): Task<Pieces> {
  const { operator } = operation
  const empty = value.kind === 'unset' || (value.kind === 'list' && value.items.length === 0)
    || (operator.startsWith(':') && isNull(value))
  switch (operator.at(-1)) {
    case '+': return empty ? [] : yield* operandPieces(shell, operation.operand, inQuotes)
    case '-': return empty ? yield* operandPieces(shell, operation.operand, inQuotes)
      : valuePieces(shell, value, inQuotes)
    case '=': {
      if (!empty) return valuePieces(shell, value, inQuotes)
      const text = yield* expandText(shell, operation.operand)
      yield* guarded(shell, () => assign(shell, part.parameter, text))
      return piecesOf(text, inQuotes)
    }
    default: {
      if (!empty) return valuePieces(shell, value, inQuotes)
      const text = yield* expandText(shell, operation.operand)
      const reason = text !== '' ? text
        : operator === '?' ? 'parameter not set'
          : shell.isBash ? 'parameter null or not set' : 'parameter not set or null'
      return yield* fail(shell, `${part.parameter}: ${reason}`, unboundStatus(shell))
    }
  }
}

function isNull(value: Value): boolean {
  return value.kind === 'text'
    ? value.text === ''
    : value.kind === 'list' && value.items.join('') === ''
}

function* transformation(
  shell: Shell, operation: Operation,
): Task<(text: string) => string> {
  switch (operation.type) {
    case 'Remove': {
      const pattern = yield* expandPattern(shell, operation.operand)
      return (text) => removeMatch(text, pattern, operation.operator)
    }
    case 'Replace': {
      const pattern = yield* expandPattern(shell, operation.pattern)
      const replacement = yield* expandText(shell, operation.replacement)
      const by = shell.isBash && isBare(operation.replacement.text)
        ? (match: string) => replacement.replaceAll('&', () => match)
        : () => replacement
      return (text) => replaceMatches(text, pattern, by, operation.operator)
    }
    case 'CaseModification': {
      const pattern = operation.operand ? yield* expandPattern(shell, operation.operand) : '?'
      return (text) => changeCase(text, pattern === '' ? '?' : pattern, operation.operator)
    }
    default: return (text) => text
  }
}

/** bash's patsub_replacement: an `&` that is not quoted stands for what matched. */
function isBare(replacement: string): boolean {
  return replacement.includes('&') && !/["'\\]/.test(replacement)
}

function* slice(
  shell: Shell, part: ParameterExpansionPart, value: Value,
  operation: Extract<Operation, { type: 'Slice' }>, inQuotes: boolean,
): Task<Pieces> {
  const offset = Number(yield* expandArithmeticText(shell, operation.offset.text))
  const length =
    operation.length && Number(yield* expandArithmeticText(shell, operation.length.text))
  if (value.kind === 'list') {
    const positional = part.parameter === '@' || part.parameter === '*'
    const items = positional ? [shell.name, ...value.items] : value.items
    const from = offset < 0 ? Math.max(0, items.length + offset) : offset
    const until = length === undefined ? items.length : from + Math.max(0, length)
    return listPieces(shell, items.slice(from, until), value.joined, inQuotes)
  }
  const text = value.kind === 'text' ? value.text : ''
  const from = offset < 0 ? text.length + offset : offset
  if (from < 0) return piecesOf('', inQuotes)
  const until =
    length === undefined ? text.length : length < 0 ? text.length + length : from + length
  if (until < from && length !== undefined && length < 0) {
    return yield* fail(shell, `${length}: substring expression < 0`, 1)
  }
  return piecesOf(text.slice(from, until), inQuotes)
}

function* refuseUnset(shell: Shell, name: string, value: Value): Task {
  if (value.kind !== 'unset' || !shell.has('nounset')) return
  const text = shell.isBash ? 'unbound variable' : 'parameter not set'
  // bash shows what is no name with its dollar.
  const shown = shell.isBash && !/^[A-Za-z_]/.test(name) ? `$${name}` : name
  yield* fail(shell, `${shown}: ${text}`, unboundStatus(shell))
}

/** bash leaves a `-c` text with 127, a subshell and one that `set -e` ends with 1. */
function unboundStatus(shell: Shell): number {
  if (!shell.isBash) return 2
  return shell.mode === 'command' && !shell.has('errexit') && shell.subshells === 0 ? 127 : 1
}

function lengthOf(value: Value): number {
  if (value.kind === 'list') return value.items.length
  return value.kind === 'text' ? [...value.text].length : 0
}

function variableNames(shell: Shell, prefix: string): string[] {
  return shell.variables.names().filter((name) => name.startsWith(prefix))
}

function piecesOf(text: string, inQuotes: boolean): Pieces {
  return [inQuotes ? quoted(text) : splittable(text)]
}

function valuePieces(shell: Shell, value: Value, inQuotes: boolean): Pieces {
  if (value.kind === 'list') return listPieces(shell, value.items, value.joined, inQuotes)
  return piecesOf(value.kind === 'text' ? value.text : '', inQuotes)
}

function listPieces(
  shell: Shell, items: readonly string[], joined: boolean, inQuotes: boolean,
): Pieces {
  if (joined && inQuotes) {
    const ifs = shell.variables.text('IFS')
    return [quoted(items.join(ifs === undefined ? ' ' : ifs.slice(0, 1)))]
  }
  return items.flatMap((item, index) => {
    const piece = inQuotes ? quoted(item) : splittable(item)
    return index === 0 ? [piece] : [fieldBreak, piece]
  })
}
