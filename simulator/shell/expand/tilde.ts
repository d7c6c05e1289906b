import { SyscallError } from '../../kernel/errors.ts'
import type { Shell } from '../state.ts'
import type { Piece } from './pieces.ts'
import { quoted } from './pieces.ts'

/** `~`, `~user`, bash's `~+` and `~-` at the start of `text`; undefined: it stays as it is. */
export function tildePieces(
  shell: Shell, text: string, colonEnds: boolean,
): { readonly piece: Piece; readonly rest: string } | undefined {
  const word = (colonEnds ? /^~([^/:\\]*)/ : /^~([^/\\]*)/).exec(text)
  if (!word) return undefined
  const home = homeOf(shell, word[1]!)
  return home === undefined ? undefined
    : { piece: quoted(home), rest: text.slice(word[0].length) }
}

export function homeOf(shell: Shell, user: string): string | undefined {
  if (user === '') return shell.variables.text('HOME') ?? accountHome(shell, shell.process.user)
  if (shell.isBash && user === '+') return shell.variables.text('PWD')
  if (shell.isBash && user === '-') return shell.variables.text('OLDPWD')
  return accountHome(shell, user)
}

function accountHome(shell: Shell, user: string): string | undefined {
  try {
    const line = shell.process.files.readFile('/etc/passwd').split('\n')
      .find((one) => one.startsWith(`${user}:`))
    return line?.split(':')[5]
  } catch (error) {
    if (error instanceof SyscallError) return user === 'root' ? '/root' : undefined
    throw error
  }
}
