import { limits } from '../../limits.ts'
import type { Task } from '../../time/tasks.ts'
import { closingSubstitutions } from '../expand/process-substitution.ts'
import { complain } from '../messages.ts'
import type { AndOr, CommandNode, Pipeline, Statement } from '../parse.ts'
import type { Shell } from '../state.ts'
import { Unwind } from '../unwind.ts'
import { runArithmeticCommand, runArithmeticFor } from './arithmetic-command.ts'
import { startBackground } from './background.ts'
import { runCase, runFor, runIf, runWhile } from './compound.ts'
import { runTestCommand } from './conditional.ts'
import { defineFunction } from './functions.ts'
import { runPipeline } from './pipeline.ts'
import { withRedirects } from './redirect.ts'
import { runSelect } from './select.ts'
import { runSimple } from './simple.ts'
import { runSubshellCommand } from './subshell-command.ts'
import { runPendingTraps, runTrap } from './trap-actions.ts'

export interface RunOptions {
  /** Nothing follows in this process: it may become the command (exec) instead of forking. */
  readonly tail?: boolean
  /** Put before the words of a simple command (`time`, where it is no keyword). */
  readonly words?: readonly string[]
}

/** A list of statements; its status is that of the last. */
export function* runStatements(
  shell: Shell, statements: readonly Statement[], options: RunOptions = {},
): Task<number> {
  if (statements.length === 0) shell.status = 0
  for (const [index, statement] of statements.entries()) {
    if (shell.has('noexec') && !shell.interactive) continue
    const tail = options.tail === true && index === statements.length - 1
    if (statement.background) shell.status = yield* startBackground(shell, statement.command)
    else shell.status = yield* runNode(shell, statement.command, { tail })
    yield* runPendingTraps(shell)
  }
  return shell.status
}

/** Any command; sets and gives `$?`. */
export function* runNode(
  shell: Shell, node: Statement['command'], options: RunOptions = {},
): Task<number> {
  if (++shell.depth > limits.shellNesting) {
    shell.depth = 0
    yield* complain(
      shell,
      `commands nested deeper than ${limits.shellNesting} are not simulated in Grace`
    )
    throw new Unwind({ kind: 'error', status: 2 })
  }
  try {
    shell.status = yield* dispatch(shell, node, options)
    return shell.status
  } finally {
    shell.depth--
  }
}

function* dispatch(
  shell: Shell, node: Statement['command'], options: RunOptions,
): Task<number> {
  switch (node.type) {
    case 'AndOr': return yield* runAndOr(shell, node, options)
    case 'Pipeline': return yield* runPipelineNode(shell, node)
    case 'Command':
      return yield* checked(
        shell,
        closingSubstitutions(shell, () => runSimple(shell, node, options))
      )
    case 'Subshell': return yield* checked(shell, runSubshellCommand(shell, node, options))
    case 'TestCommand': return yield* checked(shell, runTestCommand(shell, node))
    case 'ArithmeticCommand': return yield* checked(shell, runArithmeticCommand(shell, node))
    default: return yield* runCompound(shell, node, options)
  }
}

function* runCompound(
  shell: Shell, node: Exclude<CommandNode, { type: 'Command' | 'Subshell' }>, options: RunOptions,
): Task<number> {
  switch (node.type) {
    case 'BraceGroup': return yield* runStatements(shell, node.body.commands, options)
    case 'If': return yield* runIf(shell, node, options)
    case 'For': return yield* runFor(shell, node)
    case 'While': return yield* runWhile(shell, node)
    case 'Case': return yield* runCase(shell, node, options)
    case 'ArithmeticFor': return yield* runArithmeticFor(shell, node)
    case 'Select': return yield* runSelect(shell, node)
    case 'Function': return yield* defineFunction(shell, node)
    case 'Redirected':
      return yield* closingSubstitutions(shell, () =>
        withRedirects(shell, node.redirects, () => runNode(shell, node.command)))
    case 'TestCommand': return yield* runTestCommand(shell, node)
    case 'ArithmeticCommand': return yield* runArithmeticCommand(shell, node)
    case 'Coproc':
      yield* complain(shell, 'coproc: not simulated in Grace')
      return 1
  }
}

function* runAndOr(shell: Shell, node: AndOr, options: RunOptions): Task<number> {
  const last = node.commands.length - 1
  let status = 0
  for (const [index, command] of node.commands.entries()) {
    const operator = index === 0 ? undefined : node.operators[index - 1]
    if (operator === '&&' ? status !== 0 : operator === '||' && status === 0) continue
    if (index === last) return yield* runNode(shell, command, options)
    status = yield* tested(shell, () => runNode(shell, command))
    yield* runPendingTraps(shell)
  }
  return status
}

function* runPipelineNode(shell: Shell, node: Pipeline): Task<number> {
  const negations = node.prefixes.filter((prefix) => prefix.type === 'Negation').length
  if (negations === 0) return yield* checked(shell, runPipeline(shell, node))
  // A negated pipeline never ends a `set -e` script.
  const status = yield* tested(shell, () => runPipeline(shell, node))
  return negations % 2 === 0 ? status : status === 0 ? 1 : 0
}

/** Runs where failure is expected: `set -e` and ERR do not apply. */
export function* tested(shell: Shell, run: () => Task<number>): Task<number> {
  shell.tested++
  try {
    return yield* run()
  } finally {
    shell.tested--
  }
}

/** `set -e` and the ERR trap, after commands that can fail by themselves. */
export function* checked(shell: Shell, command: Task<number>): Task<number> {
  const status = yield* command
  shell.status = status
  if (status === 0 || shell.tested > 0) return status
  const action = shell.isDash ? undefined : shell.traps.get('ERR')
  // bash hides it from functions; ash has no way to.
  const inside = shell.isAsh && shell.functionNames.length > 0 && !shell.has('errtrace')
  if (action && !inside) yield* runTrap(shell, 'ERR', action)
  if (!shell.has('errexit')) return status
  // A signal that ended `wait` has its action before the shell leaves because of it.
  yield* runPendingTraps(shell)
  throw new Unwind({ kind: 'exit', status })
}
