import type { Task } from '../time/tasks.ts'
import type { Source, Statement } from './parse.ts'
import { runStatements } from './run/statements.ts'
import type { Shell } from './state.ts'
import { reportSyntax, syntaxStatus } from './syntax.ts'
import { Unwind } from './unwind.ts'

/** A script from `-c` or a file, command by command, as a shell that reads while it runs. */
export function* runScript(shell: Shell, source: Source): Task<number> {
  shell.source = source
  shell.lineBase = 1
  const { sound, problem } = source
  const replaces = !problem && mayReplace(shell, sound)
  for (let at = 0; at < sound.length; at++) {
    const statement = sound[at]!
    try {
      yield* runStatements(shell, [statement], { tail: replaces && at === sound.length - 1 })
    } catch (thrown) {
      const line = droppedLine(shell, thrown, statement)
      if (line === undefined) throw thrown
      while (at + 1 < sound.length && source.lineAt(sound[at + 1]!.pos) <= line) at++
    }
  }
  if (!problem) return shell.status
  yield* reportSyntax(shell, source, problem)
  throw new Unwind({ kind: 'error', status: syntaxStatus(shell, problem) })
}

/** After some errors bash goes on with the next line of a file. */
function droppedLine(shell: Shell, thrown: unknown, statement: Statement): number | undefined {
  if (!(thrown instanceof Unwind) || thrown.reason.kind !== 'error' || !thrown.reason.line)
    return undefined
  if (shell.mode === 'command') return undefined
  shell.status = thrown.reason.status
  return shell.source.lineAt(statement.end)
}

/**
 * Whether the shell becomes its last command instead of forking. As measured: ash does so for the
 * end of any `-c` text, bash for a plain command without redirections that ends a list without
 * background jobs, dash never.
 */
function mayReplace(shell: Shell, statements: readonly Statement[]): boolean {
  if (shell.mode !== 'command' || shell.isDash || shell.interactive) return false
  const last = statements.at(-1)
  if (!last || last.background) return false
  if (shell.isAsh) return true
  if (statements.some((one) => one.background)) return false
  const node = last.command.type === 'AndOr' ? last.command.commands.at(-1) : last.command
  return node?.type === 'Command' && node.redirects.length === 0
}
