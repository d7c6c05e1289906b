import type { Task } from '../../time/tasks.ts'
import { assign } from '../expand/assign.ts'
import { guarded } from '../expand/guard.ts'
import { matches } from '../expand/pattern.ts'
import { expandPattern, expandText, expandWords } from '../expand/word.ts'
import { caseHead, loopHead } from '../layout/heads.ts'
import { complain, fail } from '../messages.ts'
import type { Case, CompoundList, For, If, Select, While } from '../parse.ts'
import type { Shell } from '../state.ts'
import { isName } from '../variables.ts'
import { Unwind } from '../unwind.ts'
import { beforeCommand } from './debug.ts'
import type { RunOptions } from './statements.ts'
import { runStatements, tested } from './statements.ts'
import { runPendingTraps } from './trap-actions.ts'
import { traceLines } from './trace.ts'

export function* runIf(shell: Shell, node: If, options: RunOptions): Task<number> {
  if (yield* holds(shell, node.clause))
    return yield* runStatements(shell, node.then.commands, options)
  for (const branch of node.elif) {
    if (yield* holds(shell, branch.clause)) {
      return yield* runStatements(shell, branch.then.commands, options)
    }
  }
  if (node.else) return yield* runStatements(shell, node.else.commands, options)
  return 0
}

function* holds(shell: Shell, clause: CompoundList): Task<boolean> {
  return (yield* tested(shell, () => runStatements(shell, clause.commands))) === 0
}

/** Exit code of the last turn of a loop. */
interface Last { status: number }

export function* runWhile(shell: Shell, node: While): Task<number> {
  const last = { status: 0 }
  yield* inLoop(shell, () => whileTurn(shell, node, last), () => { last.status = 0 })
  return last.status
}

function* whileTurn(shell: Shell, node: While, last: Last): Task<boolean> {
  const wanted = node.kind === 'while'
  if ((yield* holds(shell, node.clause)) !== wanted) return false
  last.status = yield* runStatements(shell, node.body.commands)
  return true
}

export function* runFor(shell: Shell, node: For): Task<number> {
  const name = node.name.text
  if (!isName(name)) return yield* badLoopVariable(shell, name)
  const items = node.wordlist ? yield* expandWords(shell, node.wordlist) : [...shell.positional]
  let index = 0
  const last = { status: 0 }
  const turn = () => forTurn(shell, node, items[index++], last)
  yield* inLoop(shell, turn, () => { last.status = 0 })
  return last.status
}

function* forTurn(shell: Shell, node: For, item: string | undefined, last: Last): Task<boolean> {
  if (item === undefined) return false
  yield* beforeHead(shell, node)
  yield* guarded(shell, () => assign(shell, node.name.text, item))
  last.status = yield* runStatements(shell, node.body.commands)
  return true
}

/** bash: a loop's turn and a choice are commands for the DEBUG trap. */
export function* beforeHead(shell: Shell, node: Case | For | Select): Task {
  if (!shell.isBash) return
  shell.line = shell.lineBase + shell.source.lineAt(node.pos) - 1
  const { source } = shell
  const head = node.type === 'Case' ? caseHead(source, node) : loopHead(source, node)
  yield* beforeCommand(shell, node, head)
  yield* traceLines(shell, [head.trimEnd()])
}

function* badLoopVariable(shell: Shell, name: string): Task<number> {
  if (shell.isBash) {
    yield* complain(shell, `\`${name}': not a valid identifier`)
    return 1
  }
  return yield* fail(shell, shell.isDash ? 'Syntax error: Bad for loop variable'
    : 'syntax error: bad for loop variable', 2)
}

/** Turns until `turn` says no, with break, continue and waiting signals in between. */
export function* inLoop(
  shell: Shell, turn: () => Task<boolean>, onBreak: () => void,
): Task {
  shell.loops++
  try {
    for (;;) {
      yield* shell.process.work(1)
      try {
        if (!(yield* turn())) return
      } catch (thrown) {
        if (!(thrown instanceof Unwind)) throw thrown
        const { reason } = thrown
        if (reason.kind !== 'break' && reason.kind !== 'continue') throw thrown
        if (reason.levels > 1) throw new Unwind({ kind: reason.kind, levels: reason.levels - 1 })
        onBreak()
        if (reason.kind === 'break') return
      }
      yield* runPendingTraps(shell)
    }
  } finally {
    shell.loops--
  }
}

export function* runCase(shell: Shell, node: Case, options: RunOptions): Task<number> {
  yield* beforeHead(shell, node)
  const subject = yield* expandText(shell, node.word)
  let falling = false
  let status = 0
  for (const item of node.items) {
    if (!falling) {
      let matched = false
      for (const word of item.pattern) {
        const pattern = yield* expandPattern(shell, word)
        if (matches(pattern, subject, { extended: shell.shoptions.has('extglob') })) {
          matched = true
          break
        }
      }
      if (!matched) continue
    }
    const more = item.terminator === ';&' || item.terminator === ';;&'
    status = yield* runStatements(shell, item.body.commands, more ? {} : options)
    if (!more) return status
    falling = item.terminator === ';&'
  }
  return status
}
