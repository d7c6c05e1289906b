import { SyscallError } from '../../kernel/errors.ts'
import type { Stat } from '../../kernel/types.ts'
import type { Shell } from '../state.ts'

export const unaryOperators: ReadonlySet<string> = new Set([
  '-a', '-b', '-c', '-d', '-e', '-f', '-g', '-G', '-h', '-k', '-L', '-n', '-N', '-o', '-O', '-p',
  '-r', '-R', '-s', '-S', '-t', '-u', '-v', '-w', '-x', '-z',
])

export const binaryOperators: ReadonlySet<string> = new Set([
  '=', '==', '!=', '<', '>', '-eq', '-ne', '-lt', '-le', '-gt', '-ge', '-nt', '-ot', '-ef',
])

/** `-f file`, `-z text` and their like. */
export function unaryTest(shell: Shell, operator: string, operand: string): boolean {
  switch (operator) {
    case '-n': return operand !== ''
    case '-z': return operand === ''
    case '-t': return isTerminal(shell, operand)
    case '-v': return shell.variables.text(operand) !== undefined
    case '-o': return [...shell.options].some((name) => name === operand)
    case '-h': case '-L': return statOf(shell, operand, false)?.kind === 'symlink'
    default: return fileTest(shell, operator, operand)
  }
}

function fileTest(shell: Shell, operator: string, path: string): boolean {
  const stat = statOf(shell, path, true)
  if (!stat) return false
  switch (operator) {
    case '-a': case '-e': return true
    case '-d': return stat.kind === 'directory'
    case '-f': return stat.kind === 'file'
    case '-s': return stat.size > 0
    case '-c': return stat.kind === 'device'
    case '-r': return permitted(shell, stat, 4)
    case '-w': return permitted(shell, stat, 2)
    case '-x': return permitted(shell, stat, 1)
    case '-g': return (stat.mode & 0o2000) !== 0
    case '-k': return (stat.mode & 0o1000) !== 0
    case '-u': return (stat.mode & 0o4000) !== 0
    case '-O': case '-G': return stat.user === shell.process.user
    // Block devices, named pipes and sockets do not occur in the simulated files.
    default: return false
  }
}

function permitted(shell: Shell, stat: Stat, bit: number): boolean {
  if (shell.process.user === 'root')
    return bit !== 1 || stat.kind === 'directory' || (stat.mode & 0o111) !== 0
  const shift = stat.user === shell.process.user ? 6 : 0
  return ((stat.mode >> shift) & bit) !== 0
}

function isTerminal(shell: Shell, operand: string): boolean {
  return shell.process.fds.get(Number(operand))?.tty !== undefined
}

function statOf(shell: Shell, path: string, follow: boolean): Stat | undefined {
  if (path === '') return undefined
  try {
    return shell.process.files.stat(shell.process.absolute(path), follow)
  } catch (error) {
    if (error instanceof SyscallError) return undefined
    throw error
  }
}

/** The answer, or the word that should have been a number. */
export function binaryTest(
  shell: Shell, operator: string, left: string, right: string,
): boolean | { readonly notNumber: string } {
  switch (operator) {
    case '=': case '==': return left === right
    case '!=': return left !== right
    case '<': return left < right
    case '>': return left > right
    case '-nt': case '-ot': return compareTimes(shell, operator, left, right)
    case '-ef': return sameFile(shell, left, right)
    default: return compareNumbers(operator, left, right)
  }
}

function compareNumbers(
  operator: string, left: string, right: string,
): boolean | { readonly notNumber: string } {
  const wrong = [left, right].find((word) => !/^\s*[-+]?\d+\s*$/.test(word))
  if (wrong !== undefined) return { notNumber: wrong }
  const difference = BigInt(left.replace('+', '')) - BigInt(right.replace('+', ''))
  switch (operator) {
    case '-eq': return difference === 0n
    case '-ne': return difference !== 0n
    case '-lt': return difference < 0n
    case '-le': return difference <= 0n
    case '-gt': return difference > 0n
    default: return difference >= 0n
  }
}

function compareTimes(shell: Shell, operator: string, left: string, right: string): boolean {
  const a = statOf(shell, left, true)?.modifiedAt
  const b = statOf(shell, right, true)?.modifiedAt
  const newer = operator === '-nt' ? [a, b] : [b, a]
  if (newer[0] === undefined) return false
  // bash finds any file newer than one that is missing.
  return newer[1] === undefined ? shell.isBash : newer[0] > newer[1]
}

function sameFile(shell: Shell, left: string, right: string): boolean {
  const a = statOf(shell, left, true)?.inode
  return a !== undefined && a === statOf(shell, right, true)?.inode
}
