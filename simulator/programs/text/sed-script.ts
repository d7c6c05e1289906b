import { ExpressionError, posixExpression } from './expressions.ts'
import type { Address, SedCommand } from './sed-commands.ts'

/** A script is wrong. `at` is the character GNU counts to, `what` its sentence. */
export class ScriptError extends Error {
  constructor(readonly at: number, what: string) {
    super(what)
  }
}

/** Takes a sed script apart: all commands but the GNU ones e, F, z, W, R. */
export function parseScript(source: string, extended: boolean, gnu: boolean): SedCommand[] {
  return new Parser(source, extended, gnu).run()
}

class Parser {
  private at = 0
  private readonly commands: SedCommand[] = []
  private readonly open: number[] = []

  constructor(
    private readonly source: string,
    private readonly extended: boolean,
    private readonly gnu: boolean,
  ) {}

  run(): SedCommand[] {
    for (;;) {
      this.skip(/[\s;]/)
      if (this.at >= this.source.length) break
      if (this.source[this.at] === '#') this.until('\n')
      else this.command()
    }
    if (this.open.length > 0) throw new ScriptError(0, "unmatched `{'")
    return this.commands
  }

  private skip(what: RegExp): void {
    while (this.at < this.source.length && what.test(this.source[this.at]!)) this.at++
  }

  private until(end: string): string {
    const stop = this.source.indexOf(end, this.at)
    const text = this.source.slice(this.at, stop < 0 ? undefined : stop)
    this.at = stop < 0 ? this.source.length : stop + end.length
    return text
  }

  private fail(what: string): never {
    throw new ScriptError(this.at, what)
  }

  private command(): void {
    const from = this.address()
    let to: Address | undefined
    if (from && this.source[this.at] === ',') {
      this.at++
      this.skip(/\s/)
      to = this.secondAddress()
      if (!to) this.fail("unexpected `,'")
    }
    this.skip(/\s/)
    let negated = false
    while (this.source[this.at] === '!') {
      negated = true
      this.at++
      this.skip(/\s/)
    }
    const name = this.source[this.at++]
    if (name === undefined) this.fail('missing command')
    this.body(name, { from, to, negated })
  }

  private address(): Address | undefined {
    const rest = this.source.slice(this.at)
    // BusyBox has neither `first~step` nor a line 0.
    const step = this.gnu ? /^(\d+)~(\d+)/.exec(rest) : null
    if (step) {
      this.at += step[0].length
      return { kind: 'step', first: Number(step[1]), step: Number(step[2]) }
    }
    const number = /^\d+/.exec(rest)
    if (number) {
      this.at += number[0].length
      return { kind: 'line', number: !this.gnu && number[0] === '0' ? -1 : Number(number[0]) }
    }
    if (rest.startsWith('$')) {
      this.at++
      return { kind: 'last' }
    }
    if (rest.startsWith('/') || rest.startsWith('\\')) {
      if (rest.startsWith('\\')) this.at++
      const delimiter = this.source[this.at++]!
      const pattern = this.delimited(delimiter, 'unterminated address regex', true)
      const flags = /^[IM]*/.exec(this.source.slice(this.at))![0]
      this.at += flags.length
      return { kind: 'match', expression: this.expression(pattern, flags.includes('I') ? 'i' : '') }
    }
    return undefined
  }

  private secondAddress(): Address | undefined {
    const match = /^([+~])(\d+)/.exec(this.source.slice(this.at))
    if (!match) return this.address()
    this.at += match[0].length
    const count = Number(match[2])
    return match[1] === '+' ? { kind: 'offset', count } : { kind: 'multiple', of: count }
  }

