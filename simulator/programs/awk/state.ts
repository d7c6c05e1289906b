import { limits } from '../../limits.ts'
import type { Dialect } from '../command.ts'
import { posixExpression } from '../text/expressions.ts'
import { Loose, toNumber, toText, unset } from './values.ts'
import type { Value } from './values.ts'

export type Table = Map<string, Value>
export type Slot = Value | Table

/** The program asks for something it may not: the sentence ends the run. */
export class AwkFault extends Error {}

/** Variables, and the line at hand with its fields. */
export class AwkState {
  readonly globals = new Map<string, Slot>([
    ['FS', ' '], ['OFS', ' '], ['ORS', '\n'], ['RS', '\n'], ['SUBSEP', '\x1c'],
    ['CONVFMT', '%.6g'], ['OFMT', '%.6g'], ['NR', 0], ['FNR', 0], ['RSTART', 0], ['RLENGTH', -1],
  ])
  /** Locals of the functions under way, the innermost last. */
  readonly frames: Map<string, Slot>[] = []
  private line = ''
  private fields: Value[] | undefined = []
  private stale = false
  private readonly patterns = new Map<string, RegExp>()

  constructor(readonly dialect: Dialect) {}

  text(value: Value): string {
    return toText(value, this.dialect, this.globalText('CONVFMT'))
  }

  globalText(name: string): string {
    const value = this.globals.get(name) ?? unset
    return value instanceof Map ? '' : toText(value, this.dialect)
  }

  get(name: string): Value {
    if (name === 'NF') return this.split().length
    const value = this.scope(name).get(name) ?? unset
    if (value instanceof Map) throw new AwkFault(`can't use array ${name} in scalar context`)
    return value
  }

  set(name: string, value: Value): void {
    const scope = this.scope(name)
    if (scope.get(name) instanceof Map)
      throw new AwkFault(`can't use array ${name} in scalar context`)
    if (name === 'NF' && scope === this.globals) this.setCount(toNumber(value))
    else scope.set(name, value)
  }

  table(name: string): Table {
    const scope = this.scope(name)
    const known = scope.get(name)
    if (known instanceof Map) return known
    if (known !== undefined && known !== unset)
      throw new AwkFault(`can't use scalar ${name} as array`)
    const table: Table = new Map()
    scope.set(name, table)
    return table
  }

  slot(name: string): Slot | undefined {
    return this.scope(name).get(name)
  }

  private scope(name: string): Map<string, Slot> {
    const frame = this.frames.at(-1)
    return frame?.has(name) ? frame : this.globals
  }

  setLine(line: string): void {
    this.line = line
    this.fields = undefined
    this.stale = false
  }

  field(index: number): Value {
    if (index < 0 || !Number.isFinite(index))
      throw new AwkFault(`attempt to access field ${index}`)
    if (index === 0) return new Loose(this.wholeLine())
    return this.split()[Math.trunc(index) - 1] ?? unset
  }

  setField(index: number, value: Value): void {
    if (index === 0) return this.setLine(this.text(value))
    this.setCount(Math.max(Math.trunc(index), this.split().length))
    this.split()[Math.trunc(index) - 1] = value
  }

  private setCount(count: number): void {
    if (!(count >= 0 && count <= limits.shellVariableChars / 16))
      throw new AwkFault(`attempt to access field ${count}`)
    const fields = this.split()
    while (fields.length < count) fields.push('')
    fields.length = Math.trunc(count)
    this.stale = true
  }

  private wholeLine(): string {
    if (!this.stale) return this.line
    this.line = this.split().map((one) => this.text(one)).join(this.globalText('OFS'))
    this.stale = false
    return this.line
  }

  private split(): Value[] {
    this.fields ??= this.pieces(this.line, this.globalText('FS')).map((one) => new Loose(one))
    return this.fields
  }

  /** As FS and `split` take a text apart. */
  pieces(text: string, by: string | RegExp): string[] {
    if (by === ' ') return text.trim() === '' ? [] : text.trim().split(/\s+/)
    if (text === '') return []
    if (by === '') return [...text]
    if (by === '\t' || (typeof by === 'string' && by.length === 1 && by !== '\\'))
      return text.split(by)
    return cut(text, this.pattern(by))
  }

  pattern(source: string | RegExp): RegExp {
    if (typeof source !== 'string') return source
    const known = this.patterns.get(source)
    if (known) return known
    const made = posixExpression(source.replaceAll('\\/', '/'), 'extended', 'gu')
    if (this.patterns.size < 200) this.patterns.set(source, made)
    return made
  }
}

/** Without the groups a pattern has, which `split` would give as well. */
function cut(text: string, by: RegExp): string[] {
  const out: string[] = []
  let from = 0
  for (const found of text.matchAll(by)) {
    if (found[0] === '') continue
    out.push(text.slice(from, found.index))
    from = found.index + found[0].length
  }
  return [...out, text.slice(from)]
}
