import { limits } from '../../limits.ts'
import { parseExpression } from './expressions.ts'
import { AwkError, lexemes } from './lexer.ts'
import type { Lexeme } from './lexer.ts'
import { AwkFault } from './state.ts'
import type { AwkFunction, AwkProgram, Expression, Redirect, Rule, Statement } from './tree.ts'

/** What the parsers of statements and of expressions share: a place in the program. */
export class Reader {
  private at = 0
  private depth = 0

  constructor(private readonly all: readonly Lexeme[]) {}

  get next(): Lexeme {
    return this.all[this.at]!
  }

  after(count: number): Lexeme {
    return this.all[Math.min(this.at + count, this.all.length - 1)]!
  }

  is(...texts: readonly string[]): boolean {
    const { kind, text } = this.next
    return (kind === 'sign' || kind === 'keyword') && texts.includes(text)
  }

  take(): Lexeme {
    const token = this.next
    if (token.kind !== 'end') this.at++
    return token
  }

  accept(...texts: readonly string[]): boolean {
    if (!this.is(...texts)) return false
    this.at++
    return true
  }

  expect(text: string): void {
    if (!this.accept(text)) this.fail()
  }

  name(): string {
    if (this.next.kind !== 'name') this.fail()
    return this.take().text
  }

  newlines(): void {
    while (this.accept('\n'));
  }

  breaks(): void {
    while (this.accept('\n', ';'));
  }

  /** Runs one level deeper; a program nested without end is refused, not followed. */
  deeper<T>(run: () => T): T {
    if (++this.depth > 4 * limits.shellNesting) this.fail()
    const value = run()
    this.depth--
    return value
  }

  fail(): never {
    if (this.is('|'))
      throw new AwkFault("error: awk's commands in pipes are not simulated in Grace")
    throw new AwkError(this.next.text, this.next.line)
  }
}

/** POSIX awk's grammar. */
export function parseAwk(source: string): AwkProgram {
  const reader = new Reader(lexemes(source))
  const begin: Statement[] = []
  const end: Statement[] = []
  const rules: Rule[] = []
  const functions = new Map<string, AwkFunction>()
  for (reader.breaks(); reader.next.kind !== 'end'; reader.breaks()) {
    if (reader.accept('BEGIN')) begin.push(block(reader))
    else if (reader.accept('END')) end.push(block(reader))
    else if (reader.accept('function', 'func')) {
      const name = reader.take().text
      functions.set(name, definition(reader))
    } else rules.push(rule(reader))
  }
  return { begin, end, rules, functions }
}

function rule(reader: Reader): Rule {
  const pattern = reader.is('{') ? undefined : parseExpression(reader)
  let until: Expression | undefined
  if (pattern && reader.accept(',')) {
    reader.newlines()
    until = parseExpression(reader)
  }
  const action = reader.is('{') ? block(reader) : undefined
  if (!action && reader.next.kind !== 'end' && !reader.is('\n', ';')) reader.fail()
  return { pattern, until, action }
}

function definition(reader: Reader): AwkFunction {
  const parameters: string[] = []
  reader.expect('(')
  while (!reader.accept(')')) {
    parameters.push(reader.name())
    if (reader.accept(',')) reader.newlines()
  }
  reader.newlines()
  return { parameters, body: block(reader) }
}

function block(reader: Reader): Statement {
  reader.newlines()
  reader.expect('{')
  const body: Statement[] = []
  for (reader.breaks(); !reader.accept('}'); reader.breaks()) body.push(statement(reader))
  return { kind: 'block', body }
}

function statement(reader: Reader): Statement {
  return reader.deeper(() => {
    if (reader.is('{')) return block(reader)
    if (reader.accept('if')) return condition(reader)
    if (reader.accept('while')) {
      const test = inParentheses(reader)
      // Of a `do`: its own parser takes that one.
      return loop({ test, body: inner(reader) })
    }
    if (reader.accept('do')) {
      const body = inner(reader)
      reader.breaks()
      reader.expect('while')
      const test = inParentheses(reader)
      ends(reader)
      return loop({ test, body, once: true })
    }
    if (reader.accept('for')) return forLoop(reader)
    const simple = simpleStatement(reader)
    ends(reader)
    return simple
  })
}

