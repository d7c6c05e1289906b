import type { Task } from '../../time/tasks.ts'
import type { Subshell } from '../parse.ts'
import type { Shell } from '../state.ts'
import { waitForJob } from './job-wait.ts'
import { jobText } from './pipeline.ts'
import type { RunOptions } from './statements.ts'
import { runStatements } from './statements.ts'
import { forkSubshell } from './subshell.ts'

/** `( … )`: a process of its own, unless this one has nothing else to do. */
export function* runSubshellCommand(
  shell: Shell, node: Subshell, options: RunOptions,
): Task<number> {
  yield* shell.process.work(1)
  shell.line = shell.lineBase + shell.source.lineAt(node.pos) - 1
  if (options.tail && shell.subshells > 0 && !shell.traps.any) {
    shell.subshells++
    return yield* runStatements(shell, node.body.commands, options)
  }
  const child = yield* forkSubshell(shell, (inner) =>
    runStatements(inner, node.body.commands, { tail: true }),
  shell.monitors ? { group: 'new' } : {})
  if (!child) return 1
  const group = shell.monitors ? child.pid : shell.process.group
  const job = shell.jobs.add([child.pid], group, jobText(shell, node), false)
  if (shell.isBash) {
    shell.underway = { source: shell.source, node }
    shell.line = shell.lineBase + shell.source.lineAt(node.end - 1) - 1
  }
  return yield* waitForJob(shell, job)
}
