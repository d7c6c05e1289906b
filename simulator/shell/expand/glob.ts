import { SyscallError } from '../../kernel/errors.ts'
import type { Process } from '../../kernel/types.ts'
import { compilePattern, hasMagic, unescapePattern } from './pattern.ts'
import type { PatternOptions } from './pattern.ts'

export interface GlobOptions extends PatternOptions {
  /** `.*` finds `.` and `..` as well. */
  readonly self?: boolean
  /** A leading dot need not be written. */
  readonly dots?: boolean
}

/** Paths that match the pattern, sorted by code point; empty where nothing does. */
export function expandPath(process: Process, pattern: string, options: GlobOptions = {}): string[] {
  if (!hasMagic(pattern)) return []
  const absolute = pattern.startsWith('/')
  let found: string[] = [absolute ? '/' : '']
  const parts = pattern.split('/').filter((part, index, all) =>
    part !== '' || index === all.length - 1)
  const directoriesOnly = parts.at(-1) === ''
  if (directoriesOnly) parts.pop()
  parts.forEach((part, index) => {
    const mustBeDirectory = index < parts.length - 1 || directoriesOnly
    found = found.flatMap((prefix) => step(process, prefix, part, mustBeDirectory, options))
  })
  return found.map((path) => (directoriesOnly ? `${path}/` : path)).sort()
}

function step(
  process: Process, prefix: string, part: string, mustBeDirectory: boolean, options: GlobOptions,
): string[] {
  const join = (name: string): string =>
    prefix === '' || prefix.endsWith('/') ? prefix + name : `${prefix}/${name}`
  if (!hasMagic(part)) {
    const path = join(unescapePattern(part))
    return process.files.exists(process.absolute(path)) ? [path] : []
  }
  const shape = compilePattern(part, options)
  const dots = options.dots || part.startsWith('.') || part.startsWith('\\.')
  const own = options.self && dots ? ['.', '..'] : []
  return [...own, ...entries(process, prefix)]
    .filter((name) => (dots || !name.startsWith('.')) && shape.test(name))
    .map(join)
    .filter((path) => !mustBeDirectory || isDirectory(process, path))
}

function entries(process: Process, directory: string): readonly string[] {
  try {
    return process.files.readDirectory(process.absolute(directory === '' ? '.' : directory))
  } catch (error) {
    if (error instanceof SyscallError) return []
    throw error
  }
}

export function isDirectory(process: Process, path: string): boolean {
  return statKind(process, path) === 'directory'
}

export function statKind(process: Process, path: string): string | undefined {
  try {
    return process.files.stat(process.absolute(path)).kind
  } catch (error) {
    if (error instanceof SyscallError) return undefined
    throw error
  }
}
