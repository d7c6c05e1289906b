import type { Fd } from '../../kernel/types.ts'
import { limits } from '../../limits.ts'
import type { Task } from '../../time/tasks.ts'
import { complain, fail } from '../messages.ts'
import type { CommandExpansionPart, Redirection, Script, Statement } from '../parse.ts'
import { innerSource, parseSource } from '../parse.ts'
import { tellOfSignal } from '../run/job-wait.ts'
import { keepsJobs } from '../run/pipeline.ts'
import { openFailure } from '../run/redirect.ts'
import { runStatements } from '../run/statements.ts'
import { forkSubshell, waitForChild } from '../run/subshell.ts'
import type { Shell } from '../state.ts'
import { exitCodeOf } from '../../kernel/signals.ts'
import { SyscallError } from '../../kernel/errors.ts'
import { reportSyntax } from '../syntax.ts'
import { expandText } from './word.ts'

/** `$(…)`: the output of a subshell without the newlines at its end. */
export function* substituteCommand(shell: Shell, part: CommandExpansionPart): Task<string> {
  const { script } = part
  if (!script || script.commands.length === 0) {
    shell.substitutionStatus = 0
    if (script?.errors) yield* reportInner(shell, part)
    return ''
  }
  const file = shell.isDash ? undefined : soleInput(part)
  if (file) return yield* fileText(shell, file)
  const { process } = shell
  const [read, write] = process.pipe()
  const fds = shell.childFds()
  fds.set(1, process.fds.get(write)!)
  fds.delete(read)
  if (write !== 1) fds.delete(write)
  if (write === 1 || read === 1) fds.delete(read)
  const child = yield* forkSubshell(shell, (inner) => runInner(inner, script), {
    fds, keepsJobs: shell.isBash || isSole(shell, script.commands),
  })
  process.close(write)
  if (!child) {
    process.close(read)
    return ''
  }
  const text = yield* readOutput(shell, read)
  process.close(read)
  const status = yield* waitForChild(shell, child.pid)
  shell.substitutionStatus = exitCodeOf(status)
  if (shell.isBash) shell.status = shell.substitutionStatus
  else if (status.kind === 'signaled') yield* tellOfSignal(shell, undefined, status.signal)
  return text.replaceAll('\0', '').replace(/\n+$/, '')
}

function* runInner(inner: Shell, script: Script): Task<number> {
  inner.indirection++
  const source = innerSource(inner.source, script)
  if (source !== inner.source) {
    inner.lineBase = inner.line
    inner.source = source
  }
  return yield* runStatements(inner, script.commands, { tail: true })
}

/** ash keeps the list of jobs where `jobs` is all there is. */
function isSole(shell: Shell, commands: readonly Statement[]): boolean {
  return commands.length === 1 && keepsJobs(shell, commands[0]!.command)
}

/** Up to what a variable may hold; who writes more is cut off by the closed pipe. */
function* readOutput(shell: Shell, fd: Fd): Task<string> {
  const parts: string[] = []
  let length = 0
  for (;;) {
    const part = yield* shell.process.read(fd)
    if (part === '') return parts.join('')
    if (part === undefined) {
      // A signal with a trap: its action waits for the end of the command.
      shell.traps.collect(shell.process)
      continue
    }
    parts.push(part)
    length += part.length
    if (length <= limits.shellVariableChars) continue
    shell.process.close(fd)
    yield* fail(shell, 'command substitution: out of memory', 2)
  }
}

/** `$(<file)`. */
function soleInput(
  part: CommandExpansionPart
): Extract<Redirection, { type: 'Redirect' }> | undefined {
  const statement = part.script?.commands[0]
  if (part.script?.commands.length !== 1 || statement?.command.type !== 'Command') return undefined
  const { name, prefix } = statement.command
  const only = prefix[0]
  if (name || prefix.length !== 1 || only?.type !== 'Redirect') return undefined
  return only.operator === '<' ? only : undefined
}

function* fileText(
  shell: Shell,
  redirect: Extract<Redirection, { type: 'Redirect' }>
): Task<string> {
  const path = redirect.target ? yield* expandText(shell, redirect.target) : ''
  try {
    const fd = shell.process.open(path, { read: true })
    const text = yield* shell.process.readAll(fd)
    shell.process.close(fd)
    shell.substitutionStatus = 0
    return text.replace(/\n+$/, '')
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    shell.substitutionStatus = 1
    yield* complain(shell, openFailure(shell, path, error, false))
    return ''
  }
}

function* reportInner(shell: Shell, part: CommandExpansionPart): Task {
  const source = parseSource(part.text.replace(/^\$\(|^`/, '').replace(/[)`]$/, ''))
  if (source.problem) yield* reportSyntax(shell, source, source.problem)
  shell.substitutionStatus = 2
}
