import { compareYamlKeys, resolvesToOther } from './yaml-words.ts'

// Models sigs.k8s.io/yaml: JSON values written by go-yaml v2 (sorted keys, sequences at the
// indent of their key, long plain and quoted text folded after column 80).

const bestWidth = 80

/** The YAML of a JSON value, with a final newline. */
export function toYaml(value: unknown): string {
  const emitter = new Emitter()
  emitter.root(value)
  return emitter.text
}

class Emitter {
  text = ''
  private column = 0
  /** Asking the text itself would put its pieces together for every line. */
  private atLineEnd = false

  root(value: unknown): void {
    if (isMap(value) && hasEntries(value)) this.map(value, 0, false)
    else if (Array.isArray(value) && value.length > 0) this.sequence(value, 0)
    else this.line(() => this.scalar(value, 2, false))
  }

  private put(text: string): void {
    if (text === '') return
    this.text += text
    const newline = text.lastIndexOf('\n')
    this.column = newline < 0 ? this.column + lengthOf(text) : lengthOf(text.slice(newline + 1))
    this.atLineEnd = newline === text.length - 1
  }

  private line(write: () => void): void {
    write()
    if (!this.atLineEnd) this.put('\n')
  }

  /** `inline`: the first key stands behind the `- ` of a sequence. */
  private map(value: Readonly<Record<string, unknown>>, indent: number, inline: boolean): void {
    const keys = Object.keys(value).filter((key) => value[key] !== undefined).sort(compareYamlKeys)
    for (const [at, key] of keys.entries()) {
      if (at > 0 || !inline) this.put(' '.repeat(indent))
      this.scalar(key, indent, true)
      this.put(':')
      this.value(value[key], indent)
    }
  }

  private value(value: unknown, indent: number): void {
    if (isMap(value) && hasEntries(value)) {
      this.put('\n')
      this.map(value, indent + 2, false)
    } else if (Array.isArray(value) && value.length > 0) {
      this.put('\n')
      this.sequence(value, indent)
    } else {
      this.put(' ')
      this.line(() => this.scalar(value, indent + 2, false))
    }
  }

  private sequence(items: readonly unknown[], indent: number): void {
    for (const item of items) {
      this.put(`${' '.repeat(indent)}- `)
      if (isMap(item) && hasEntries(item)) this.map(item, indent + 2, true)
      else if (Array.isArray(item) && item.length > 0) this.nestedSequence(item, indent + 2)
      else this.line(() => this.scalar(item, indent + 2, false))
    }
  }

  private nestedSequence(items: readonly unknown[], indent: number): void {
    const start = this.text.length
    this.sequence(items, indent)
    // The first `- ` stands on the line of the outer one.
    this.text = this.text.slice(0, start) + this.text.slice(start + indent)
  }

  private scalar(value: unknown, indent: number, key: boolean): void {
    if (typeof value !== 'string') this.put(plainValue(value))
    else this.string(value, indent, key)
  }

  private string(text: string, indent: number, key: boolean): void {
    const shape = analyse(text)
    if (text.includes('\n')) {
      if (shape.literal && !key) this.literal(text, indent)
      else this.doubleQuoted(text, indent, key)
    } else if (resolvesToOther(text)) this.doubleQuoted(text, indent, key)
    else if (shape.plain) this.folded(text, indent, key)
    else if (shape.singleQuoted) {
      this.put("'")
      this.folded(text.replaceAll("'", "''"), indent, key)
      this.put("'")
    } else this.doubleQuoted(text, indent, key)
  }

  private literal(text: string, indent: number): void {
    const leading = text[0] === ' ' || text[0] === '\n' ? '2' : ''
    const chomp = !text.endsWith('\n') ? '-' : text === '\n' || text.endsWith('\n\n') ? '+' : ''
    this.put(`|${leading}${chomp}\n`)
    const lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
    for (const line of lines) this.put(line === '' ? '\n' : `${' '.repeat(indent)}${line}\n`)
  }

  /** Breaks at a single blank once the line is longer than the best width. */
  private folded(text: string, indent: number, key: boolean): void {
    if (key || this.column + text.length <= bestWidth) return this.put(text)
    const characters = [...text]
    let blanks = false
    for (const [at, character] of characters.entries()) {
      const next = characters[at + 1]
      if (character === ' ' && !key && !blanks && this.column > bestWidth && next !== undefined
        && next !== ' ') this.put(`\n${' '.repeat(indent)}`)
      else this.put(character)
      blanks = character === ' '
    }
  }

  private doubleQuoted(text: string, indent: number, key: boolean): void {
    this.put('"')
    const characters = [...text]
    let blanks = false
    for (const [at, character] of characters.entries()) {
      const inside = at > 0 && at < characters.length - 1
      if (character === ' ' && !key && !blanks && this.column > bestWidth && inside) {
        this.put(`\n${' '.repeat(indent)}`)
        if (characters[at + 1] === ' ') this.put('\\')
      } else this.put(escaped(character))
      blanks = character === ' '
    }
    this.put('"')
  }
}

/** In characters. */
function lengthOf(text: string): number {
  return /^[\x00-\x7f]*$/.test(text) ? text.length : [...text].length
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function hasEntries(value: Readonly<Record<string, unknown>>): boolean {
  return Object.values(value).some((item) => item !== undefined)
}

function plainValue(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return '[]'
  if (typeof value === 'object') return '{}'
  return String(value)
}

const namedEscapes: Readonly<Record<string, string>> = {
  '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\u0000': '\\0', '\u0007': '\\a',
  '\b': '\\b', '\v': '\\v', '\f': '\\f', '\u001b': '\\e', '\u0085': '\\N', '\u00a0': '\\_',
  '\u2028': '\\L', '\u2029': '\\P',
}

function escaped(character: string): string {
  const named = namedEscapes[character]
  if (named !== undefined && character !== '\u00a0') return named
  const code = character.codePointAt(0)!
  // go-yaml takes what lies beyond 16 bits for unprintable.
  if (code > 0xffff) return `\\U${code.toString(16).toUpperCase().padStart(8, '0')}`
  return code < 0x20 || code === 0x7f
    ? `\\x${code.toString(16).toUpperCase().padStart(2, '0')}` : character
}

interface Shape {
  readonly plain: boolean
  readonly singleQuoted: boolean
  readonly literal: boolean
}

const unprintable =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u0084\u0086-\u009f\ufeff\ud800-\udfff]/

/** Models go-yaml emitterc.go yaml_emitter_analyze_scalar for block context. */
function analyse(text: string): Shape {
  const special = unprintable.test(text)
  const spaceBreak = / \n/.test(text)
  const breakSpace = /\n /.test(text)
  const outerSpace = /^[ \n]|[ \n]$/.test(text)
  const indicators = /^(---|\.\.\.)/.test(text) || /^[#,[\]{}&*!|>'"%@`]/.test(text)
    || /^[?:-](?=[ \t]|$)/.test(text) || /:(?=[ \t]|$)/.test(text.slice(1)) || /[ \t\n]#/.test(text)
  const broken = special || spaceBreak
  return {
    plain: !broken && !breakSpace && !outerSpace && !indicators && !text.includes('\n'),
    singleQuoted: !broken && !breakSpace,
    literal: !broken && !text.endsWith(' '),
  }
}
