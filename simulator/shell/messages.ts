import type { Task } from '../time/tasks.ts'
import type { Shell } from './state.ts'
import { SyscallError } from '../kernel/errors.ts'
import { Unwind } from './unwind.ts'

/**
 * What stands before an error. dash: name, line, builtin. ash: name, and builtin with line, or the
 * line alone in a script file. bash: name and, unless interactive, line and builtin.
 */
export function errorPrefix(shell: Shell, builtin: string | null = shell.builtin ?? null): string {
  const name = displayName(shell)
  const inner = builtin === null ? '' : `${builtin}: `
  if (shell.isBash) return `${name}: ${shell.interactive ? '' : `line ${shell.line}: `}${inner}`
  if (shell.isDash) return `${name}: ${shell.line}: ${inner}`
  const known = builtin !== null || shell.mode === 'file'
  // ash counts the lines of a -c string from zero.
  const line = shell.mode === 'command' ? shell.line - 1 : shell.line
  return `${name}: ${inner}${known && !shell.interactive ? `line ${line}: ` : ''}`
}

/** bash names itself without its directory at a prompt, a login shell without its dash. */
export function displayName(shell: Shell): string {
  if (shell.isBash && shell.functionNames.length > 0 && !shell.interactive) {
    // A function from standard input or a `-c` text has no file to be named by.
    if (shell.mode === 'stdin') return 'main'
    if (shell.mode === 'command' && shell.sourcing === 0) return 'environment'
  }
  if (!shell.isBash || !shell.interactive) return shell.name
  const base = shell.name.slice(shell.name.lastIndexOf('/') + 1)
  return base.startsWith('-') ? base.slice(1) : base
}

/** An error message on standard error, with the shell's prefix. */
export function* complain(
  shell: Shell, text: string, builtin: string | null = shell.builtin ?? null,
): Task {
  yield* warn(shell, `${errorPrefix(shell, builtin)}${text}\n`)
}

/** busybox' applets inside ash (test, printf, kill, …) name the program, not the builtin. */
export function* complainAsApplet(shell: Shell, text: string): Task {
  yield* warn(shell, `${shell.process.command}: ${text}\n`)
}

/** Text on standard error; a closed or broken one is no reason to fail. */
export function* warn(shell: Shell, text: string, fd = 2): Task {
  try {
    yield* shell.process.write(fd, text)
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
  }
}

/** An error that ends a script; at a prompt only the command. */
export function* fail(shell: Shell, text: string, status: number): Task<never> {
  yield* complain(shell, text)
  throw new Unwind({ kind: 'error', status })
}

/** A builtin's output; false when it could not be written. */
export function* print(shell: Shell, text: string): Task<boolean> {
  try {
    yield* shell.process.write(1, text)
    return true
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    const reason = error.message.replace(/^\d+: /, '')
    if (shell.isBash) yield* complain(shell, `write error: ${reason}`)
    else if (shell.isDash) yield* complain(shell, `${shell.builtin ?? 'echo'}: I/O error`)
    else yield* complainAsApplet(shell, `write error: ${reason}`)
    return false
  }
}
