import { SyscallError, strerror } from '../../kernel/errors.ts'
import { limits } from '../../limits.ts'
import type { Task } from '../../time/tasks.ts'
import { arithmetic } from '../expand/assign.ts'
import { guarded } from '../expand/guard.ts'
import { complain, complainAsApplet, fail, print, warn } from '../messages.ts'
import type { Shell } from '../state.ts'
import { isUnwind } from '../unwind.ts'
import { badOption, parseOptions, refuse } from './usage.ts'

export function* letCommand(shell: Shell, args: readonly string[]): Task<number> {
  if (args.length === 0) return yield* refuse(shell, 'expression expected')
  let value = 0n
  try {
    for (const text of args) value = yield* guarded(shell, () => arithmetic(shell, text))
  } catch (thrown) {
    if (isUnwind(thrown, 'error') && shell.isBash) return 1
    throw thrown
  }
  return value === 0n ? 1 : 0
}

export function* umask(shell: Shell, args: readonly string[]): Task<number> {
  const { letters, rest, bad } = parseOptions(args, shell.isBash ? 'Sp' : 'S')
  if (bad !== undefined) return yield* badOption(shell, bad, 'umask [-p] [-S] [mode]')
  const word = rest[0]
  const { process } = shell
  if (word === undefined) {
    const text = letters.has('S')
      ? symbolic(process.umask)
      : process.umask.toString(8).padStart(4, '0')
    yield* print(shell, `${text}\n`)
    return 0
  }
  const mask = symbolicMask(process.umask, word)
  if (mask !== undefined) {
    process.umask = mask
    return 0
  }
  if (!/^[0-7]+$/.test(word)) {
    if (/^\d+$/.test(word) || !shell.isBash) {
      return yield* refuse(
        shell,
        shell.isDash ? `Illegal number: ${word}` : `illegal mode: ${word}`,
        `${word}: octal number out of range`
      )
    }
    yield* complain(shell, `\`${word[0]}': invalid symbolic mode operator`)
    return 1
  }
  process.umask = Number.parseInt(word, 8) & 0o777
  return 0
}

/** `u=rwx,go=`: the permissions that stay. */
function symbolicMask(mask: number, word: string): number | undefined {
  let allowed = ~mask & 0o777
  for (const clause of word.split(',')) {
    const match = /^([ugoa]*)([-+=])([rwx]*)$/.exec(clause)
    if (!match) return undefined
    const who = match[1] === '' || match[1]!.includes('a') ? 'ugo' : match[1]!
    const bits = [...match[3]!].reduce((sum, one) => sum | { r: 4, w: 2, x: 1 }[one]!, 0)
    for (const one of who) {
      const shift = { u: 6, g: 3, o: 0 }[one]!
      if (match[2] === '=') allowed &= ~(7 << shift)
      if (match[2] === '-') allowed &= ~(bits << shift)
      else allowed |= bits << shift
    }
  }
  return ~allowed & 0o777
}

function symbolic(mask: number): string {
  const letters = (shift: number): string =>
    ['r', 'w', 'x'].filter((_, bit) => ((mask >> shift) & (4 >> bit)) === 0).join('')
  return `u=${letters(6)},g=${letters(3)},o=${letters(0)}`
}

interface Limit {
  readonly letter: string
  readonly name: string
  readonly unit: string
  readonly value: string
}

const table: readonly Limit[] = [
  { letter: 'c', name: 'core file size', unit: 'blocks', value: '0' },
  { letter: 'd', name: 'data seg size', unit: 'kbytes', value: 'unlimited' },
  { letter: 'f', name: 'file size', unit: 'blocks', value: 'unlimited' },
  { letter: 'l', name: 'max locked memory', unit: 'kbytes', value: '64' },
  { letter: 'm', name: 'max memory size', unit: 'kbytes', value: 'unlimited' },
  { letter: 'n', name: 'open files', unit: '', value: '' },
  { letter: 's', name: 'stack size', unit: 'kbytes', value: '8192' },
  { letter: 't', name: 'cpu time', unit: 'seconds', value: 'unlimited' },
  { letter: 'u', name: 'max user processes', unit: '', value: String(limits.processesPerMachine) },
  { letter: 'v', name: 'virtual memory', unit: 'kbytes', value: 'unlimited' },
]

/** The number of open files is the kernel's; setting another limit is accepted, no more. */
export function* ulimit(shell: Shell, args: readonly string[]): Task<number> {
  const { letters, rest, bad } = parseOptions(args, `HSa${table.map((one) => one.letter).join('')}`)
  if (bad !== undefined) {
    if (shell.isBash || shell.isDash)
      return yield* badOption(shell, bad, 'ulimit [-SHabcdefiklmnpqrstuvxPRT] [limit]')
    yield* warn(shell, `ulimit: invalid option -- '${bad}'\n`)
    return 1
  }
  if (letters.has('a')) {
    yield* print(shell, table.map((one) => limitLine(one, valueOf(shell, one, letters))).join(''))
    return 0
  }
  if (rest.length > 1 && shell.isDash) return yield* fail(shell, 'too many arguments', 2)
  const chosen = table.find((one) => letters.has(one.letter)) ?? table[2]!
  if (rest.length > 0) return yield* setLimit(shell, chosen, letters, rest[0]!)
  yield* print(shell, `${valueOf(shell, chosen, letters)}\n`)
  return 0
}

function valueOf(shell: Shell, limit: Limit, letters: ReadonlySet<string>): string {
  if (limit.letter !== 'n') return limit.value
  const { soft, hard } = shell.process.openFiles
  return String(letters.has('H') ? hard : soft)
}

function* setLimit(
  shell: Shell, limit: Limit, letters: ReadonlySet<string>, word: string,
): Task<number> {
  const { process } = shell
  const { soft, hard } = process.openFiles
  const named = shell.isBash ? { soft, hard }[word] : undefined
  if (named === undefined && word !== 'unlimited' && !/^\d+$/.test(word)) {
    if (shell.isDash) return yield* fail(shell, 'bad number', 2)
    if (shell.isBash) yield* complain(shell, `${word}: invalid number`)
    else yield* complainAsApplet(shell, `invalid number '${word}'`)
    return 1
  }
  if (limit.letter !== 'n') return 0
  const value = named ?? (word === 'unlimited' ? Infinity : Number(word))
  const both = letters.has('H') === letters.has('S')
  try {
    process.openFiles = {
      soft: both || letters.has('S') ? value : soft, hard: both || letters.has('H') ? value : hard,
    }
    return 0
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    const why = strerror(error.code)
    if (shell.isDash) return yield* fail(shell, `error setting limit (${why})`, 2)
    if (shell.isBash) yield* complain(shell, `${limit.name}: cannot modify limit: ${why}`)
    else yield* complainAsApplet(shell, `error setting limit: ${why}`)
    return 1
  }
}

function limitLine({ letter, name, unit }: Limit, value: string): string {
  const inside = unit === '' ? `(-${letter})` : `(${unit}, -${letter})`
  return `${name.padEnd(43 - inside.length - 1)} ${inside} ${value}\n`
}

/** Processor time is not simulated: a shell that was just started has used none. */
export function* times(shell: Shell): Task<number> {
  const zero = shell.isDash ? '0m0.000000s' : '0m0.000s'
  yield* print(shell, `${zero} ${zero}\n${zero} ${zero}\n`)
  return 0
}