  /** Text up to an unescaped delimiter; a delimiter that is escaped stands for itself. */
  private delimited(delimiter: string, missing: string, isPattern: boolean): string {
    let out = ''
    let inSet = false
    while (this.at < this.source.length) {
      const character = this.source[this.at++]!
      if (character === '\\' && this.at < this.source.length) {
        const next = this.source[this.at++]!
        out +=
          next === delimiter && !inSet
            ? isPattern && /[.*[\]^$+?(){}|]/.test(next)
              ? `\\${next}`
              : next
            : `\\${next}`
      } else if (character === delimiter && !inSet) return out
      else {
        if (isPattern && character === '[')
          inSet = inSet || this.source.indexOf(']', this.at + 1) > 0
        else if (isPattern && character === ']' && !/\[\^?$/.test(out)) inSet = false
        out += character
      }
    }
    return this.fail(missing)
  }

  private expression(pattern: string, flags: string): RegExp | undefined {
    // An empty pattern is the last one used.
    if (pattern === '') return undefined
    try {
      return posixExpression(pattern, this.extended ? 'extended' : 'basic', `g${flags}`)
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
      return this.fail(error.message)
    }
  }

  private body(name: string, where: Pick<SedCommand, 'from' | 'to' | 'negated'>): void {
    const plain = {
      ...where,
      name,
      text: '',
      expression: undefined,
      replacement: '',
      flags: undefined,
      map: undefined,
      partner: -1,
    }
    if (name === '{') {
      this.open.push(this.commands.length)
      this.commands.push(plain)
      return
    }
    if (name === '}') {
      const start = this.open.pop()
      if (start === undefined) this.fail("unexpected `}'")
      if (where.from) this.fail("} doesn't want any addresses")
      this.commands[start]!.partner = this.commands.length
      this.commands.push(plain)
    } else if (name === 's') this.commands.push({ ...plain, ...this.substitute() })
    else if (name === 'y') this.commands.push({ ...plain, map: this.transliteration() })
    else if ('aic'.includes(name)) {
      this.commands.push({ ...plain, text: this.insertedText() })
      return
    } else if (name === ':') {
      if (where.from) this.fail(": doesn't want any addresses")
      this.commands.push({ ...plain, text: this.label() })
      return
    } else if ('btT'.includes(name)) {
      this.commands.push({ ...plain, text: this.label() })
      return
    } else if ('rw'.includes(name)) {
      this.skip(/[ \t]/)
      const text = this.until('\n')
      if (text === '') this.fail('missing filename in r/R/w/W commands')
      this.commands.push({ ...plain, text })
      return
    } else if ('qQlL'.includes(name)) {
      this.skip(/[ \t]/)
      const number = /^\d*/.exec(this.source.slice(this.at))![0]
      this.at += number.length
      this.commands.push({ ...plain, text: number })
    } else if ('=dDgGhHnNpPx'.includes(name)) this.commands.push(plain)
    else this.fail(`unknown command: \`${name}'`)
    this.endOfCommand()
  }

  private endOfCommand(): void {
    this.skip(/[ \t]/)
    const next = this.source[this.at]
    if (next === undefined || ';\n}#'.includes(next)) return
    this.at++
    this.fail('extra characters after command')
  }

  private label(): string {
    this.skip(/[ \t]/)
    const text = /^[^\n;]*/.exec(this.source.slice(this.at))![0]
    this.at += text.length
    return text.trim()
  }

  /**
   * One-line (`a text`) and classic (`a\`, newline, text) forms; a backslash continues the line.
   */
  private insertedText(): string {
    this.skip(/[ \t]/)
    if (this.at >= this.source.length) this.fail("expected \\ after `a', `c' or `i'")
    if (this.source[this.at] === '\\') {
      this.at++
      this.skip(/[ \t]/)
      if (this.source[this.at] === '\n') this.at++
    }
    let out = ''
    while (this.at < this.source.length) {
      const character = this.source[this.at++]!
      if (character === '\n') break
      if (character === '\\' && this.at < this.source.length) {
        const next = this.source[this.at++]!
        out += next === 't' ? '\t' : next
      } else out += character
    }
    return `${out}\n`
  }

  private substitute(): Pick<SedCommand, 'expression' | 'replacement' | 'flags'> {
    const delimiter = this.source[this.at++]
    if (delimiter === undefined || delimiter === '\n' || delimiter === '\\')
      this.fail("unterminated `s' command")
    const pattern = this.delimited(delimiter, "unterminated `s' command", true)
    const replacement = this.delimited(delimiter, "unterminated `s' command", false)
    const match = /^[gpiIme0-9]*/.exec(this.source.slice(this.at))![0]
    this.at += match.length
    let file: string | undefined
    if (this.source[this.at] === 'w') {
      this.at++
      this.skip(/[ \t]/)
      file = this.until('\n')
    } else if (/[a-zA-Z]/.test(this.source[this.at] ?? '')) {
      this.at++
      this.fail("unknown option to `s'")
    }
    const nth = /\d+/.exec(match)
    if (nth && Number(nth[0]) === 0) this.fail("number option to `s' command may not be zero")
    const expression = this.expression(
      pattern,
      (/[iI]/.test(match) ? 'i' : '') + (/m/i.test(match) ? 'm' : ''),
    )
    const wanted = Math.max(
      0,
      ...[...replacement.matchAll(/\\(\d)/g)].map((found) => Number(found[1])),
    )
    const groups = expression ? new RegExp(`${expression.source}|`, 'u').exec('')!.length - 1 : 9
    if (wanted > groups) this.fail(`invalid reference \\${wanted} on \`s' command's RHS`)
    return {
      expression,
      replacement,
      flags: {
        global: match.includes('g'),
        print: match.includes('p'),
        nth: Number(nth?.[0] ?? 1),
        file,
      },
    }
  }

  private transliteration(): ReadonlyMap<string, string> {
    const delimiter = this.source[this.at++]
    if (delimiter === undefined) this.fail("unterminated `y' command")
    const unescape = (text: string): string[] =>
      Array.from(
        text.replace(/\\(n|\\|t)/g, (_, letter: string) =>
          letter === 'n' ? '\n' : letter === 't' ? '\t' : '\\',
        ),
      )
    const from = unescape(this.delimited(delimiter, "unterminated `y' command", false))
    const to = unescape(this.delimited(delimiter, "unterminated `y' command", false))
    if (from.length !== to.length) this.fail("strings for `y' command are different lengths")
    return new Map(from.map((character, i) => [character, to[i]!]))
  }
}
