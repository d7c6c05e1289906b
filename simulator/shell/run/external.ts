import { SyscallError, strerror } from '../../kernel/errors.ts'
import type { Process } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { isDirectory, statKind } from '../expand/glob.ts'
import { complain } from '../messages.ts'
import type { Redirection } from '../parse.ts'
import type { Shell } from '../state.ts'
import { callFunction } from './functions.ts'
import { waitForJob } from './job-wait.ts'
import { dropPlan, enterPlan, planRedirects, redirectStatus } from './redirect.ts'
import type { Plan } from './redirect.ts'
import { cannotFork, forkSubshell } from './subshell.ts'

export interface ExternalCommand {
  readonly words: readonly string[]
  readonly env: ReadonlyMap<string, string>
  readonly redirects: readonly Redirection[]
  /** As `jobs` shows it. */
  readonly text: string
  /** Becomes the command instead of starting it. */
  readonly inPlace: boolean
}

/** A program from PATH, as a child in the foreground or in place of this shell. */
export function* runExternal(shell: Shell, command: ExternalCommand): Task<number> {
  const plan = yield* planRedirects(shell, command.redirects)
  if (!plan) return redirectStatus(shell)
  const name = command.words[0]!
  const path = findCommand(shell, name)
  if (path === undefined) {
    return yield* within(shell, plan, () => notFound(shell, name, command.words))
  }
  if (command.inPlace) {
    enterPlan(shell, plan).keep()
    return yield* replaceShell(shell, path, command.words, command.env)
  }
  return yield* runChild(shell, path, command, plan)
}

function* runChild(
  shell: Shell, path: string, command: ExternalCommand, plan: Plan,
): Task<number> {
  let child: Process | undefined
  try {
    child = shell.process.spawn(path, {
      argv: command.words, env: command.env, fds: plan.table,
      ...(shell.monitors && { group: 'new' as const }),
    })
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    if (error.code === 'EAGAIN') {
      dropPlan(shell, plan)
      yield* cannotFork(shell, error)
    }
    if (error.code !== 'ENOEXEC') {
      return yield* within(shell, plan, () => cannotExecute(shell, command.words[0]!, error))
    }
    child = yield* forkSubshell(shell, (inner) => becomeScript(inner, path, command), {
      fds: plan.table, ...(shell.monitors && { group: 'new' as const }),
    })
  }
  dropPlan(shell, plan)
  if (!child) return 1
  const group = shell.monitors ? child.pid : shell.process.group
  return yield* waitForJob(shell, shell.jobs.add([child.pid], group, command.text, false))
}

/** execve; it returns only when it failed. */
export function* replaceShell(
  shell: Shell, path: string, words: readonly string[], env: ReadonlyMap<string, string>,
): Task<number> {
  for (const fd of [...shell.privateFds]) {
    shell.privateFds.delete(fd)
    shell.process.close(fd)
  }
  try {
    return yield* shell.process.exec(path, words, env)
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    if (error.code !== 'ENOEXEC') return yield* cannotExecute(shell, words[0]!, error)
    return yield* becomeScript(shell, path, { words, env, redirects: [], text: '', inPlace: true })
  }
}

/** A text without `#!` is a script for the shell that found it. */
function* becomeScript(shell: Shell, path: string, command: ExternalCommand): Task<number> {
  const { process, program } = shell
  process.argv = [shell.name, path, ...command.words.slice(1)]
  process.env.clear()
  for (const [name, value] of command.env) process.env.set(name, value)
  return program ? yield* program(process) : 126
}

/** Runs with the command's descriptors: its error messages go where they would have gone. */
function* within(shell: Shell, plan: Plan, run: () => Task<number>): Task<number> {
  const entered = enterPlan(shell, plan)
  try {
    return yield* run()
  } finally {
    entered.undo()
  }
}

/** The file a command word stands for; a directory or a file that cannot run counts as found. */
export function findCommand(shell: Shell, name: string): string | undefined {
  const { process } = shell
  if (name.includes('/')) {
    return process.files.exists(process.absolute(name)) ? process.absolute(name) : undefined
  }
  const known = shell.hashed.get(name)
  if (known && process.files.exists(known.path)) {
    known.hits++
    return known.path
  }
  const found = searchPath(shell, name)
  if (found !== undefined && shell.has('hashall')) shell.hashed.set(name, { path: found, hits: 1 })
  return found
}

/** All places of PATH that have an executable of this name, in order. */
export function* pathMatches(shell: Shell, name: string): Generator<string, void, undefined> {
  const { process } = shell
  for (const directory of (shell.variables.text('PATH') ?? '').split(':')) {
    const path = directory === '' ? `./${name}` : `${directory.replace(/\/$/, '')}/${name}`
    if (name !== '' && isExecutable(process, path)) yield path
  }
}

function searchPath(shell: Shell, name: string): string | undefined {
  for (const path of pathMatches(shell, name)) return path
  for (const directory of (shell.variables.text('PATH') ?? '').split(':')) {
    const path = `${directory}/${name}`
    if (name !== '' && statKind(shell.process, path) === 'file') return path
  }
  return undefined
}

export function isExecutable(process: Process, path: string): boolean {
  try {
    const stat = process.files.stat(process.absolute(path))
    return stat.kind === 'file' && (stat.mode & 0o111) !== 0
  } catch (error) {
    if (error instanceof SyscallError) return false
    throw error
  }
}

export function* notFound(shell: Shell, name: string, words: readonly string[]): Task<number> {
  const handler = shell.isBash ? shell.functions.get('command_not_found_handle') : undefined
  if (handler && !name.includes('/')) {
    return yield* callFunction(shell, 'command_not_found_handle', handler, words)
  }
  const text = !shell.isBash ? 'not found'
    : name.includes('/') ? strerror('ENOENT') : 'command not found'
  yield* complain(
    shell,
    `${name}: ${text}`,
    shell.evaluating && !shell.isBash ? 'eval' : (shell.builtin ?? null)
  )
  return 127
}

function* cannotExecute(shell: Shell, name: string, error: SyscallError): Task<number> {
  const missing = error.code === 'ENOENT'
  const text = shell.isBash && isDirectory(shell.process, name) ? strerror('EISDIR')
    : missing ? (shell.isBash ? 'cannot execute: required file not found' : 'not found')
      : strerror(error.code)
  yield* complain(shell, `${name}: ${text}`)
  return missing ? 127 : 126
}
