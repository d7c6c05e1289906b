import type { Reader } from './parser.ts'
import { isPlace } from './tree.ts'
import type { Expression, Place } from './tree.ts'

/** How far an expression may reach: in `print` a `>` is no comparison. */
interface Reach { readonly printing: boolean }

const comparisons: readonly string[] = ['<', '<=', '==', '!=', '>=']

export function parseExpression(reader: Reader, printing = false): Expression {
  return reader.deeper(() => ternary(reader, { printing }))
}

function ternary(reader: Reader, reach: Reach): Expression {
  const test = either(reader, reach)
  const operator = reader.next.text
  if (isPlace(test) && reader.is('=', '+=', '-=', '*=', '/=', '%=', '^=')) {
    reader.take()
    reader.newlines()
    const value = reader.deeper(() => ternary(reader, reach))
    return { kind: 'assign', operator: operator.slice(0, -1), to: test, value }
  }
  if (!reader.accept('?')) return test
  reader.newlines()
  const yes = reader.deeper(() => ternary(reader, reach))
  reader.newlines()
  reader.expect(':')
  reader.newlines()
  return { kind: 'choice', test, yes, no: reader.deeper(() => ternary(reader, reach)) }
}

function either(reader: Reader, reach: Reach): Expression {
  return chain(reader, '||', () => chain(reader, '&&', () => membership(reader, reach)))
}

/** Operands from left to right; a line may end after the operator. */
function chain(reader: Reader, operator: '||' | '&&', operand: () => Expression): Expression {
  let left = operand()
  while (reader.accept(operator)) {
    reader.newlines()
    left = { kind: 'binary', operator, left, right: operand() }
  }
  return left
}

function membership(reader: Reader, reach: Reach): Expression {
  let left = matching(reader, reach)
  while (reader.accept('in')) {
    const index = left.kind === 'group' ? left.items : [left]
    left = { kind: 'in', index, name: reader.name() }
  }
  return left
}

function matching(reader: Reader, reach: Reach): Expression {
  let left = comparison(reader, reach)
  while (reader.is('~', '!~')) {
    const operator = reader.take().text
    left = { kind: 'binary', operator, left, right: comparison(reader, reach) }
  }
  return left
}

function comparison(reader: Reader, reach: Reach): Expression {
  const left = joined(reader)
  if (!reader.is(...comparisons) && (reach.printing || !reader.is('>'))) return left
  const operator = reader.take().text
  return { kind: 'binary', operator, left, right: joined(reader) }
}

/** Values that stand beside each other are joined. */
function joined(reader: Reader): Expression {
  let left = additive(reader)
  while (beginsValue(reader)) {
    left = { kind: 'binary', operator: ' ', left, right: additive(reader) }
  }
  return left
}

function beginsValue(reader: Reader): boolean {
  const { kind } = reader.next
  if (kind === 'number' || kind === 'string' || kind === 'name' || kind === 'call') return true
  return kind === 'pattern' || reader.is('$', '(', '++', '--')
}

function additive(reader: Reader): Expression {
  let left = product(reader)
  while (reader.is('+', '-')) {
    const operator = reader.take().text
    left = { kind: 'binary', operator, left, right: product(reader) }
  }
  return left
}

function product(reader: Reader): Expression {
  let left = unary(reader)
  while (reader.is('*', '/', '%')) {
    const operator = reader.take().text
    left = { kind: 'binary', operator, left, right: unary(reader) }
  }
  return left
}

function unary(reader: Reader): Expression {
  return reader.deeper(() => {
    if (!reader.is('!', '-', '+')) return power(reader)
    const { text } = reader.take()
    const operator = text === '!' ? '!' : text === '-' ? '-' : '+'
    return { kind: 'unary', operator, of: unary(reader) }
  })
}

function power(reader: Reader): Expression {
  const base = stepped(reader)
  if (!reader.accept('^')) return base
  return { kind: 'binary', operator: '^', left: base, right: unary(reader) }
}

function stepped(reader: Reader): Expression {
  if (reader.is('++', '--')) {
    const by = reader.take().text === '++' ? 1 : -1
    const to = primary(reader)
    if (!isPlace(to)) reader.fail()
    return { kind: 'step', to, by, before: true }
  }
  const value = primary(reader)
  if (!isPlace(value) || !reader.is('++', '--')) return value
  return { kind: 'step', to: value, by: reader.take().text === '++' ? 1 : -1, before: false }
}

function primary(reader: Reader): Expression {
  const token = reader.take()
  switch (token.kind) {
    case 'number': return { kind: 'number', value: Number(token.text) }
    case 'string': return { kind: 'string', value: token.text }
    case 'pattern': return { kind: 'pattern', source: token.text }
    case 'call': {
      reader.expect('(')
      return { kind: 'call', name: token.text, args: list(reader, ')') }
    }
    case 'name': {
      if (reader.accept('['))
        return { kind: 'element', name: token.text, index: list(reader, ']') }
      // `length` is the only function that needs no parentheses.
      if (token.text === 'length') return { kind: 'call', name: 'length', args: [] }
      return { kind: 'name', name: token.text }
    }
    case 'keyword': return getline(reader, token.text)
    default: return signed(reader, token.text)
  }
}

function signed(reader: Reader, text: string): Expression {
  if (text === '$') {
    const stepsFirst = reader.is('++', '--')
    return { kind: 'field', of: reader.deeper(() => (stepsFirst ? stepped : primary)(reader)) }
  }
  if (text !== '(') reader.fail()
  const items = list(reader, ')')
  if (items.length === 0) reader.fail()
  return { kind: 'group', items }
}

function list(reader: Reader, close: string): Expression[] {
  const items: Expression[] = []
  reader.newlines()
  while (!reader.accept(close)) {
    items.push(parseExpression(reader))
    reader.newlines()
    if (!reader.is(close)) reader.expect(',')
    reader.newlines()
  }
  return items
}

function getline(reader: Reader, word: string): Expression {
  if (word !== 'getline') reader.fail()
  let into: Place | undefined
  if (reader.next.kind === 'name' || reader.is('$')) {
    const place = primary(reader)
    if (isPlace(place)) into = place
  }
  const from = reader.accept('<') ? reader.deeper(() => stepped(reader)) : undefined
  return { kind: 'getline', into, from }
}
