import { SyscallError, strerror } from '../../kernel/errors.ts'
import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import type { Call } from '../command.ts'
import { runCommand } from '../run-command.ts'
import type { Found, Test, Walk } from './find-tests.ts'
import { FindError, always, parseTest } from './find-tests.ts'

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

class Builder {
  acts = false

  constructor(
    private readonly words: Words,
    private readonly walk: Walk,
    private readonly call: Call,
  ) {}

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
        throw new FindError(
          "invalid expression; I was expecting to find a ')' somewhere but did not see one.",
        )
      }
      return inner
    }
    const source = { call: this.call, walk: this.walk, argument: () => this.argument(word) }
    return this.action(word) ?? parseTest(word, source)
  }

  private peek(): string | undefined {
    return this.words.list[this.words.at]
  }

  private argument(word: string): string {
    const value = this.words.list[this.words.at++]
    if (value === undefined) {
      throw new FindError(
        this.call.gnu ? `missing argument to \`${word}'` : `${word} requires an argument`,
      )
    }
    return value
  }

  private action(word: string): Test | undefined {
    const { call, walk } = this
    switch (word) {
      case '-print':
        return this.printing((found) => `${found.path}\n`)
      case '-print0':
        return this.printing((found) => `${found.path}\0`)
      case '-printf': {
        const format = this.argument(word)
        return this.printing((found) => formatted(format, found))
      }
      case '-quit':
        this.acts = true
         
        return function* quit() {
          walk.stopped = true
          return true
        }
      case '-prune':
         
        return function* prune(_, state) {
          state.pruned = true
          return true
        }
      case '-delete': {
        this.acts = true
        walk.depthFirst = true
        return function* remove(found) {
          const full = call.process.absolute(found.path)
          const removed = attempt(() =>
            found.stat.kind === 'directory'
              ? call.process.files.removeDirectory(full)
              : call.process.files.remove(full),
          )
          if (!removed.ok)
            yield* call.complain(`cannot delete ${call.quote(found.path)}: ${removed.why}`)
          return removed.ok
        }
      }
      case '-exec':
      case '-ok':
        return this.execution(word)
      default:
        return undefined
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
    if (end < 1)
      throw new FindError(
        call.gnu ? `missing argument to \`${word}'` : `${word} requires an argument`,
      )
    this.words.at += end + 1
    const template = rest.slice(0, end)
    if (rest[end] === ';') {
      return function* each(found) {
        const code = yield* execute(
          call,
          template.map((item) => item.replaceAll('{}', found.path)),
        )
        return code === 0
      }
    }
    const collected: string[] = []
    walk.batches.push(function* batch() {
      return collected.length === 0
        ? 0
        : yield* execute(call, [...template.slice(0, -1), ...collected])
    })
     
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

function formatted(format: string, found: Found): string {
  return format
    .replace(/\\n/g, '\n')
    .replace(/\\t/g, '\t')
    .replace(/\\0/g, '\0')
    .replace(/%([pfsmuydPh%])/g, (_, letter: string) => {
      switch (letter) {
        case 'p':
          return found.path
        case 'f':
          return found.name
        case 's':
          return String(found.stat.size)
        case 'm':
          return (found.stat.mode & 0o7777).toString(8)
        case 'u':
          return found.stat.user
        case 'd':
          return String(found.depth)
        case 'y':
          return { file: 'f', directory: 'd', symlink: 'l', device: 'c' }[found.stat.kind]
        case 'P':
          return found.path === found.start
            ? ''
            : found.path.slice(found.start.replace(/\/$/, '').length + 1)
        case 'h':
          return found.path.slice(0, Math.max(1, found.path.lastIndexOf('/')))
        default:
          return '%'
      }
    })
}
