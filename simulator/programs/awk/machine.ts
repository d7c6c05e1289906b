import { limits } from '../../limits.ts'
import type { Task } from '../../time/tasks.ts'
import type { Call } from '../command.ts'
import { matchAt, plainFunction, refuseMathematics, splitInto, substitute } from './functions.ts'
import { AwkFault } from './state.ts'
import type { AwkState, Slot } from './state.ts'
import type { Streams } from './streams.ts'
import { isPlace } from './tree.ts'
import type { AwkFunction, AwkProgram, Expression, Place } from './tree.ts'
import { Loose, compare, isTrue, toNumber, unset } from './values.ts'
import type { Value } from './values.ts'

const wholeLine: Place = { kind: 'field', of: { kind: 'number', value: 0 } }

/** Runs a function's body; statements have a file of their own. */
export type RunBody = (machine: Machine, body: AwkFunction['body']) => Task<Value>

/** Works out what the expressions of a program come to. */
export class Machine {
  private draws = 0

  constructor(
    readonly call: Call, readonly program: AwkProgram,
    readonly state: AwkState, readonly streams: Streams, private readonly runBody: RunBody,
  ) {}

  *truth(expression: Expression): Task<boolean> {
    return isTrue(yield* this.value(expression))
  }

  *text(expression: Expression): Task<string> {
    return this.state.text(yield* this.value(expression))
  }

  *value(node: Expression): Task<Value> {
    const { state } = this
    switch (node.kind) {
      case 'number': case 'string': return node.value
      case 'pattern': return this.matches(state.text(state.field(0)), node.source)
      case 'group': {
        let last: Value = unset
        for (const item of node.items) last = yield* this.value(item)
        return last
      }
      case 'name': case 'field': case 'element': return yield* this.read(node)
      case 'unary': return yield* this.unary(node)
      case 'binary': return yield* this.binary(node)
      case 'in': return state.table(node.name).has(yield* this.key(node.index)) ? 1 : 0
      case 'choice':
        return yield* this.value((yield* this.truth(node.test)) ? node.yes : node.no)
      case 'assign': {
        const right = yield* this.value(node.value)
        const value = node.operator === '' ? right
          : this.calculate(node.operator, toNumber(yield* this.read(node.to)), toNumber(right))
        yield* this.assign(node.to, value)
        return value
      }
      case 'step': {
        const before = toNumber(yield* this.read(node.to))
        yield* this.assign(node.to, before + node.by)
        return node.before ? before + node.by : before
      }
      case 'call': return yield* this.invoke(node.name, node.args)
      case 'getline': return yield* this.getline(node)
    }
  }

  *key(index: readonly Expression[]): Task<string> {
    const parts: string[] = []
    for (const one of index) parts.push(yield* this.text(one))
    return parts.join(this.state.globalText('SUBSEP'))
  }

  private *read(place: Place): Task<Value> {
    const { state } = this
    if (place.kind === 'name') return state.get(place.name)
    if (place.kind === 'field') return state.field(toNumber(yield* this.value(place.of)))
    const key = yield* this.key(place.index)
    const table = state.table(place.name)
    // To look at an element is to make it.
    if (!table.has(key)) table.set(key, unset)
    if (table.size > limits.shellVariableChars / 16) throw new AwkFault('out of memory')
    return table.get(key) ?? unset
  }

  private *assign(place: Place, value: Value): Task {
    const { state } = this
    if (typeof value === 'string' && value.length > limits.shellVariableChars)
      throw new AwkFault('out of memory')
    if (place.kind === 'name') state.set(place.name, value)
    else if (place.kind === 'field')
      state.setField(toNumber(yield* this.value(place.of)), value)
    else state.table(place.name).set(yield* this.key(place.index), value)
  }

  private *unary(node: Extract<Expression, { kind: 'unary' }>): Task<Value> {
    const value = yield* this.value(node.of)
    if (node.operator === '!') return isTrue(value) ? 0 : 1
    // Zero has no sign here.
    return node.operator === '-' ? 0 - toNumber(value) : toNumber(value)
  }

  private *binary(node: Extract<Expression, { kind: 'binary' }>): Task<Value> {
    const { operator, left, right } = node
    if (operator === '&&') return (yield* this.truth(left)) && (yield* this.truth(right)) ? 1 : 0
    if (operator === '||') return (yield* this.truth(left)) || (yield* this.truth(right)) ? 1 : 0
    if (operator === '~' || operator === '!~') {
      const text = yield* this.text(left)
      const found = this.matches(text, yield* this.patternSource(right))
      return operator === '~' ? found : 1 - found
    }
    const a = yield* this.value(left)
    const b = yield* this.value(right)
    if (operator === ' ') return this.state.text(a) + this.state.text(b)
    if (!/^[<>=!]/.test(operator)) return this.calculate(operator, toNumber(a), toNumber(b))
    const order = compare(a, b, this.state.dialect)
    switch (operator) {
      case '<': return order < 0 ? 1 : 0
      case '<=': return order <= 0 ? 1 : 0
      case '==': return order === 0 ? 1 : 0
      case '!=': return order !== 0 ? 1 : 0
      case '>': return order > 0 ? 1 : 0
      default: return order >= 0 ? 1 : 0
    }
  }

