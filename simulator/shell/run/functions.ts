import { limits } from '../../limits.ts'
import type { Task } from '../../time/tasks.ts'
import { complain, fail } from '../messages.ts'
import type { FunctionNode } from '../parse.ts'
import type { FunctionDefinition, Shell } from '../state.ts'
import { reportSyntax } from '../syntax.ts'
import { Unwind, isUnwind } from '../unwind.ts'
import { runReturnTrap, untraced, withOwnTraps } from './debug.ts'
import { withRedirects } from './redirect.ts'
import { runNode, runStatements } from './statements.ts'
import { runTrap } from './trap-actions.ts'

export function* defineFunction(shell: Shell, node: FunctionNode): Task<number> {
  if (shell.isDash && shell.source.text.startsWith('function', node.pos)) {
    // dash reads a command named `function`, and then stumbles over what follows.
    const token = /^function\s+\S*\s*\(/.test(shell.source.text.slice(node.pos)) ? '(' : '}'
    return yield* fail(shell, `Syntax error: "${token}" unexpected`, 2)
  }
  if (shell.isBash && node.body.type === 'CompoundList') {
    const token = /^\S*/.exec(shell.source.text.slice(node.body.pos))?.[0] ?? ''
    yield* reportSyntax(shell, shell.source, { kind: 'token', token, pos: node.body.pos })
    throw new Unwind({ kind: 'error', status: 2 })
  }
  shell.functions.set(node.name.text, { node, source: shell.source, lineBase: shell.lineBase })
  return 0
}

/** Calls a function with its own positional parameters and local variables. */
export function* callFunction(
  shell: Shell, name: string, definition: FunctionDefinition, args: readonly string[],
): Task<number> {
  if (shell.functionNames.length >= limits.shellNesting) {
    yield* complain(shell, `${name}: functions nested deeper than ${limits.shellNesting}`
      + ' are not simulated in Grace', null)
    throw new Unwind({ kind: 'error', status: 1 })
  }
  const { positional, source, lineBase, loops, depth, line } = shell
  shell.positional = [...args]
  shell.source = definition.source
  shell.lineBase = definition.lineBase
  shell.loops = 0
  // A call is a fresh start for the nesting of constructs; calls have a limit of their own.
  shell.depth = Math.floor(depth / 2)
  shell.functionNames.push(name)
  shell.functionLines.push(line)
  shell.variables.enterFunction()
  try {
    return yield* withOwnTraps(shell, untraced(shell), () =>
      returning(shell, () => runEntered(shell, definition)))
  } finally {
    shell.variables.leaveFunction()
    shell.functionNames.pop()
    shell.functionLines.pop()
    Object.assign(shell, { positional, source, lineBase, loops, depth, line })
  }
}

function* runEntered(shell: Shell, definition: FunctionDefinition): Task<number> {
  yield* entered(shell)
  return yield* runBody(shell, definition)
}

/** `set -T`: the DEBUG trap runs for the call, and once more inside. */
function* entered(shell: Shell): Task {
  const action = shell.isBash ? shell.traps.get('DEBUG') : undefined
  if (action) yield* runTrap(shell, 'DEBUG', action)
}

/** The end of a function or a sourced file, by `return` or without. */
export function* returning(shell: Shell, run: () => Task<number>): Task<number> {
  let status: number
  try {
    status = yield* run()
  } catch (thrown) {
    if (!isUnwind(thrown, 'return') || thrown.reason.kind !== 'return') throw thrown
    status = thrown.reason.status
  }
  yield* runReturnTrap(shell)
  return status
}

function* runBody(shell: Shell, { node }: FunctionDefinition): Task<number> {
  const { body } = node
  if (body.type === 'CompoundList') return yield* runStatements(shell, body.commands)
  if (body.type !== 'Redirected') return yield* runNode(shell, body)
  return yield* withRedirects(shell, body.redirects, () => runNode(shell, body.command))
}
