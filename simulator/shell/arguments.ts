import type { ShellFlavour } from './flavour.ts'

export interface OptionSetting {
  readonly name: string
  readonly on: boolean
  /** `-o name` instead of a letter. */
  readonly long: boolean
}

/** A shell's command line. */
export interface ShellArguments {
  readonly command: boolean
  readonly readStdin: boolean
  readonly interactive: boolean
  readonly login: boolean
  readonly noRc: boolean
  readonly noProfile: boolean
  readonly rcFile: string | undefined
  /** Options to set, as `set` takes them. */
  readonly options: readonly OptionSetting[]
  readonly rest: readonly string[]
  readonly special: 'version' | 'help' | undefined
  readonly bad: string | undefined
}

export function parseArguments(flavour: ShellFlavour, argv: readonly string[]): ShellArguments {
  const result = {
    command: false, readStdin: false, interactive: false, login: argv[0]?.startsWith('-') ?? false,
    noRc: false, noProfile: false, rcFile: undefined as string | undefined,
    options: [] as OptionSetting[],
    rest: [] as readonly string[], special: undefined as 'version' | 'help' | undefined,
    bad: undefined as string | undefined,
  }
  let at = 1
  for (; at < argv.length; at++) {
    const word = argv[at]!
    if (word === '--' || word === '-') {
      at++
      break
    }
    if (!/^[-+]./.test(word)) break
    if (word.startsWith('--') && flavour !== 'dash') {
      if (!longOption(result, word, () => argv[++at])) result.bad ??= word
      continue
    }
    const on = word.startsWith('-')
    for (const letter of word.slice(1)) {
      if (letter === 'c') result.command = true
      else if (letter === 's') result.readStdin = true
      else if (letter === 'i') result.interactive = true
      else if (letter === 'l') result.login = true
      else if (letter === 'o') result.options.push({ name: argv[++at] ?? '', on, long: true })
      else if (letter === 'O' && flavour === 'bash') at++
      else result.options.push({ name: letter, on, long: false })
    }
  }
  result.rest = argv.slice(at)
  return result
}

function longOption(
  result: { login: boolean; noRc: boolean; noProfile: boolean; rcFile: string | undefined
    special: 'version' | 'help' | undefined }, word: string, next: () => string | undefined,
): boolean {
  switch (word) {
    case '--login': result.login = true; return true
    case '--norc': result.noRc = true; return true
    case '--noprofile': result.noProfile = true; return true
    case '--rcfile': case '--init-file': result.rcFile = next(); return true
    case '--version': result.special = 'version'; return true
    case '--help': result.special = 'help'; return true
    case '--posix': case '--noediting': case '--verbose': return true
    default: return false
  }
}
