import { SyscallError } from '../../kernel/errors.ts'
import type { ExitStatus, Fd, OpenFile, Pid, Process, Program } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { complain } from '../messages.ts'
import type { Shell } from '../state.ts'
import { Unwind } from '../unwind.ts'
import { runExitTrap } from './trap-actions.ts'

export type ShellBody = (shell: Shell) => Task<number>

export interface ForkOptions {
  readonly fds?: ReadonlyMap<Fd, OpenFile>
  readonly group?: 'new' | Pid
  /** `jobs` in it lists those of the parent. */
  readonly keepsJobs?: boolean
}

/** Forks; the child runs `body` on a copy of the shell. Undefined: no more processes. */
export function* forkSubshell(
  shell: Shell, body: ShellBody, options: ForkOptions = {},
): Task<Process | undefined> {
  // Copied before the fork: what the parent does next must not be seen by the child.
  const inner = shell.copy()
  if (options.keepsJobs) inner.parentJobs = shell.parentJobs ?? shell.jobs.snapshot()
  const { group } = options
  // Not a generator of its own: the host keeps the shape of each, and with it all that it sees.
  const run: Program = (process) => {
    inner.process = process
    return runToEnd(inner, body)
  }
  try {
    return shell.process.fork(run, {
      fds: options.fds ?? shell.childFds(), ...(group !== undefined && { group }),
    })
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    yield* cannotFork(shell, error)
    return undefined
  }
}

export function* cannotFork(shell: Shell, error: SyscallError): Task {
  const reason = error.message
  if (shell.isBash) yield* complain(shell, `fork: ${reason}`, null)
  else if (shell.isDash) yield* complain(shell, 'Cannot fork', null)
  else yield* complain(shell, `can't fork: ${reason}`, null)
  throw new Unwind({ kind: 'error', status: shell.isBash ? 254 : 2 })
}

/** Runs to the end of the process: what ends a script early, then the EXIT trap. */
export function* runToEnd(shell: Shell, body: ShellBody): Task<number> {
  let status: number
  try {
    status = yield* body(shell)
  } catch (thrown) {
    status = finalStatus(shell, thrown)
  }
  return (yield* runExitTrap(shell, status)) & 255
}

function finalStatus(shell: Shell, thrown: unknown): number {
  if (!(thrown instanceof Unwind)) throw thrown
  const { reason } = thrown
  if (reason.kind === 'interrupt') return 130
  return 'levels' in reason ? shell.status : reason.status
}

/** Waits for one child; others that end meanwhile are noted for `wait` and `jobs`. */
export function* waitForChild(shell: Shell, pid: Pid): Task<ExitStatus> {
  for (;;) {
    const event = yield* shell.process.waitChild('any', { stopped: shell.monitors })
    if (event === undefined) return { kind: 'exited', code: 127 }
    if (event === 'signal') continue
    if (event.pid === pid && event.status.kind !== 'stopped') return event.status
    noteChild(shell, event.pid, event.status)
  }
}

export function noteChild(shell: Shell, pid: Pid, status: ExitStatus): void {
  if (!shell.jobs.record(pid, status) && pid === shell.lastBackground) {
    shell.jobs.remembered.set(pid, status)
  }
}

/** Takes note of all children that have ended or stopped by now. */
export function* reapChildren(shell: Shell): Task {
  for (;;) {
    const event = yield* shell.process.waitChild('any', { noHang: true, stopped: shell.monitors })
    if (event === undefined || event === 'signal') return
    noteChild(shell, event.pid, event.status)
  }
}
