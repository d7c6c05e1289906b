import type { Task } from '../../time/tasks.ts'
import { expandArithmeticText } from '../expand/word.ts'
import { complain } from '../messages.ts'
import type { ArithmeticCommand, ArithmeticExpression, ArithmeticFor } from '../parse.ts'
import { arithmeticText } from '../parse.ts'
import type { Shell } from '../state.ts'
import { isUnwind } from '../unwind.ts'
import { inLoop } from './compound.ts'
import { beforeCommand } from './debug.ts'
import { runStatements } from './statements.ts'
import { traceLines } from './trace.ts'

/** bash's `(( … ))`: true when not zero. dash and ash see two subshells and a strange command. */
export function* runArithmeticCommand(shell: Shell, node: ArithmeticCommand): Task<number> {
  yield* shell.process.work(1)
  shell.line = shell.lineBase + shell.source.lineAt(node.pos) - 1
  if (!shell.isBash) {
    yield* complain(shell, `${node.body.trim().split(/\s/)[0] ?? ''}: not found`)
    return 127
  }
  yield* beforeCommand(shell, node)
  yield* traceLines(shell, [`(( ${node.body} ))`])
  try {
    shell.builtin = '(('
    return (yield* expandArithmeticText(shell, node.body)) === 0n ? 1 : 0
  } catch (thrown) {
    if (isUnwind(thrown, 'error')) return 1
    throw thrown
  } finally {
    shell.builtin = undefined
  }
}

/** bash's `for ((a; b; c))`. */
export function* runArithmeticFor(shell: Shell, node: ArithmeticFor): Task<number> {
  const line = shell.lineBase + shell.source.lineAt(node.pos) - 1
  const value = function* (part: ArithmeticExpression | undefined): Task<bigint> {
    shell.line = line
    const shown = part ? shell.source.text.slice(part.pos, part.end) : '1'
    yield* beforeCommand(shell, node, `((${shown}))`)
    yield* traceLines(shell, [`(( ${shown} ))`])
    return yield* expandArithmeticText(shell, arithmeticText(part))
  }
  yield* value(node.initialize)
  let first = true
  let status = 0
  yield* inLoop(shell, function* () {
    if (!first) yield* value(node.update)
    first = false
    if (node.test && (yield* value(node.test)) === 0n) return false
    status = yield* runStatements(shell, node.body.commands)
    return true
  }, () => { status = 0 })
  return status
}
