import { SyscallError } from '../kernel/errors.ts'
import { exitCodeOf } from '../kernel/signals.ts'
import type { ExitCode, OpenFile, Process, SpawnFds } from '../kernel/types.ts'
import type { Task } from '../time/tasks.ts'

/** Runs a program to its end, as find -exec and xargs do; throws ENOENT if there is none. */
export function* runCommand(
  process: Process, argv: readonly string[], input?: OpenFile,
): Task<ExitCode> {
  const path = process.which(argv[0] ?? '')
  if (path === undefined) throw new SyscallError('ENOENT')
  const fds: SpawnFds | undefined = input && new Map([...process.fds, [0, input]])
  const child = process.spawn(path, { argv, ...(fds && { fds }) })
  const ended = yield* process.waitChild(child.pid)
  return ended === undefined || ended === 'signal' ? 1 : exitCodeOf(ended.status)
}
