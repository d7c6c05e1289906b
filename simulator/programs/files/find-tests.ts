import type { Stat } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import type { Call } from '../command.ts'
import { globExpression } from '../glob.ts'
import { BoundedExpression } from '../../shell/expression/bounded-expression.ts'

/** A file that the walk came to. */
export interface Found {
  readonly path: string
  readonly name: string
  readonly stat: Stat
  readonly depth: number
  readonly start: string
}

/** Global options of the walk; `-maxdepth` and `-quit` change them. */
export interface Walk {
  follow: boolean
  minDepth: number
  maxDepth: number
  depthFirst: boolean
  stopped: boolean
  /** `-exec … +`: run once, at the end. */
  readonly batches: (() => Task<number>)[]
}

export type Test = (found: Found, state: { pruned: boolean }) => Task<boolean>

/** The expression is wrong; the message is the sentence. */
export class FindError extends Error {}

/** What a test is made from: the next words of the command line, and the run it belongs to. */
interface Source {
  readonly call: Call
  readonly walk: Walk
  readonly argument: () => string
}

function plain(check: (found: Found) => boolean): Test {
   
  return function* checked(found) {
    return check(found)
  }
}

export const always: Test = plain(() => true)

/** A test or a global option by its word. */
export function parseTest(word: string, source: Source): Test {
  const test = globalOption(word, source) ?? nameTest(word, source) ?? attributeTest(word, source)
  if (test) return test
  if (!source.call.gnu) throw new FindError(`unrecognized: ${word}`)
  throw new FindError(word.startsWith('-')
    ? `unknown predicate \`${word}'` : `paths must precede expression: \`${word}'`)
}

function globalOption(word: string, source: Source): Test | undefined {
  const { walk } = source
  switch (word) {
    case '-maxdepth': walk.maxDepth = depth(word, source); return always
    case '-mindepth': walk.minDepth = depth(word, source); return always
    case '-depth': case '-d': walk.depthFirst = true; return always
    case '-follow': walk.follow = true; return always
    case '-mount': case '-xdev': case '-noleaf': case '-true': return always
    case '-false': return plain(() => false)
    default: return undefined
  }
}

function depth(word: string, { call, argument }: Source): number {
  const value = argument()
  if (/^\d+$/.test(value)) return Number(value)
  throw new FindError(call.gnu
    ? `Expected a positive decimal integer argument to ${word}, but got ${call.quote(value)}`
    : `invalid number '${value}'`)
}

function nameTest(word: string, { argument }: Source): Test | undefined {
  const flags = word.startsWith('-i') ? 'i' : ''
  switch (word) {
    case '-name': case '-iname': {
      const expression = globExpression(argument(), flags)
      return plain((found) => expression.test(found.name))
    }
    case '-path': case '-wholename': case '-ipath': {
      const expression = globExpression(argument(), flags)
      return plain((found) => expression.test(found.path))
    }
    case '-regex': {
      const expression = new BoundedExpression(`^(?:${argument()})$`)
      return plain((found) => expression.test(found.path))
    }
    default: return undefined
  }
}

function attributeTest(word: string, { call, argument }: Source): Test | undefined {
  switch (word) {
    case '-type': {
      const kinds = argument().split(',').map((letter) => kindOf(letter, call))
      return plain((found) => kinds.includes(found.stat.kind))
    }
    case '-empty': return plain((found) => isEmpty(call, found))
    case '-size': return size(argument())
    case '-newer': return newer(call, argument())
    case '-mmin': case '-mtime': {
      const compare = comparison(argument())
      const unit = word === '-mmin' ? 60_000 : 86_400_000
      const { clock } = call.process.kernel
      return plain((found) => compare(Math.floor((clock.now() - found.stat.modifiedAt) / unit)))
    }
    case '-user': {
      const user = argument()
      return plain((found) => found.stat.user === user)
    }
    case '-perm': return permissions(argument())
    case '-executable': return plain((found) => (found.stat.mode & 0o111) !== 0)
    default: return undefined
  }
}

function newer(call: Call, path: string): Test {
  const reference = attempt(() => call.process.files.stat(call.process.absolute(path)))
  if (!reference.ok) throw new FindError(`${call.quote(path)}: ${reference.why}`)
  return plain((found) => found.stat.modifiedAt > reference.value.modifiedAt)
}

function isEmpty(call: Call, found: Found): boolean {
  if (found.stat.kind === 'file') return found.stat.size === 0
  if (found.stat.kind !== 'directory') return false
  const { process } = call
  const names = attempt(() => process.files.readDirectory(process.absolute(found.path)))
  return names.ok && names.value.length === 0
}

const sizeUnits: Readonly<Record<string, number>> = {
  c: 1, w: 2, b: 512, k: 1024, M: 1_048_576, G: 1_073_741_824,
}

function size(word: string): Test {
  const match = /^([-+]?\d+)([cwbkMG]?)$/.exec(word)
  if (!match) throw new FindError(`Invalid argument \`${word}' to -size`)
  const unit = sizeUnits[match[2] || 'b'] ?? 512
  const compare = comparison(match[1]!)
  return plain((found) => compare(Math.ceil(found.stat.size / unit)))
}

function permissions(word: string): Test {
  const wanted = parseInt(word.replace(/^[-/]/, ''), 8)
  if (word.startsWith('-')) return plain((found) => (found.stat.mode & wanted) === wanted)
  if (word.startsWith('/')) return plain((found) => (found.stat.mode & wanted) !== 0)
  return plain((found) => (found.stat.mode & 0o7777) === wanted)
}

function kindOf(letter: string, call: Call): Stat['kind'] | 'none' {
  const kinds: Readonly<Record<string, Stat['kind'] | 'none'>> = {
    f: 'file', d: 'directory', l: 'symlink', c: 'device', b: 'none', p: 'none', s: 'none',
  }
  const kind = kinds[letter]
  if (kind !== undefined) return kind
  throw new FindError(call.gnu
    ? `Unknown argument to -type: ${letter}` : `invalid argument '${letter}' to '-type'`)
}

/** `+3` more than, `-3` less than, `3` exactly. */
function comparison(word: string): (value: number) => boolean {
  const number = Number(word.replace(/^[-+]/, ''))
  if (word.startsWith('+')) return (value) => value > number
  if (word.startsWith('-')) return (value) => value < number
  return (value) => value === number
}
