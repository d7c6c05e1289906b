import type { Fd } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { fail } from '../messages.ts'
import type { Script, WordPart } from '../parse.ts'
import { innerSource } from '../parse.ts'
import { runStatements } from '../run/statements.ts'
import { forkSubshell } from '../run/subshell.ts'
import type { Shell } from '../state.ts'

const highestFd = 63
const none: ReadonlySet<Fd> = new Set()

/** `<(…)` of bash and ash, and `>(…)`: a pipe to or from another process, as a path under /dev/fd. */
export function* substituteProcess(
  shell: Shell, part: Extract<WordPart, { type: 'ProcessSubstitution' }>,
): Task<string> {
  if (shell.isDash) return yield* fail(shell, 'Syntax error: "(" unexpected', 2)
  const { process } = shell
  const { script, operator } = part
  const [read, write] = process.pipe()
  const theirs = operator === '<' ? write : read
  const ours = operator === '<' ? read : write
  const fds = shell.childFds()
  fds.set(operator === '<' ? 1 : 0, process.fds.get(theirs)!)
  for (const fd of [read, write]) if (fd > 1) fds.delete(fd)
  const child = yield* forkSubshell(shell, (inner) => runInner(inner, script), { fds })
  process.close(theirs)
  const fd = moveHigh(shell, ours)
  if (child) shell.lastBackground = child.pid
  shell.substitutionFds.add(fd)
  return `/dev/fd/${fd}`
}

function* runInner(inner: Shell, script: Script | undefined): Task<number> {
  if (!script) return 0
  inner.source = innerSource(inner.source, script)
  return yield* runStatements(inner, script.commands, { tail: true })
}

function moveHigh(shell: Shell, from: Fd): Fd {
  let fd = highestFd
  while (shell.process.fds.has(fd)) fd--
  shell.process.dup(from, fd)
  shell.process.close(from)
  return fd
}

/** Runs a command and closes what its process substitutions left open. */
export function* closingSubstitutions(shell: Shell, run: () => Task<number>): Task<number> {
  const before = shell.substitutionFds.size === 0 ? none : new Set(shell.substitutionFds)
  try {
    return yield* run()
  } finally {
    for (const fd of shell.substitutionFds) {
      if (before.has(fd)) continue
      shell.substitutionFds.delete(fd)
      if (shell.process.fds.has(fd)) shell.process.close(fd)
    }
  }
}
