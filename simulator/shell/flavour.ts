/** dash is Debian's sh, ash is busybox', bash is the workstation's and Debian's login shell. */
export type ShellFlavour = 'dash' | 'ash' | 'bash'

/** What ash announces and bash answers for BASH_VERSION. */
export const versions = {
  bash: '5.2.15(1)-release',
  ash: 'BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1)',
} as const

export const reservedWords: ReadonlySet<string> = new Set([
  '!', '{', '}', 'case', 'do', 'done', 'elif', 'else', 'esac', 'fi', 'for', 'if', 'in', 'then',
  'until', 'while',
])

const bashReservedWords: ReadonlySet<string> = new Set([
  ...reservedWords, '[[', ']]', 'coproc', 'function', 'select', 'time',
])

export function isReserved(flavour: ShellFlavour, word: string): boolean {
  if (flavour === 'bash') return bashReservedWords.has(word)
  return reservedWords.has(word) || (flavour === 'ash' && word === 'function')
}

/** POSIX special builtins: their errors end a script, their assignments stay (not in bash). */
export const specialBuiltins: ReadonlySet<string> = new Set([
  '.', ':', 'break', 'continue', 'eval', 'exec', 'exit', 'export', 'readonly', 'return', 'set',
  'shift', 'source', 'times', 'trap', 'unset',
])
