import type { Task } from '../../time/tasks.ts'
import type { Machine } from './machine.ts'
import type { Statement } from './tree.ts'
import { awkPrintf, toText, unset } from './values.ts'
import type { Value } from './values.ts'

/** What leaves the statements around it. */
export type Leave =
  | { readonly kind: 'break' | 'continue' | 'next' | 'nextfile' }
  | { readonly kind: 'exit' | 'return'; readonly value: Value | undefined }

/** Runs a statement; undefined where it just ended. */
export function* runStatement(machine: Machine, node: Statement): Task<Leave | undefined> {
  yield* machine.call.process.work(1)
  switch (node.kind) {
    case 'block':
      for (const one of node.body) {
        const leave = yield* runStatement(machine, one)
        if (leave) return leave
      }
      return undefined
    case 'expression':
      yield* machine.value(node.of)
      return undefined
    case 'print':
      yield* print(machine, node)
      return undefined
    case 'if': {
      const chosen = (yield* machine.truth(node.test)) ? node.yes : node.no
      return chosen ? yield* runStatement(machine, chosen) : undefined
    }
    case 'loop': return yield* loop(machine, node)
    case 'each': {
      for (const key of [...machine.state.table(node.table).keys()]) {
        machine.state.set(node.name, key)
        const leave = yield* runStatement(machine, node.body)
        if (leave?.kind === 'break') break
        if (leave && leave.kind !== 'continue') return leave
      }
      return undefined
    }
    case 'delete': {
      const table = machine.state.table(node.name)
      if (node.index.length === 0) table.clear()
      else table.delete(yield* machine.key(node.index))
      return undefined
    }
    case 'exit': case 'return': {
      const value = node.value && (yield* machine.value(node.value))
      return { kind: node.kind, value }
    }
    default: return { kind: node.kind }
  }
}

/** A function's body and what it returns; `exit` in it is beyond what is modelled. */
export function* runFunction(machine: Machine, body: Statement): Task<Value> {
  const leave = yield* runStatement(machine, body)
  if (leave?.kind === 'return') return leave.value ?? unset
  if (leave && leave.kind !== 'break' && leave.kind !== 'continue') throw new Left(leave)
  return unset
}

/** `exit` and `next` leave the functions they are called in as well. */
export class Left extends Error {
  constructor(readonly leave: Leave) {
    super(leave.kind)
  }
}

function* loop(
  machine: Machine, node: Extract<Statement, { kind: 'loop' }>,
): Task<Leave | undefined> {
  if (node.first) yield* runStatement(machine, node.first)
  for (let first = node.once; ; first = false) {
    if (!first && node.test && !(yield* machine.truth(node.test))) return undefined
    const leave = yield* runStatement(machine, node.body)
    if (leave?.kind === 'break') return undefined
    if (leave && leave.kind !== 'continue') return leave
    if (node.next) yield* runStatement(machine, node.next)
  }
}

function* print(machine: Machine, node: Extract<Statement, { kind: 'print' }>): Task {
  const { state } = machine
  const values: Value[] = []
  for (const item of node.items) values.push(yield* machine.value(item))
  let text: string
  if (node.formatted) {
    text = awkPrintf(state.text(values[0] ?? unset), values.slice(1), state.dialect)
  } else {
    const shown = (value: Value): string =>
      toText(value, state.dialect, state.globalText('OFMT'))
    const line = values.length === 0 ? state.text(state.field(0))
      : values.map(shown).join(state.globalText('OFS'))
    text = line + state.globalText('ORS')
  }
  if (node.into === undefined) yield* machine.call.out(text)
  else {
    const path = yield* machine.text(node.into.to)
    yield* machine.streams.write(path, node.into.append, text)
  }
}
