import { isBlankOrEnd, Reader, type Mark } from './reader.ts'
import { scanBlock, scanDirective, scanName, scanPlain, scanQuoted, scanTag } from './scalars.ts'

export type TokenKind =
  | 'stream-end' | 'document-start' | 'document-end' | 'block-sequence' | 'block-mapping'
  | 'block-end' | 'flow-sequence' | 'flow-sequence-end' | 'flow-mapping' | 'flow-mapping-end'
  | 'block-entry' | 'flow-entry' | 'key' | 'value' | 'alias' | 'anchor' | 'tag' | 'scalar'

export interface Token { readonly kind: TokenKind; readonly start: Mark; readonly name?: string }

/** A place where a mapping's key may have begun without `?`. */
interface SimpleKey { possible: boolean; required: boolean; token: number; mark: Mark }

/** Models go-yaml scannerc.go: tokens one by one, with libyaml's rules for keys and indents. */
export class Scanner {
  private readonly reader: Reader
  private readonly queue: Token[] = []
  private taken = 0
  private indent = -1
  private readonly indents: number[] = []
  private flowLevel = 0
  private keyAllowed = true
  private ended = false
  private keys: SimpleKey[]

  constructor(text: string) {
    this.reader = new Reader(text.replace(/^\ufeff/, ''))
    this.keys = [this.noKey()]
  }

  peek(): Token {
    this.fetchMore()
    return this.queue[0]!
  }

  next(): Token {
    const token = this.peek()
    this.queue.shift()
    this.taken++
    return token
  }

  private noKey(): SimpleKey {
    return { possible: false, required: false, token: 0, mark: this.reader.mark }
  }

  private fetchMore(): void {
    for (;;) {
      if (this.queue.length > 0) {
        const head = this.keys.find((key) => key.possible && key.token === this.taken)
        if (!head || !this.isValid(head)) return
      }
      this.fetch()
    }
  }

  private isValid(key: SimpleKey): boolean {
    if (!key.possible) return false
    if (key.mark.line < this.reader.line || key.mark.index + 1024 < this.reader.index) {
      if (key.required) throw this.reader.problem(key.mark, "could not find expected ':'")
      key.possible = false
      return false
    }
    return true
  }

  private saveKey(): void {
    if (!this.keyAllowed) return
    const required = this.flowLevel === 0 && this.indent === this.reader.column
    this.removeKey()
    this.keys[this.keys.length - 1] = {
      possible: true, required, token: this.taken + this.queue.length, mark: this.reader.mark,
    }
  }

  private removeKey(): void {
    const key = this.keys.at(-1)!
    if (key.possible && key.required) {
      throw this.reader.problem(key.mark, "could not find expected ':'")
    }
    key.possible = false
  }

  private push(kind: TokenKind, start = this.reader.mark): void {
    this.queue.push({ kind, start })
  }

  private rollIndent(column: number, at: number, kind: TokenKind, mark: Mark): void {
    if (this.flowLevel > 0 || this.indent >= column) return
    this.indents.push(this.indent)
    this.indent = column
    if (at < 0) this.queue.push({ kind, start: mark })
    else this.queue.splice(at - this.taken, 0, { kind, start: mark })
  }

  private unrollIndent(column: number): void {
    if (this.flowLevel > 0) return
    while (this.indent > column) {
      this.push('block-end')
      this.indent = this.indents.pop()!
    }
  }

  private skipToToken(): void {
    const { reader } = this
    for (;;) {
      while (reader.peek() === ' '
        || (reader.peek() === '\t' && (this.flowLevel > 0 || !this.keyAllowed))) reader.skip()
      if (reader.peek() === '#') while (reader.peek() !== '' && !reader.atBreak) reader.skip()
      if (!reader.atBreak) return
      reader.skipLine()
      if (this.flowLevel === 0) this.keyAllowed = true
    }
  }

  private fetch(): void {
    const { reader } = this
    this.skipToToken()
    this.unrollIndent(reader.column)
    const character = reader.peek()
    const ends = isBlankOrEnd(reader.peek(1))
    if (character === '') return this.fetchEnd()
    if (reader.column === 0 && character === '%') return this.fetchDirective()
    if (reader.column === 0 && isBlankOrEnd(reader.peek(3))) {
      if (reader.startsWith('---')) return this.fetchMarker('document-start')
      if (reader.startsWith('...')) return this.fetchMarker('document-end')
    }
    switch (character) {
      case '[': return this.fetchFlowStart('flow-sequence')
      case '{': return this.fetchFlowStart('flow-mapping')
      case ']': return this.fetchFlowEnd('flow-sequence-end')
      case '}': return this.fetchFlowEnd('flow-mapping-end')
      case ',': return this.fetchFlowEntry()
      case '*': return this.fetchNamed('alias')
      case '&': return this.fetchNamed('anchor')
      case '!': return this.fetchTag()
      case "'":
      case '"': return this.fetchScalar(() => scanQuoted(reader))
    }
    if (character === '-' && ends) return this.fetchBlockEntry()
    if (character === '?' && (this.flowLevel > 0 || ends)) return this.fetchKey()
    if (character === ':' && (this.flowLevel > 0 || ends)) return this.fetchValue()
    if ((character === '|' || character === '>') && this.flowLevel === 0) {
      return this.fetchBlockScalar()
    }
    if (this.startsPlain(character)) return this.fetchPlain()
    throw reader.problem(reader.mark, 'found character that cannot start any token')
  }

