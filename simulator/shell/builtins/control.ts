import { SyscallError } from '../../kernel/errors.ts'
import type { Task } from '../../time/tasks.ts'
import { isDirectory } from '../expand/glob.ts'
import { complain, fail } from '../messages.ts'
import { untraced, withOwnTraps } from '../run/debug.ts'
import { findCommand, notFound, replaceShell } from '../run/external.ts'
import { returning } from '../run/functions.ts'
import { runWords } from '../run/simple.ts'
import type { WordsOptions } from '../run/simple.ts'
import { runText } from '../run/text.ts'
import type { Shell } from '../state.ts'
import { Unwind } from '../unwind.ts'
import { builtinFor } from './registry.ts'
import { badOption, parseOptions, refuse, wholeNumber } from './usage.ts'

export function* breakLoop(shell: Shell, args: readonly string[]): Task<number> {
  return yield* leaveLoop(shell, 'break', args)
}

export function* continueLoop(shell: Shell, args: readonly string[]): Task<number> {
  return yield* leaveLoop(shell, 'continue', args)
}

function* leaveLoop(
  shell: Shell,
  kind: 'break' | 'continue',
  args: readonly string[]
): Task<number> {
  const levels = wholeNumber(args[0] ?? '1')
  if (levels === undefined || levels < 1) {
    const text =
      levels === undefined && shell.isBash
        ? 'numeric argument required'
        : shell.isBash
          ? 'loop count out of range'
          : undefined
    return yield* refuse(
      shell,
      `Illegal number: ${args[0] ?? ''}`,
      `${args[0] ?? ''}: ${text ?? ''}`
    )
  }
  if (shell.loops === 0) {
    if (shell.isBash) {
      yield* complain(shell, "only meaningful in a `for', `while', or `until' loop")
    }
    return 0
  }
  throw new Unwind({ kind, levels: Math.min(levels, shell.loops) })
}

export function* returnFrom(shell: Shell, args: readonly string[]): Task<number> {
  const status = yield* statusArgument(shell, args)
  const inside = shell.functionNames.length > 0 || shell.sourcing > 0
  if (!inside && shell.isBash) {
    yield* complain(shell, "can only `return' from a function or sourced script")
    return 2
  }
  // dash keeps a function's status as it was given.
  const kept = inside && shell.isDash ? status : status & 255
  throw new Unwind({ kind: inside ? 'return' : 'exit', status: kept })
}

export function* exit(shell: Shell, args: readonly string[]): Task<number> {
  if (yield* warnsOfJobs(shell)) return 1
  const status = args.length === 0 && shell.trapStatus !== undefined ? shell.trapStatus
    : yield* statusArgument(shell, args)
  if (args.length > 1 && shell.isBash && wholeNumber(args[0]!) !== undefined) {
    yield* complain(shell, 'too many arguments')
    if (shell.interactive) return 1
    throw new Unwind({ kind: 'exit', status: 1 })
  }
  throw new Unwind({ kind: 'exit', status: status & 255 })
}

/** The first `exit` with stopped jobs only says so. */
function* warnsOfJobs(shell: Shell): Task<boolean> {
  if (!shell.interactive || shell.subshells > 0) return false
  if (shell.isBash) yield* shell.process.write(2, shell.login ? 'logout\n' : 'exit\n')
  if (shell.warnedOfStopped || !shell.jobs.current()) return false
  const stopped = shell.jobs.visible().some((job) =>
    [...job.statuses.values()].some((status) => status.kind === 'stopped'))
  if (!stopped) return false
  shell.warnedOfStopped = true
  yield* shell.process.write(
    2,
    shell.isBash ? 'There are stopped jobs.\n' : 'You have stopped jobs.\n'
  )
  return true
}

function* statusArgument(shell: Shell, args: readonly string[]): Task<number> {
  const word = args[0]
  if (word === undefined) return shell.status
  const status = wholeNumber(word)
  if (status !== undefined && (shell.isBash || status >= 0)) return status
  if (!shell.isBash) return yield* fail(shell, `Illegal number: ${word}`, 2)
  yield* complain(shell, `${word}: numeric argument required`)
  return 2
}

export function* evaluate(
  shell: Shell, args: readonly string[], _name: string, options: WordsOptions,
): Task<number> {
  const text = args.join(' ')
  if (text.trim() === '') return 0
  const { builtin, evaluating } = shell
  shell.evaluating = true
  shell.indirection++
  if (shell.isBash) shell.builtin = undefined
  try {
    return yield* runText(shell, text, {
      line: shell.isDash ? 1 : shell.isBash ? shell.endLine : shell.line,
      forgiving: shell.isBash,
      tail: options.tail === true,
    })
  } finally {
    shell.builtin = builtin
    shell.evaluating = evaluating
    shell.indirection--
  }
}

