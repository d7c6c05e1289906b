import { SyscallError } from './errors.ts'
import type { FileTree } from './files.ts'
import type { Process, Program } from './types.ts'

/** Scripts may name scripts as interpreters, this deep. */
const maxInterpreters = 4

/** Path as seen from `base`, absolute and without `.`, `..` and double slashes. */
export function joinPath(base: string, path: string): string {
  if (path.startsWith('/') && isClean(path)) return path
  if (/^[^/.][^/]*$/.test(path)) {
    if (base === '/') return `/${path}`
    if (base.startsWith('/') && isClean(base)) return `${base}/${path}`
  }
  const parts: string[] = []
  for (const part of (path.startsWith('/') ? path : `${base}/${path}`).split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}

/** Nothing in an absolute path is to be left out. */
function isClean(path: string): boolean {
  return !/\/(?:[/.]|$)/.test(path)
}

/** What execve runs for `path`: the program itself, or the interpreter its first line names. */
export function findProgram(
  files: FileTree, path: string, argv: readonly string[], depth = 0,
): { readonly program: Program; readonly argv: readonly string[] } {
  if (depth > maxInterpreters) throw new SyscallError('ELOOP', path)
  const found = files.executable(path)
  if ('program' in found) return { program: found.program, argv }
  const line = /^\s*(\S+)\s*(.*?)\s*$/.exec(found.script)
  if (!line) throw new SyscallError('ENOEXEC', path)
  const [, interpreter = '', argument = ''] = line
  const before = argument === '' ? [interpreter] : [interpreter, argument]
  const script = argv[0]?.includes('/') ? argv[0] : path
  const words = [...before, script, ...argv.slice(1)]
  return findProgram(files, joinPath('/', interpreter), words, depth + 1)
}

/** Models execvp: the first executable on PATH, else the first file there (which then fails). */
export function whichExecutable(process: Process, word: string): string | undefined {
  if (word === '') return undefined
  if (word.includes('/')) {
    const path = process.absolute(word)
    return process.files.exists(path) ? path : undefined
  }
  let refused: string | undefined
  for (const directory of (process.env.get('PATH') ?? '/bin:/usr/bin').split(':')) {
    const path = joinPath(process.absolute(directory === '' ? '.' : directory), word)
    const kind = kindOf(process, path)
    if (kind === 'executable') return path
    if (kind === 'file') refused ??= path
  }
  return refused
}

function kindOf(process: Process, path: string): 'executable' | 'file' | undefined {
  try {
    const stat = process.files.stat(path)
    if (stat.kind !== 'file') return undefined
    return stat.mode & 0o111 ? 'executable' : 'file'
  } catch (error) {
    if (error instanceof SyscallError) return undefined
    throw error
  }
}