  private calculate(operator: string, a: number, b: number): number {
    switch (operator) {
      case '+': return a + b
      case '-': return a - b
      case '*': return a * b
      case '/':
        if (b === 0 && this.state.dialect === 'busybox') throw new AwkFault('Division by zero')
        return a / b
      case '%': return a % b
      default:
        refuseMathematics(this.state)
        return a ** b
    }
  }

  private matches(text: string, source: string): 0 | 1 {
    const pattern = this.state.pattern(source)
    pattern.lastIndex = 0
    return pattern.test(text) ? 1 : 0
  }

  private *patternSource(node: Expression): Task<string> {
    return node.kind === 'pattern' ? node.source : yield* this.text(node)
  }

  private *getline(node: Extract<Expression, { kind: 'getline' }>): Task<number> {
    const line = node.from === undefined ? yield* this.streams.line()
      : yield* this.streams.lineOf(yield* this.text(node.from))
    if (line === false) return -1
    if (line === undefined) return 0
    if (node.into) yield* this.assign(node.into, new Loose(line))
    else this.state.setLine(line)
    if (node.from !== undefined && !node.into)
      this.state.set('NR', toNumber(this.state.get('NR')) + 1)
    return 1
  }

  private *invoke(name: string, args: readonly Expression[]): Task<Value> {
    yield* this.call.process.work(1)
    const own = this.program.functions.get(name)
    if (own) return yield* this.callFunction(own, args)
    const { state } = this
    const [first, second, third] = args
    switch (name) {
      case 'split': {
        if (second?.kind !== 'name') throw new AwkFault('Unexpected token')
        const text = first ? yield* this.text(first) : ''
        const by = third ? yield* this.patternSource(third) : state.globalText('FS')
        const parted = third?.kind === 'pattern' ? state.pattern(by) : by
        return splitInto(state, text, second.name, parted)
      }
      case 'match': {
        const text = first ? yield* this.text(first) : ''
        return matchAt(state, text, state.pattern(second ? yield* this.patternSource(second) : ''))
      }
      case 'sub': case 'gsub': return yield* this.replace(name === 'gsub', args)
      case 'close': return this.streams.close(first ? yield* this.text(first) : '')
      case 'rand': return this.random()
      case 'srand': return 0
      case 'system': throw new AwkFault("error: awk's system() is not simulated in Grace")
      case 'length':
        if (first?.kind === 'name') {
          const slot = state.slot(first.name)
          if (slot instanceof Map) return slot.size
        }
    }
    const values: Value[] = []
    for (const one of args) values.push(yield* this.value(one))
    const value = plainFunction(state, name, values)
    if (value === undefined) throw new AwkFault(state.dialect === 'gnu'
      ? `function ${name} never defined` : 'Call to undefined function')
    return value
  }

  private *replace(everywhere: boolean, args: readonly Expression[]): Task<number> {
    const [first, second, third] = args
    const pattern = this.state.pattern(first ? yield* this.patternSource(first) : '')
    const by = second ? yield* this.text(second) : ''
    const target: Expression = third ?? wholeLine
    const [text, count] = substitute(yield* this.text(target), pattern, by, everywhere)
    if (count > 0 && isPlace(target)) yield* this.assign(target, text)
    return count
  }

  private *callFunction(own: AwkFunction, args: readonly Expression[]): Task<Value> {
    const { state } = this
    if (state.frames.length >= limits.shellNesting)
      throw new AwkFault(`error: functions nested deeper than ${limits.shellNesting} are not `
        + 'simulated in Grace')
    const frame = new Map<string, Slot>()
    for (const [index, parameter] of own.parameters.entries()) {
      const given = args[index]
      const slot = given?.kind === 'name' ? state.slot(given.name) : undefined
      frame.set(parameter, slot instanceof Map ? slot
        : given === undefined || (given.kind === 'name' && slot === undefined) ? unset
          : yield* this.value(given))
    }
    state.frames.push(frame)
    const value = yield* this.runBody(this, own.body)
    state.frames.pop()
    // A variable that had no value yet became a table in there.
    for (const [index, parameter] of own.parameters.entries()) {
      const given = args[index]
      const made = frame.get(parameter)
      if (given?.kind !== 'name' || !(made instanceof Map)) continue
      for (const [key, one] of made) state.table(given.name).set(key, one)
    }
    return value
  }

  /** Keyed by process and ordinal, so that a replay draws the same. */
  private random(): number {
    const { kernel, machine, pid } = this.call.process
    return kernel.chance.draw('awk-random', `${machine.name}/${pid}`, this.draws++)
  }
}