/** `.` and `source`. */
export function* dot(shell: Shell, args: readonly string[]): Task<number> {
  const [name, ...rest] = args
  if (name === undefined) {
    if (!shell.isBash) return shell.isDash ? 0 : 2
    yield* complain(shell, 'filename argument required')
    yield* shell.process.write(
      2,
      `${shell.builtin ?? '.'}: usage: ${shell.builtin ?? '.'} filename [arguments]\n`
    )
    return 2
  }
  const text = readScript(shell, name)
  if (text instanceof SyscallError) return yield* cannotOpen(shell, name, text)
  const { positional, builtin } = shell
  if (rest.length > 0 && !shell.isDash) shell.positional = [...rest]
  shell.sourcing++
  shell.indirection++
  shell.builtin = undefined
  try {
    const hidden = untraced(shell).filter((one) => one !== 'ERR')
    return yield* withOwnTraps(shell, hidden, () => returning(shell, () =>
      runText(shell, text, { line: 1, forgiving: shell.isBash })))
  } finally {
    shell.sourcing--
    shell.indirection--
    shell.builtin = builtin
    if (rest.length > 0) shell.positional = positional
  }
}

function readScript(shell: Shell, name: string): string | SyscallError {
  const path = name.includes('/') ? name : inPath(shell, name)
  try {
    return shell.process.files.readFile(shell.process.absolute(path))
  } catch (error) {
    if (error instanceof SyscallError) return error
    throw error
  }
}

function inPath(shell: Shell, name: string): string {
  for (const directory of (shell.variables.text('PATH') ?? '').split(':')) {
    const path = `${directory}/${name}`
    if (shell.process.files.exists(path) && !isDirectory(shell.process, path)) return path
  }
  return name
}

function* cannotOpen(shell: Shell, name: string, error: SyscallError): Task<number> {
  const reason = error.message.replace(/^.*: /, '')
  if (shell.isBash) {
    // bash leaves its own name out of this message.
    yield* complain(shell, `${name}: ${error.code === 'EISDIR' ? 'is a directory' : reason}`, null)
    return 1
  }
  if (!name.includes('/')) return yield* fail(shell, `${name}: not found`, 2)
  if (shell.isDash) {
    return yield* fail(
      shell,
      `cannot open ${name}: ${error.code === 'ENOENT' ? 'No such file' : reason}`,
      2
    )
  }
  return yield* fail(shell, `can't open '${name}': ${reason}`, 2)
}

export function* shift(shell: Shell, args: readonly string[]): Task<number> {
  const count = wholeNumber(args[0] ?? '1')
  const badCount = count === undefined ? 'numeric argument required' : 'shift count out of range'
  if (count === undefined || count < 0) {
    return yield* refuse(
      shell,
      `Illegal number: ${args[0] ?? ''}`,
      `${args[0] ?? ''}: ${badCount}`
    )
  }
  if (count > shell.positional.length) {
    return shell.isDash ? yield* fail(shell, "can't shift that many", 2) : 1
  }
  shell.positional.splice(0, count)
  return 0
}

/** `exec command`; its redirections are already in place. */
export function* execute(
  shell: Shell, args: readonly string[], _name: string, options: WordsOptions,
): Task<number> {
  const { letters, values, rest, bad } = parseOptions(args, shell.isDash ? '' : 'cla:')
  if (bad !== undefined) return yield* badOption(
      shell,
      bad,
      'exec [-cl] [-a name] [command [argument ...]] [redirection ...]'
    )
  const name = rest[0]
  const settings = options.settings ?? []
  if (name === undefined) {
    for (const [variable, value] of settings) shell.variables.set(variable, value)
    return 0
  }
  const env = letters.has('c') ? new Map<string, string>() : shell.variables.environment()
  for (const [variable, value] of settings) env.set(variable, value)
  if (shell.isBash) env.set('_', name)
  const path = findCommand(shell, name)
  const words = [values.get('a') ?? (letters.has('l') ? `-${name}` : name), ...rest.slice(1)]
  const status = path === undefined ? yield* execNotFound(shell, name)
    : yield* replaceShell(shell, path, words, env)
  if (shell.interactive || shell.shoptions.has('execfail')) return status
  throw new Unwind({ kind: 'exit', status })
}

function* execNotFound(shell: Shell, name: string): Task<number> {
  if (shell.isBash) {
    yield* complain(
      shell,
      `${name}: ${name.includes('/') ? 'cannot execute: No such file or directory' : 'not found'}`
    )
    return 127
  }
  return yield* notFound(shell, name, [name])
}

export function* builtinCommand(
  shell: Shell, args: readonly string[], _name: string, options: WordsOptions,
): Task<number> {
  const name = args[0]
  if (name === undefined) return 0
  if (!builtinFor(shell.flavour, name)) {
    yield* complain(shell, `${name}: not a shell builtin`)
    return 1
  }
  return yield* runWords(shell, args, { skipFunctions: true, ...(options.tail && { tail: true }) })
}
