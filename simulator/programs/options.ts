/** One option of a program: its letter, its long name, and whether it takes an argument. */
interface OptionEntry {
  /** What programs ask for: the letter, or the long name where there is none. */
  readonly key: string
  readonly short: string | undefined
  readonly long: string | undefined
  readonly argument: 'none' | 'required' | 'optional'
  /** False: the real program has it, this one says honestly that it is not simulated. */
  readonly simulated: boolean
}

export type OptionTable = readonly OptionEntry[]

export interface GivenOption { readonly key: string; readonly value: string | undefined }

export type ParsedOptions =
  | {
      readonly ok: true
      readonly given: readonly GivenOption[]
      readonly operands: readonly string[]
    }
  /** `text` is getopt's sentence without the program's name. */
  | { readonly ok: false; readonly text: string; readonly simulated: boolean }

/**
 * Reads a table such as `a|all n|lines: color:? !Z|context`: letter and long name, `:` takes an
 * argument, `:?` may take one, a leading `!` is known but not simulated.
 */
export function optionTable(text: string): OptionTable {
  return text.split(/\s+/).filter((word) => word !== '').map((word) => {
    const simulated = !word.startsWith('!')
    const match = /^!?([^:]+)(:\??)?$/.exec(word)!
    const [first, second] = match[1]!.split('|') as [string, string | undefined]
    const short = first.length === 1 ? first : undefined
    return {
      key: first, short, long: second ?? (short ? undefined : first), simulated,
      argument: match[2] === undefined ? 'none' : match[2] === ':' ? 'required' : 'optional',
    }
  })
}

export interface ParseRules {
  /** Options end at the first operand (env, timeout, xargs; POSIXLY_CORRECT). */
  readonly stopAtOperand?: boolean
}

/** Models glibc's getopt_long: permutation, bundling, abbreviated long names, `--`. */
export function parseOptions(
  table: OptionTable, args: readonly string[], rules: ParseRules = {},
): ParsedOptions {
  const given: GivenOption[] = []
  const operands: string[] = []
  for (let i = 0; i < args.length; i++) {
    const word = args[i]!
    if (word === '--') {
      operands.push(...args.slice(i + 1))
      break
    }
    if (word === '-' || !word.startsWith('-')) {
      if (rules.stopAtOperand) {
        operands.push(...args.slice(i))
        break
      }
      operands.push(word)
      continue
    }
    const step = word.startsWith('--')
      ? longOption(table, word, args[i + 1]) : bundle(table, word, args[i + 1])
    if (!step.ok) return step
    given.push(...step.given)
    if (step.tookNext) i++
  }
  return { ok: true, given, operands }
}

type Step =
  | { readonly ok: true; readonly given: readonly GivenOption[]; readonly tookNext: boolean }
  | { readonly ok: false; readonly text: string; readonly simulated: boolean }

function refuse(text: string): Step {
  return { ok: false, text, simulated: true }
}

function notSimulated(name: string): Step {
  return { ok: false, text: `option '${name}' is not simulated in Grace`, simulated: false }
}

function longOption(table: OptionTable, word: string, next: string | undefined): Step {
  const equals = word.indexOf('=')
  const name = equals < 0 ? word.slice(2) : word.slice(2, equals)
  const inline = equals < 0 ? undefined : word.slice(equals + 1)
  const exact = table.find((entry) => entry.long === name)
  const possible = exact ? [exact] : table.filter((entry) => entry.long?.startsWith(name))
  if (possible.length === 0) return refuse(`unrecognized option '${word}'`)
  if (possible.length > 1) {
    const names = possible.map((entry) => `'--${entry.long}'`).join(' ')
    return refuse(`option '${word}' is ambiguous; possibilities: ${names}`)
  }
  const entry = possible[0]!
  if (!entry.simulated) return notSimulated(`--${entry.long}`)
  if (entry.argument === 'none') {
    if (inline !== undefined) return refuse(`option '--${entry.long}' doesn't allow an argument`)
    return { ok: true, given: [{ key: entry.key, value: undefined }], tookNext: false }
  }
  if (inline !== undefined || entry.argument === 'optional') {
    return { ok: true, given: [{ key: entry.key, value: inline }], tookNext: false }
  }
  if (next === undefined) return refuse(`option '--${entry.long}' requires an argument`)
  return { ok: true, given: [{ key: entry.key, value: next }], tookNext: true }
}

function bundle(table: OptionTable, word: string, next: string | undefined): Step {
  const given: GivenOption[] = []
  for (let at = 1; at < word.length; at++) {
    const letter = word[at]!
    const entry = table.find((candidate) => candidate.short === letter)
    if (!entry) return refuse(`invalid option -- '${letter}'`)
    if (!entry.simulated) return notSimulated(`-${letter}`)
    if (entry.argument === 'none') {
      given.push({ key: entry.key, value: undefined })
      continue
    }
    const rest = word.slice(at + 1)
    if (rest !== '' || entry.argument === 'optional') {
      given.push({ key: entry.key, value: rest === '' ? undefined : rest })
      return { ok: true, given, tookNext: false }
    }
    if (next === undefined) return refuse(`option requires an argument -- '${letter}'`)
    given.push({ key: entry.key, value: next })
    return { ok: true, given, tookNext: true }
  }
  return { ok: true, given, tookNext: false }
}
