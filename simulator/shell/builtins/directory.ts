import { SyscallError, strerror } from '../../kernel/errors.ts'
import type { Task } from '../../time/tasks.ts'
import { isDirectory } from '../expand/glob.ts'
import { complain, print } from '../messages.ts'
import type { Shell } from '../state.ts'
import { badOption, parseOptions } from './usage.ts'

export function* changeDirectory(shell: Shell, args: readonly string[]): Task<number> {
  const { letters, rest: words, bad } = parseOptions(args, 'LPe@')
  if (bad !== undefined) return yield* badOption(shell, bad, 'cd [-L|[-P [-e]] [-@]] [dir]')
  if (words.length > 1 && shell.isBash) {
    yield* complain(shell, 'too many arguments')
    return 1
  }
  const target = yield* chooseTarget(shell, words[0])
  if (target === undefined) return 1
  const path = viaCdPath(shell, target)
  const status = yield* enter(shell, path, letters.has('P') || shell.has('physical'), target)
  if (status === 0 && (words[0] === '-' || path !== target))
    yield* print(shell, `${shell.process.cwd}\n`)
  return status
}

function* chooseTarget(shell: Shell, word: string | undefined): Task<string | undefined> {
  if (word === '-') {
    const previous = shell.variables.text('OLDPWD')
    if (previous !== undefined) return previous
    if (!shell.isBash) return shell.process.cwd
    yield* complain(shell, 'OLDPWD not set')
    return undefined
  }
  if (word !== undefined) return word
  const home = shell.variables.text('HOME')
  if (home !== undefined) return home
  if (shell.isBash) yield* complain(shell, 'HOME not set')
  return shell.isBash ? undefined : shell.process.cwd
}

function viaCdPath(shell: Shell, target: string): string {
  const cdPath = shell.variables.text('CDPATH')
  if (!cdPath || /^\.{0,2}\//.test(target) || target === '.' || target === '..') return target
  for (const directory of cdPath.split(':')) {
    if (directory !== '' && isDirectory(shell.process, `${directory}/${target}`))
      return `${directory}/${target}`
  }
  return target
}

/** Changes the directory and PWD, OLDPWD with it. */
function* enter(shell: Shell, path: string, physical: boolean, shown: string): Task<number> {
  const { process } = shell
  const absolute = process.absolute(path)
  const error = missingStep(shell, path) ?? refusal(shell, absolute)
  if (error) return yield* cannotEnter(shell, shown, error)
  shell.variables.set('OLDPWD', shell.variables.text('PWD') ?? process.cwd)
  process.cwd = physical ? process.files.realpath(absolute) : absolute
  shell.variables.set('PWD', process.cwd)
  if (shell.isBash) {
    shell.variables.export('OLDPWD')
    shell.variables.export('PWD')
  }
  return 0
}

/** bash wants every directory before a `..` to be there. */
function missingStep(shell: Shell, path: string): SyscallError | undefined {
  if (!shell.isBash) return undefined
  const parts = path.split('/')
  for (const [index, part] of parts.entries()) {
    if (part !== '..' || index === 0) continue
    const before = parts.slice(0, index).join('/')
    if (before !== '' && !isDirectory(shell.process, before)) return new SyscallError('ENOENT')
  }
  return undefined
}

function refusal(shell: Shell, absolute: string): SyscallError | undefined {
  try {
    const stat = shell.process.files.stat(absolute)
    if (stat.kind !== 'directory') return new SyscallError('ENOTDIR')
    shell.process.files.stat(`${absolute === '/' ? '' : absolute}/.`)
    return undefined
  } catch (error) {
    if (error instanceof SyscallError) return error
    throw error
  }
}

function* cannotEnter(shell: Shell, target: string, error: SyscallError): Task<number> {
  const reason = strerror(error.code)
  if (shell.isBash) {
    yield* complain(shell, `${target}: ${reason}`)
    return 1
  }
  yield* complain(
    shell,
    shell.isDash ? `can't cd to ${target}` : `can't cd to ${target}: ${reason}`
  )
  return 2
}

export function* printDirectory(shell: Shell, args: readonly string[]): Task<number> {
  const { letters, bad } = parseOptions(args, 'LP')
  if (bad !== undefined) return yield* badOption(shell, bad, 'pwd [-LP]')
  const { process } = shell
  const path = letters.has('P') ? process.files.realpath(process.cwd) : process.cwd
  return (yield* print(shell, `${path}\n`)) ? 0 : 1
}

export function* pushDirectory(shell: Shell, args: readonly string[]): Task<number> {
  const { cwd } = shell.process
  const target = args[0] ?? shell.directories[0]
  if (target === undefined) {
    yield* complain(shell, 'no other directory')
    return 1
  }
  const status = yield* enter(shell, target, false, target)
  if (status !== 0) return status
  shell.directories =
    args[0] === undefined ? [cwd, ...shell.directories.slice(1)] : [cwd, ...shell.directories]
  return yield* dirs(shell)
}

export function* popDirectory(shell: Shell): Task<number> {
  const target = shell.directories.shift()
  if (target === undefined) {
    yield* complain(shell, 'directory stack empty')
    return 1
  }
  const status = yield* enter(shell, target, false, target)
  return status === 0 ? yield* dirs(shell) : status
}

export function* dirs(shell: Shell): Task<number> {
  const home = shell.variables.text('HOME')
  const short = (path: string): string =>
    home && (path === home || path.startsWith(`${home}/`)) ? `~${path.slice(home.length)}` : path
  yield* print(shell, `${[shell.process.cwd, ...shell.directories].map(short).join(' ')}\n`)
  return 0
}
