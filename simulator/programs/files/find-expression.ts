import { SyscallError, strerror } from '../../kernel/errors.ts'
import type { ExitCode, Stat } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import type { Call } from '../command.ts'
import { globExpression } from '../glob.ts'
import { runCommand } from '../run-command.ts'

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
  readonly batches: (() => Task<ExitCode>)[]
}

export type Test = (found: Found, state: { pruned: boolean }) => Task<boolean>

export class FindError extends Error {}

interface Words { readonly list: readonly string[]; at: number }

/** Takes the expression of find apart; without an action it prints. */
export function parseExpression(args: readonly string[], walk: Walk, call: Call): Test {
  const words: Words = { list: args, at: 0 }
  const builder = new Builder(words, walk, call)
  const test = args.length === 0 ? always : builder.either()
  if (words.at < args.length) {
    throw new FindError(args[words.at] === ')' && call.gnu
      ? "invalid expression; you have too many ')'" : `unrecognized: ${args[words.at]}`)
  }
  if (builder.acts) return test
  return function* printed(found, state) {
    if (!(yield* test(found, state))) return false
    yield* call.out(`${found.path}\n`)
    return true
  }
}

// eslint-disable-next-line require-yield -- a test that needs to wait for nothing.
function* always(): Task<boolean> {
  return true
}

class Builder {
  acts = false

  constructor(private readonly words: Words, private readonly walk: Walk, private readonly call: Call) {}

  either(): Test {
    let left = this.all()
    while (['-o', '-or'].includes(this.peek() ?? '')) {
      this.words.at++
      const first = left
      const second = this.all()
      left = function* or(found, state) {
        return (yield* first(found, state)) || (yield* second(found, state))
      }
    }
    return left
  }

  private all(): Test {
    let left = this.negated()
    for (;;) {
      const next = this.peek()
      if (next === undefined || next === ')' || next === '-o' || next === '-or') return left
      if (next === '-a' || next === '-and') this.words.at++
      const first = left
      const second = this.negated()
      left = function* and(found, state) {
        return (yield* first(found, state)) && (yield* second(found, state))
      }
    }
  }

  private negated(): Test {
    const word = this.words.list[this.words.at++]
    if (word === undefined) throw new FindError('expected an expression after the last operator')
    if (word === '!' || word === '-not') {
      const inner = this.negated()
      return function* not(found, state) {
        return !(yield* inner(found, state))
      }
    }
    if (word === '(') {
      const inner = this.either()
      if (this.words.list[this.words.at++] !== ')') {
        throw new FindError("invalid expression; I was expecting to find a ')' somewhere but did not see one.")
      }
      return inner
    }
    return this.action(word) ?? this.test(word)
  }

  private peek(): string | undefined {
    return this.words.list[this.words.at]
  }

  private argument(word: string): string {
    const value = this.words.list[this.words.at++]
    if (value === undefined) {
      throw new FindError(this.call.gnu ? `missing argument to \`${word}'` : `${word} requires an argument`)
    }
    return value
  }

  private test(word: string): Test {
    const { call, walk } = this
    const plain = (check: (found: Found) => boolean): Test => {
      // eslint-disable-next-line require-yield -- as above.
      return function* checked(found) {
        return check(found)
      }
    }
    switch (word) {
      case '-name': case '-iname': {
        const expression = globExpression(this.argument(word), word === '-iname' ? 'i' : '')
        return plain((found) => expression.test(found.name))
      }
      case '-path': case '-wholename': case '-ipath': {
        const expression = globExpression(this.argument(word), word === '-ipath' ? 'i' : '')
        return plain((found) => expression.test(found.path))
      }
      case '-regex': {
        const expression = new RegExp(`^(?:${this.argument(word)})$`)
        return plain((found) => expression.test(found.path))
      }
      case '-type': {
        const kinds = this.argument(word).split(',').map((letter) => kindOf(letter, call))
        return plain((found) => kinds.includes(found.stat.kind))
      }
      case '-maxdepth': walk.maxDepth = this.number(word); return always
      case '-mindepth': walk.minDepth = this.number(word); return always
      case '-depth': case '-d': walk.depthFirst = true; return always
      case '-follow': walk.follow = true; return always
      case '-mount': case '-xdev': case '-noleaf': case '-true': return always
      case '-false': return plain(() => false)
      case '-empty': return plain((found) => this.isEmpty(found))
      case '-size': return this.size(this.argument(word), plain)
      case '-newer': {
        const reference = attempt(() => call.process.files.stat(call.process.absolute(this.argument(word))))
        if (!reference.ok) throw new FindError(`${call.quote(this.words.list[this.words.at - 1] ?? '')}: ${reference.why}`)
        return plain((found) => found.stat.modifiedAt > reference.value.modifiedAt)
      }
      case '-mmin': case '-mtime': {
        const compare = comparison(this.argument(word))
        const unit = word === '-mmin' ? 60_000 : 86_400_000
        return plain((found) => compare(Math.floor((call.process.kernel.clock.now() - found.stat.modifiedAt) / unit)))
      }
      case '-user': {
        const user = this.argument(word)
        return plain((found) => found.stat.user === user)
      }
      case '-perm': return this.permissions(this.argument(word), plain)
      case '-executable': return plain((found) => (found.stat.mode & 0o111) !== 0)
      default:
        throw new FindError(call.gnu
          ? word.startsWith('-') ? `unknown predicate \`${word}'` : `paths must precede expression: \`${word}'`
          : `unrecognized: ${word}`)
    }
  }

  private number(word: string): number {
    const value = this.argument(word)
    if (/^\d+$/.test(value)) return Number(value)
    throw new FindError(this.call.gnu
      ? `Expected a positive decimal integer argument to ${word}, but got ${this.call.quote(value)}` : `invalid number '${value}'`)
  }

