import { goQuote } from '../text/quote.ts'
import { parseGoDuration } from '../text/duration.ts'
import { Failure } from './failure.ts'
import type { FlagSpec } from './help.ts'

/**
 * Flags as given, by long name; reading one that its command does not have is a mistake of ours.
 */
export class Flags {
  private readonly values = new Map<string, string>()
  private readonly lists = new Map<string, string[]>()
  /** Flags that were written, as opposed to left at their default. */
  readonly given = new Set<string>()

  constructor(private readonly specs: readonly FlagSpec[]) {}

  set(spec: FlagSpec, value: string): void {
    this.given.add(spec.name)
    if (spec.type === 'list') {
      const items = wholeItems.has(spec.name) ? [value] : splitList(value)
      this.lists.set(spec.name, [...this.lists.get(spec.name) ?? [], ...items])
    } else this.values.set(spec.name, value)
  }

  has(name: string): boolean {
    return this.specs.some((spec) => spec.name === name)
  }

  text(name: string): string {
    return this.values.get(name) ?? this.spec(name)?.defaultValue ?? ''
  }

  on(name: string): boolean {
    return /^(1|t|true)$/i.test(this.text(name))
  }

  number(name: string): number {
    return Number(this.text(name))
  }

  millis(name: string): number {
    const millis = parseGoDuration(this.text(name))
    return typeof millis === 'number' ? millis : 0
  }

  list(name: string): readonly string[] {
    return this.lists.get(name) ?? []
  }

  private spec(name: string): FlagSpec | undefined {
    return this.specs.find((spec) => spec.name === name)
  }
}

/** pflag's StringArray flags: a comma is part of the value. */
const wholeItems = new Set([
  'from-literal', 'env', 'annotations', 'overrides', 'as-group',
  'for', 'current-replicas', 'verb',
])

/** pflag's StringSlice reads a line of CSV. */
function splitList(value: string): string[] {
  return value === '' ? [] : value.split(',')
}

/** Models pflag FlagSet.parseArgs. */
export function parseFlags(words: readonly string[], specs: readonly FlagSpec[]) {
  const flags = new Flags(specs)
  const args: string[] = []
  let dashAt = -1
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!
    if (word === '--') {
      dashAt = args.length
      args.push(...words.slice(at + 1))
      break
    }
    if (word.startsWith('--')) at += longFlag(word, words[at + 1], specs, flags)
    else if (!word.startsWith('-') || word === '-') args.push(word)
    else at += shortFlags(word, words[at + 1], specs, flags)
  }
  return { flags, args, dashAt }
}

/** Sets the flag and says how many following words it took. */
function longFlag(
  word: string, next: string | undefined, specs: readonly FlagSpec[], flags: Flags,
): 0 | 1 {
  const body = word.slice(2)
  if (body.startsWith('-') || body.startsWith('=')) throw new Failure(`bad flag syntax: ${word}`)
  const equals = body.indexOf('=')
  const name = equals < 0 ? body : body.slice(0, equals)
  const spec = specs.find((one) => one.name === name)
  if (!spec) throw new Failure(`unknown flag: --${name}`)
  if (equals >= 0) assign(flags, spec, body.slice(equals + 1))
  else if (spec.bareValue !== undefined) assign(flags, spec, spec.bareValue)
  else if (next === undefined) throw new Failure(`flag needs an argument: ${word}`)
  else {
    assign(flags, spec, next)
    return 1
  }
  return 0
}

function shortFlags(
  word: string, next: string | undefined, specs: readonly FlagSpec[], flags: Flags,
): 0 | 1 {
  let rest = word.slice(1)
  while (rest !== '') {
    const letter = rest[0]!
    const spec = specs.find((one) => one.shorthand === letter)
    if (!spec) throw new Failure(`unknown shorthand flag: '${letter}' in -${rest}`)
    if (rest.length > 2 && rest[1] === '=') {
      assign(flags, spec, rest.slice(2))
      return 0
    }
    if (spec.bareValue !== undefined) {
      assign(flags, spec, spec.bareValue)
      rest = rest.slice(1)
    } else if (rest.length > 1) {
      assign(flags, spec, rest.slice(1))
      return 0
    } else {
      if (next === undefined) {
        throw new Failure(`flag needs an argument: '${letter}' in -${rest}`)
      }
      assign(flags, spec, next)
      return 1
    }
  }
  return 0
}

function assign(flags: Flags, spec: FlagSpec, value: string): void {
  const problem = problemWith(spec, value)
  if (problem !== undefined) {
    const shown = spec.shorthand === undefined
      ? `--${spec.name}` : `-${spec.shorthand}, --${spec.name}`
    throw new Failure(`invalid argument ${goQuote(value)} for ${goQuote(shown)} flag: ${problem}`)
  }
  flags.set(spec, value)
}

function problemWith(spec: FlagSpec, value: string): string | undefined {
  if (spec.type === 'bool' && !/^(1|0|t|f|T|F|true|false|TRUE|FALSE|True|False)$/.test(value)) {
    return `strconv.ParseBool: parsing ${goQuote(value)}: invalid syntax`
  }
  if (spec.type === 'duration') {
    const parsed = parseGoDuration(value)
    return typeof parsed === 'number' ? undefined : parsed.error
  }
  if (spec.type !== 'int') return undefined
  const failed = `strconv.ParseInt: parsing ${goQuote(value)}: `
  if (!/^[+-]?(0x[0-9a-f]+|0b[01]+|0o?[0-7]*|[1-9]\d*)$/i.test(value)) {
    return `${failed}invalid syntax`
  }
  return Math.abs(Number(value)) > 2 ** 63 ? `${failed}value out of range` : undefined
}
