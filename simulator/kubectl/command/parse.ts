import { Failure, usageFailure } from './failure.ts'
import { parseFlags, type Flags } from './flags.ts'
import { childCommands, childNamed, flagSpecs, hasCommand } from './help.ts'
import { suggestions } from './suggestions.ts'

/** A command line understood: which command, its flags, and the words that are left. */
export interface CommandLine {
  readonly path: readonly string[]
  readonly flags: Flags
  readonly args: readonly string[]
  /** How many of `args` stand before `--`; -1 without one. */
  readonly dashAt: number
}

/** What diff ends with when it could not compare. */
export const trouble = { exitCode: 2 }

/** Groups: their children are looked up, and a word that is none of them is an unknown command. */
export const groups = new Set([
  'set', 'rollout', 'certificate', 'auth', 'config', 'top', 'create service', 'create secret',
  'plugin',
])

/** Models cobra Command.Find and ParseFlags. */
export function parseCommandLine(words: readonly string[]): CommandLine {
  const { path, rest } = findCommand(words)
  if (path.length === 0) mustKnowCommand(rest)
  try {
    return { path, ...parseFlags(rest, flagSpecs(path)) }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const command = ['kubectl', ...path].join(' ')
    // diff tells trouble apart from a difference, also this one.
    if (path[0] === 'diff') throw new Failure(usageFailure(path, error.message).message, trouble)
    throw new Failure(`${error.message}\nSee '${command} --help' for usage.`)
  }
}

function findCommand(words: readonly string[]) {
  let path: readonly string[] = []
  let rest = words
  for (;;) {
    const at = firstWord(rest, path)
    const name = at < 0 ? undefined : childNamed(path, rest[at]!)
    if (name === undefined) return { path, rest }
    path = [...path, name]
    rest = [...rest.slice(0, at), ...rest.slice(at + 1)]
    if (!hasCommand(path)) return { path, rest }
  }
}

/** Position of the first word that is neither a flag nor a flag's value; -1 without one. */
export function firstWord(words: readonly string[], path: readonly string[]): number {
  // Cobra adds help only to the command that it has found.
  const specs = flagSpecs(path).filter(({ name }) => name !== 'help')
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!
    if (word === '--') return -1
    if (word.startsWith('--') && !word.includes('=')) {
      const spec = specs.find((one) => one.name === word.slice(2))
      if (spec?.bareValue === undefined) at++
    } else if (/^-[^-=]$/.test(word)) {
      const spec = specs.find((one) => one.shorthand === word[1])
      if (spec?.bareValue === undefined) at++
    } else if (word !== '' && !word.startsWith('-')) return at
  }
  return -1
}

/** A strange word is told before strange flags. Models cobra legacyArgs and HandlePluginCommand. */
function mustKnowCommand(words: readonly string[]): void {
  const word = words[firstWord(words, [])]
  if (word === undefined || word === 'help') return
  if (!words[0]!.startsWith('-')) throw unknownCommand(word)
  throw new Failure(`Error: flags cannot be placed before plugin name: ${words[0]!}`, {
    bare: true,
  })
}

/** The words for a root command that does not exist. Models cobra legacyArgs. */
export function unknownCommand(word: string): Failure {
  const close = suggestions(word, childCommands([]))
  const hint = close.length === 0
    ? '' : `\n\nDid you mean this?\n${close.map((name) => `\t${name}\n`).join('')}`
  return new Failure(`unknown command "${word}" for "kubectl"${hint}`)
}

/** The words for a sub-command that does not exist. */
export function unknownSubcommand(path: readonly string[], word: string): Failure {
  return usageFailure(path, `unknown command "${word}"`)
}