function loop(parts: {
  test?: Expression | undefined; body: Statement; once?: boolean
  first?: Statement | undefined; next?: Statement | undefined
}): Statement {
  const { test, body, once = false, first, next } = parts
  return { kind: 'loop', first, test, next, body, once }
}

function ends(reader: Reader): void {
  if (reader.is('}') || reader.next.kind === 'end') return
  if (!reader.accept(';', '\n')) reader.fail()
}

/** The body of a condition or loop; a lone `;` is none. */
function inner(reader: Reader): Statement {
  reader.newlines()
  if (reader.accept(';')) return { kind: 'block', body: [] }
  return statement(reader)
}

function inParentheses(reader: Reader): Expression {
  reader.expect('(')
  const test = parseExpression(reader)
  reader.expect(')')
  return test
}

function condition(reader: Reader): Statement {
  const test = inParentheses(reader)
  const yes = inner(reader)
  // `if (a) b; else c`: what ends the first part may stand before `else`.
  let ahead = 0
  while (['\n', ';'].includes(reader.after(ahead).text) && reader.after(ahead).kind === 'sign')
    ahead++
  const other = reader.after(ahead)
  if (other.kind !== 'keyword' || other.text !== 'else')
    return { kind: 'if', test, yes, no: undefined }
  reader.breaks()
  reader.expect('else')
  return { kind: 'if', test, yes, no: inner(reader) }
}

function forLoop(reader: Reader): Statement {
  reader.expect('(')
  if (reader.next.kind === 'name' && reader.after(1).text === 'in'
    && reader.after(3).text === ')' && reader.after(2).kind === 'name') {
    const name = reader.name()
    reader.expect('in')
    const table = reader.name()
    reader.expect(')')
    return { kind: 'each', name, table, body: inner(reader) }
  }
  const first = reader.is(';') ? undefined : simpleStatement(reader)
  reader.expect(';')
  const test = reader.is(';') ? undefined : parseExpression(reader)
  reader.expect(';')
  const next = reader.is(')') ? undefined : simpleStatement(reader)
  reader.expect(')')
  return loop({ first, test, next, body: inner(reader) })
}

function simpleStatement(reader: Reader): Statement {
  if (reader.is('break', 'continue', 'next', 'nextfile')) {
    const { text } = reader.take()
    const kind = (['break', 'continue', 'next', 'nextfile'] as const).find((one) => one === text)
    return { kind: kind ?? 'next' }
  }
  if (reader.is('exit', 'return')) {
    const kind = reader.take().text === 'exit' ? 'exit' : 'return'
    const value =
      reader.is(';', '\n', '}') || reader.next.kind === 'end' ? undefined : parseExpression(reader)
    return { kind, value }
  }
  if (reader.accept('delete')) {
    const name = reader.name()
    const index: Expression[] = []
    if (reader.accept('[')) {
      do index.push(parseExpression(reader)); while (reader.accept(','))
      reader.expect(']')
    }
    return { kind: 'delete', name, index }
  }
  if (reader.is('print', 'printf')) return print(reader)
  return { kind: 'expression', of: parseExpression(reader) }
}

function print(reader: Reader): Statement {
  const formatted = reader.take().text === 'printf'
  const items: Expression[] = []
  if (!reader.is(';', '\n', '}', '>', '>>', '|') && reader.next.kind !== 'end') {
    do {
      reader.newlines()
      items.push(parseExpression(reader, true))
    } while (reader.accept(','))
  }
  let into: Redirect | undefined
  if (reader.is('>', '>>')) {
    const append = reader.take().text === '>>'
    into = { append, to: parseExpression(reader, true) }
  }
  const [only] = items
  const listed = items.length === 1 && only?.kind === 'group' ? only.items : items
  return { kind: 'print', formatted, items: listed, into }
}
