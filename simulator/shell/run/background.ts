import type { Statement } from '../parse.ts'
import type { Task } from '../../time/tasks.ts'
import { SyscallError } from '../../kernel/errors.ts'
import { complain, warn } from '../messages.ts'
import type { Job } from '../jobs.ts'
import type { Shell } from '../state.ts'
import { jobText, startPipeline } from './pipeline.ts'
import { runNode } from './statements.ts'
import { forkSubshell } from './subshell.ts'

/** `command &`. */
export function* startBackground(shell: Shell, node: Statement['command']): Task<number> {
  yield* shell.process.work(1)
  shell.line = shell.lineBase + shell.source.lineAt(node.pos) - 1
  const job = yield* start(shell, node)
  if (!job) return 1
  shell.lastBackground = job.pids.at(-1)
  if (shell.interactive && shell.isBash && shell.subshells === 0) {
    yield* warn(shell, `[${job.id}] ${shell.lastBackground}\n`)
  }
  return 0
}

function* start(shell: Shell, node: Statement['command']): Task<Job | undefined> {
  if (node.type === 'Pipeline' && node.prefixes.length === 0 && shell.monitors) {
    return yield* startPipeline(shell, node, [], true)
  }
  const monitored = shell.monitors
  const child = yield* forkSubshell(
    shell, (inner) => runBehind(inner, node, monitored), monitored ? { group: 'new' } : {},
  )
  if (!child) return undefined
  const text = jobText(shell, node)
  return shell.jobs.add([child.pid], monitored ? child.pid : shell.process.group, text, true)
}

function* runBehind(inner: Shell, node: Statement['command'], monitored: boolean): Task<number> {
  if (!monitored) yield* detach(inner)
  return yield* runNode(inner, node, { tail: true })
}

/** Without job control a background command reads nothing and is deaf to Ctrl-C (POSIX 2.11). */
function* detach(shell: Shell): Task {
  const { process } = shell
  process.setDisposition('INT', 'ignore')
  process.setDisposition('QUIT', 'ignore')
  try {
    const fd = process.open('/dev/null', { read: true })
    if (fd !== 0) {
      process.dup(fd, 0)
      process.close(fd)
    }
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    yield* complain(shell, error.message)
  }
}
