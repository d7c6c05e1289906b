import type { Task } from '../../time/tasks.ts'
import { assign, assignArray } from '../expand/assign.ts'
import { guarded } from '../expand/guard.ts'
import { singleQuote } from '../expand/quote.ts'
import { expandAssignment, expandText, expandWord } from '../expand/word.ts'
import { fail } from '../messages.ts'
import type { Assignment, Word } from '../parse.ts'
import type { Shell } from '../state.ts'
import { traceAssignment } from './trace.ts'

const declarations = new Set(['export', 'readonly', 'local', 'declare', 'typeset', 'alias'])

export function isDeclaration(name: string | undefined): boolean {
  return name !== undefined && declarations.has(name)
}

/** `name=value` before a command. */
export function* assignmentText(shell: Shell, node: Assignment): Task<string> {
  const { value } = node
  if (value.type === 'ArrayValue') return yield* refuseArray(shell)
  const text = yield* expandAssignment(shell, value)
  return node.append ? (shell.variables.text(node.name) ?? '') + text : text
}

/** `name=value`, `name+=value`, `name[i]=value`, `name=(…)` on its own. */
export function* performAssignment(shell: Shell, node: Assignment): Task {
  const { name, value, append, index } = node
  if (!shell.isBash && (value.type === 'ArrayValue' || index)) yield* refuseArray(shell)
  if (value.type === 'ArrayValue') {
    const items = yield* arrayItems(shell, name, value.elements)
    yield* traceAssignment(shell, node, undefined)
    yield* guarded(shell, () => assignArray(shell, name, items, append ?? false))
    return
  }
  const text = yield* expandAssignment(shell, value)
  const key = index ? yield* expandText(shell, index) : undefined
  yield* traceAssignment(shell, node, text)
  yield* guarded(shell, () => assign(shell, name, text, { append, index: key }))
}

function* refuseArray(shell: Shell): Task<never> {
  if (shell.isBash) return yield* fail(shell, 'cannot assign list to array member', 1)
  return yield* fail(shell, shell.isDash ? 'Syntax error: "(" unexpected'
    : 'syntax error: unexpected "("', 2)
}

type Item = readonly [index: string | undefined, text: string]

export function* arrayItems(
  shell: Shell, name: string, elements: readonly Word[],
): Task<Item[]> {
  const items: Item[] = []
  for (const word of elements) {
    const keyed = /^\[([^\]]*)\]=/.exec(word.text)
    if (keyed) {
      const whole = yield* expandText(shell, word)
      const split = /^\[(.*?)\]=(.*)$/s.exec(whole)
      items.push([split?.[1] ?? keyed[1]!, split?.[2] ?? ''])
    } else for (const text of yield* expandWord(shell, word)) items.push([undefined, text])
  }
  if (shell.variables.get(name)?.table) return pairUp(items)
  return items
}

/** `declare -A a=(k v k2 v2)`. */
function pairUp(items: readonly Item[]): Item[] {
  if (items.some(([index]) => index !== undefined)) return [...items]
  const pairs: Item[] = []
  for (let at = 0; at < items.length; at += 2) pairs.push([items[at]![1], items[at + 1]?.[1] ?? ''])
  return pairs
}

/**
 * An assignment among the words of `declare` and its like. A list is passed on as the text
 * `name=(…)` with every element quoted, which those builtins read again.
 */
export function* declarationWords(
  shell: Shell, node: Assignment, words: readonly string[],
): Task<string[]> {
  if (!isDeclaration(words[0])) return yield* plainWords(shell, node)
  const { value } = node
  const operator = node.append ? '+=' : '='
  if (value.type === 'ArrayValue') {
    if (!shell.isBash) yield* refuseArray(shell)
    const items = yield* arrayItems(shell, '', value.elements)
    const list = items.map(([index, text]) =>
      (index === undefined ? '' : `[${index}]=`) + singleQuote(text)).join(' ')
    return [`${node.name}${operator}(${list})`]
  }
  const index = node.index ? `[${yield* expandText(shell, node.index)}]` : ''
  return [`${node.name}${index}${operator}${yield* expandAssignment(shell, value)}`]
}

function* plainWords(shell: Shell, node: Assignment): Task<string[]> {
  const { value } = node
  if (value.type === 'ArrayValue') return yield* refuseArray(shell)
  const index = node.index ? `[${node.index.text}]` : ''
  const name = `${node.name}${index}${node.append ? '+=' : '='}`
  const texts = yield* expandWord(shell, value)
  return texts.length === 0 ? [name] : [name + texts[0]!, ...texts.slice(1)]
}