  private isEmpty(found: Found): boolean {
    if (found.stat.kind === 'file') return found.stat.size === 0
    if (found.stat.kind !== 'directory') return false
    const names = attempt(() => this.call.process.files.readDirectory(this.call.process.absolute(found.path)))
    return names.ok && names.value.length === 0
  }

  private size(word: string, plain: (check: (found: Found) => boolean) => Test): Test {
    const match = /^([-+]?\d+)([cwbkMG]?)$/.exec(word)
    if (!match) throw new FindError(`Invalid argument \`${word}' to -size`)
    const unit = { c: 1, w: 2, b: 512, k: 1024, M: 1_048_576, G: 1_073_741_824 }[match[2] || 'b'] ?? 512
    const compare = comparison(match[1]!)
    return plain((found) => compare(Math.ceil(found.stat.size / unit)))
  }

  private permissions(word: string, plain: (check: (found: Found) => boolean) => Test): Test {
    const wanted = parseInt(word.replace(/^[-\/]/, ''), 8)
    if (word.startsWith('-')) return plain((found) => (found.stat.mode & wanted) === wanted)
    if (word.startsWith('/')) return plain((found) => (found.stat.mode & wanted) !== 0)
    return plain((found) => (found.stat.mode & 0o7777) === wanted)
  }

  private action(word: string): Test | undefined {
    const { call, walk } = this
    switch (word) {
      case '-print': return this.printing((found) => `${found.path}\n`)
      case '-print0': return this.printing((found) => `${found.path}\0`)
      case '-printf': {
        const format = this.argument(word)
        return this.printing((found) => formatted(format, found))
      }
      case '-quit':
        this.acts = true
        // eslint-disable-next-line require-yield -- as above.
        return function* quit() {
          walk.stopped = true
          return true
        }
      case '-prune':
        // eslint-disable-next-line require-yield -- as above.
        return function* prune(_, state) {
          state.pruned = true
          return true
        }
      case '-delete': {
        this.acts = true
        walk.depthFirst = true
        return function* remove(found) {
          const full = call.process.absolute(found.path)
          const removed = attempt(() => found.stat.kind === 'directory'
            ? call.process.files.removeDirectory(full) : call.process.files.remove(full))
          if (!removed.ok) yield* call.complain(`cannot delete ${call.quote(found.path)}: ${removed.why}`)
          return removed.ok
        }
      }
      case '-exec': case '-ok': return this.execution(word)
      default: return undefined
    }
  }

  private printing(text: (found: Found) => string): Test {
    const { call } = this
    this.acts = true
    return function* print(found) {
      yield* call.out(text(found))
      return true
    }
  }

  private execution(word: string): Test {
    this.acts = true
    const { call, walk } = this
    const rest = this.words.list.slice(this.words.at)
    const end = rest.findIndex((item, i) => item === ';' || (item === '+' && rest[i - 1] === '{}'))
    if (end < 1) throw new FindError(call.gnu ? `missing argument to \`${word}'` : `${word} requires an argument`)
    this.words.at += end + 1
    const template = rest.slice(0, end)
    if (rest[end] === ';') {
      return function* each(found) {
        const code = yield* execute(call, template.map((item) => item.replaceAll('{}', found.path)))
        return code === 0
      }
    }
    const collected: string[] = []
    walk.batches.push(function* batch() {
      return collected.length === 0 ? 0 : yield* execute(call, [...template.slice(0, -1), ...collected])
    })
    // eslint-disable-next-line require-yield -- as above.
    return function* collect(found) {
      collected.push(found.path)
      return true
    }
  }
}

function* execute(call: Call, argv: readonly string[]): Task<ExitCode> {
  try {
    return yield* runCommand(call.process, argv)
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    const why = strerror(error.code)
    yield* call.complain(call.gnu ? `${call.quote(argv[0]!)}: ${why}` : `${argv[0]}: ${why}`)
    return 127
  }
}

function kindOf(letter: string, call: Call): Stat['kind'] | 'none' {
  const kinds: Readonly<Record<string, Stat['kind'] | 'none'>> = {
    f: 'file', d: 'directory', l: 'symlink', c: 'device', b: 'none', p: 'none', s: 'none',
  }
  const kind = kinds[letter]
  if (kind === undefined) {
    throw new FindError(call.gnu ? `Unknown argument to -type: ${letter}` : `invalid argument '${letter}' to '-type'`)
  }
  return kind
}

function comparison(word: string): (value: number) => boolean {
  const number = Number(word.replace(/^[-+]/, ''))
  if (word.startsWith('+')) return (value) => value > number
  if (word.startsWith('-')) return (value) => value < number
  return (value) => value === number
}

function formatted(format: string, found: Found): string {
  return format.replace(/\\n/g, '\n').replace(/\\t/g, '\t').replace(/\\0/g, '\0').replace(/%([pfsmuydPh%])/g, (_, letter: string) => {
    switch (letter) {
      case 'p': return found.path
      case 'f': return found.name
      case 's': return String(found.stat.size)
      case 'm': return (found.stat.mode & 0o7777).toString(8)
      case 'u': return found.stat.user
      case 'd': return String(found.depth)
      case 'y': return { file: 'f', directory: 'd', symlink: 'l', device: 'c' }[found.stat.kind]
      case 'P': return found.path === found.start ? '' : found.path.slice(found.start.replace(/\/$/, '').length + 1)
      case 'h': return found.path.slice(0, Math.max(1, found.path.lastIndexOf('/')))
      default: return '%'
    }
  })
}
