import type { Task } from '../../time/tasks.ts'
import { complain, fail, warn } from '../messages.ts'
import type { Shell } from '../state.ts'

/** An option the builtin does not know: bash adds its usage, the others end the script. */
export function* badOption(shell: Shell, letter: string, usage: string): Task<number> {
  if (shell.isBash) {
    yield* complain(shell, `-${letter}: invalid option`)
    yield* warn(shell, `${shell.builtin ?? ''}: usage: ${usage}\n`)
    return 2
  }
  return yield* fail(shell, `${shell.isDash ? 'Illegal' : 'illegal'} option -${letter}`, 2)
}

/** An error that ends a POSIX shell's script (special builtins), and is a status in bash. */
export function* refuse(
  shell: Shell, text: string, bashText = text, bashStatus = 1,
): Task<number> {
  if (!shell.isBash) return yield* fail(shell, text, 2)
  yield* complain(shell, bashText)
  return bashStatus
}

export interface ParsedOptions {
  readonly letters: ReadonlySet<string>
  /** Arguments of options that take one. */
  readonly values: ReadonlyMap<string, string>
  readonly rest: readonly string[]
  readonly bad?: string
}

/** Single-letter options; `known` as for getopts (`p:r`). */
export function parseOptions(args: readonly string[], known: string): ParsedOptions {
  const letters = new Set<string>()
  const values = new Map<string, string>()
  let at = 0
  for (; at < args.length; at++) {
    const word = args[at]!
    if (word === '--') {
      at++
      break
    }
    if (!/^-./.test(word)) break
    for (let i = 1; i < word.length; i++) {
      const letter = word[i]!
      const place = known.indexOf(letter)
      if (letter === ':' || place < 0) return { letters, values, rest: args.slice(at), bad: letter }
      letters.add(letter)
      if (known[place + 1] !== ':') continue
      values.set(letter, i + 1 < word.length ? word.slice(i + 1) : args[++at] ?? '')
      break
    }
  }
  return { letters, values, rest: args.slice(at) }
}

/** A whole number as shells read it; undefined where it is none. */
export function wholeNumber(text: string): number | undefined {
  return /^\s*[-+]?\d+\s*$/.test(text) ? Number(text) : undefined
}
