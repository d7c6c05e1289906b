import type { Process, Stat } from '../kernel/types.ts'
import { attempt } from './attempt.ts'
import type { ProgramFamily } from './command.ts'
import { isUtf8 } from './command.ts'

/** The words were no expression; exit code 2. */
class TestError extends Error {}

/** `test` and `[` as programs; shells have their own built in. */
export const test: ProgramFamily = (dialect) => function* run(process) {
  const name = process.argv[0] ?? 'test'
  const words = process.argv.slice(1)
  if (name.endsWith('[') && words.pop() !== ']') {
    const mark = isUtf8(process) && dialect === 'gnu' ? '‘]’' : dialect === 'gnu' ? "']'" : ']'
    yield* process.write(2, `${name}: missing ${mark}\n`)
    return 2
  }
  try {
    return new Evaluation(process, words, dialect === 'gnu').run() ? 0 : 1
  } catch (error) {
    if (!(error instanceof TestError)) throw error
    yield* process.write(2, `${name}: ${error.message}\n`)
    return 2
  }
}

const binary = new Set([
  '=',
  '==',
  '!=',
  '<',
  '>',
  '-eq',
  '-ne',
  '-lt',
  '-le',
  '-gt',
  '-ge',
  '-nt',
  '-ot',
  '-ef',
])

class Evaluation {
  private at = 0

  constructor(
    private readonly process: Process,
    private readonly words: readonly string[],
    private readonly gnu: boolean,
  ) {}

  run(): boolean {
    if (this.words.length === 0) return false
    const result = this.words.length === 1 ? this.words[0] !== '' : this.either()
    if (this.words.length > 1 && this.at < this.words.length) {
      throw new TestError(
        this.gnu
          ? `extra argument ${this.quote(this.words[this.at]!)}`
          : `${this.words[this.at]}: unknown operand`,
      )
    }
    return result
  }

  private quote(word: string): string {
    return isUtf8(this.process) ? `‘${word}’` : `'${word}'`
  }

  private either(): boolean {
    let result = this.both()
    while (this.words[this.at] === '-o') {
      this.at++
      const right = this.both()
      result = result || right
    }
    return result
  }

  private both(): boolean {
    let result = this.negated()
    while (this.words[this.at] === '-a') {
      this.at++
      const right = this.negated()
      result = result && right
    }
    return result
  }

  private negated(): boolean {
    if (this.words[this.at] === '!' && this.words.length - this.at > 1) {
      this.at++
      return !this.negated()
    }
    return this.primary()
  }

  private primary(): boolean {
    const word = this.words[this.at]
    if (word === undefined)
      throw new TestError(
        this.gnu
          ? `missing argument after ${this.quote(this.words.at(-1) ?? '')}`
          : 'argument expected',
      )
    const operator = this.words[this.at + 1]
    if (operator !== undefined && binary.has(operator) && this.at + 2 < this.words.length) {
      this.at += 3
      return this.compare(word, operator, this.words[this.at - 1]!)
    }
    if (word === '(') {
      this.at++
      const result = this.either()
      if (this.words[this.at++] !== ')')
        throw new TestError(this.gnu ? `${this.quote(')')} expected` : 'closing paren expected')
      return result
    }
    if (/^-[a-zA-Z]$/.test(word) && this.at + 1 < this.words.length) {
      this.at += 2
      return this.unary(word, this.words[this.at - 1]!)
    }
    this.at++
    if (operator !== undefined && /^-[a-z]{2,}$/.test(operator) && this.gnu) {
      throw new TestError(`${this.quote(operator)}: binary operator expected`)
    }
    return word !== ''
  }

  private unary(operator: string, value: string): boolean {
    const stat = (follow = true): Stat | undefined => {
      const found = attempt(() => this.process.files.stat(this.process.absolute(value), follow))
      return found.ok ? found.value : undefined
    }
    switch (operator) {
      case '-n':
        return value !== ''
      case '-z':
        return value === ''
      case '-e':
        return stat() !== undefined
      case '-f':
        return stat()?.kind === 'file'
      case '-d':
        return stat()?.kind === 'directory'
      case '-L':
      case '-h':
        return stat(false)?.kind === 'symlink'
      case '-c':
        return stat()?.kind === 'device'
      case '-s':
        return (stat()?.size ?? 0) > 0
      case '-r':
      case '-w':
        return stat() !== undefined
      case '-x':
        return ((stat()?.mode ?? 0) & 0o111) !== 0
      case '-t':
        return this.process.fds.has(Number(value)) && this.process.isTty(Number(value))
      case '-b':
      case '-p':
      case '-S':
      case '-u':
      case '-g':
      case '-k':
        return false
      case '-O':
      case '-G':
        return stat()?.user === this.process.user
      default:
        throw new TestError(
          this.gnu
            ? `${this.quote(operator)}: unary operator expected`
            : `${operator}: unknown operand`,
        )
    }
  }

  private compare(left: string, operator: string, right: string): boolean {
    switch (operator) {
      case '=':
      case '==':
        return left === right
      case '!=':
        return left !== right
      case '<':
        return left < right
      case '>':
        return left > right
      case '-nt':
        return this.modified(left) > this.modified(right)
      case '-ot':
        return this.modified(left) < this.modified(right)
      case '-ef':
        return this.process.absolute(left) === this.process.absolute(right)
      default:
    }
    const [a, b] = [this.integer(left), this.integer(right)]
    switch (operator) {
      case '-eq':
        return a === b
      case '-ne':
        return a !== b
      case '-lt':
        return a < b
      case '-le':
        return a <= b
      case '-gt':
        return a > b
      default:
        return a >= b
    }
  }

  private integer(word: string): number {
    if (/^\s*[-+]?\d+\s*$/.test(word)) return Number(word)
    throw new TestError(this.gnu ? `invalid integer ${this.quote(word)}` : `${word}: bad number`)
  }

  private modified(path: string): number {
    const found = attempt(() => this.process.files.stat(this.process.absolute(path)))
    return found.ok ? found.value.modifiedAt : -Infinity
  }
}