  private startsPlain(character: string): boolean {
    const next = this.reader.peek(1)
    if (character === '-') return next !== ' ' && next !== '\t'
    if (character === '?' || character === ':') return this.flowLevel === 0 && !isBlankOrEnd(next)
    return !isBlankOrEnd(character) && !',[]{}#&*!|>\'"%@`'.includes(character)
  }

  private fetchEnd(): void {
    const { reader } = this
    if (reader.column !== 0) {
      reader.column = 0
      reader.line++
    }
    if (this.ended) return
    this.ended = true
    this.unrollIndent(-1)
    this.removeKey()
    this.keyAllowed = false
    this.push('stream-end')
  }

  /** Directives are not for manifests; `%YAML` and `%TAG` are passed over. */
  private fetchDirective(): void {
    const { reader } = this
    const start = reader.mark
    this.unrollIndent(-1)
    this.removeKey()
    this.keyAllowed = false
    scanDirective(reader, start)
  }

  private fetchMarker(kind: TokenKind): void {
    this.unrollIndent(-1)
    this.removeKey()
    this.keyAllowed = false
    this.push(kind)
    this.reader.skip(3)
  }

  private fetchFlowStart(kind: TokenKind): void {
    this.saveKey()
    this.keys.push(this.noKey())
    this.flowLevel++
    this.keyAllowed = true
    this.push(kind)
    this.reader.skip()
  }

  private fetchFlowEnd(kind: TokenKind): void {
    this.removeKey()
    if (this.flowLevel > 0) {
      this.flowLevel--
      this.keys.pop()
    }
    this.keyAllowed = false
    this.push(kind)
    this.reader.skip()
  }

  private fetchFlowEntry(): void {
    this.removeKey()
    this.keyAllowed = true
    this.push('flow-entry')
    this.reader.skip()
  }

  private fetchBlockEntry(): void {
    const { mark } = this.reader
    if (this.flowLevel === 0) {
      if (!this.keyAllowed) {
        throw this.reader.problem(mark, 'block sequence entries are not allowed in this context')
      }
      this.rollIndent(mark.column, -1, 'block-sequence', mark)
    }
    this.removeKey()
    this.keyAllowed = true
    this.push('block-entry')
    this.reader.skip()
  }

  private fetchKey(): void {
    const { mark } = this.reader
    if (this.flowLevel === 0) {
      if (!this.keyAllowed) {
        throw this.reader.problem(mark, 'mapping keys are not allowed in this context')
      }
      this.rollIndent(mark.column, -1, 'block-mapping', mark)
    }
    this.removeKey()
    this.keyAllowed = this.flowLevel === 0
    this.push('key')
    this.reader.skip()
  }

  private fetchValue(): void {
    const { mark } = this.reader
    const key = this.keys.at(-1)!
    if (this.isValid(key)) {
      this.queue.splice(key.token - this.taken, 0, { kind: 'key', start: key.mark })
      this.rollIndent(key.mark.column, key.token, 'block-mapping', key.mark)
      key.possible = false
      this.keyAllowed = false
    } else {
      if (this.flowLevel === 0) {
        if (!this.keyAllowed) {
          throw this.reader.problem(mark, 'mapping values are not allowed in this context')
        }
        this.rollIndent(mark.column, -1, 'block-mapping', mark)
      }
      this.keyAllowed = this.flowLevel === 0
    }
    this.push('value')
    this.reader.skip()
  }

  private fetchNamed(kind: 'alias' | 'anchor'): void {
    this.saveKey()
    this.keyAllowed = false
    const start = this.reader.mark
    this.queue.push({ kind, start, name: scanName(this.reader) })
  }

  private fetchTag(): void {
    this.saveKey()
    this.keyAllowed = false
    this.push('tag')
    scanTag(this.reader)
  }

  private fetchScalar(scan: () => void): void {
    this.saveKey()
    this.keyAllowed = false
    const start = this.reader.mark
    scan()
    this.push('scalar', start)
  }

  private fetchPlain(): void {
    this.fetchScalar(() => {
      if (scanPlain(this.reader, this.indent + 1, this.flowLevel > 0)) this.keyAllowed = true
    })
  }

  private fetchBlockScalar(): void {
    this.removeKey()
    this.keyAllowed = true
    const start = this.reader.mark
    scanBlock(this.reader, this.indent)
    this.push('scalar', start)
  }
}
