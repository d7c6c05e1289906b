/** What the program cannot be; `token` is what stood in the way. */
export class AwkError extends Error {
  constructor(readonly token: string, readonly line: number, message = 'Unexpected token') {
    super(message)
  }
}

export interface Lexeme {
  readonly kind: 'number' | 'string' | 'pattern' | 'name' | 'call' | 'keyword' | 'sign' | 'end'
  readonly text: string
  readonly line: number
}

const keywords: ReadonlySet<string> = new Set([
  'BEGIN', 'END', 'function', 'func', 'if', 'else', 'while', 'for', 'do', 'break', 'continue',
  'next', 'nextfile', 'exit', 'return', 'delete', 'in', 'getline', 'print', 'printf',
])

/** Functions whose bracket may stand apart. */
export const builtinNames: ReadonlySet<string> = new Set([
  'length', 'substr', 'index', 'split', 'sub', 'gsub', 'match', 'sprintf', 'sin', 'cos', 'atan2',
  'exp', 'log', 'sqrt', 'int', 'rand', 'srand', 'tolower', 'toupper', 'system', 'close', 'fflush',
])

const sign = /(?:\*\*=?|\+\+|--|[-+*/%^=<>!]=|!~|&&|\|\||>>|[{}()[\];,+\-*/%^!<>|?:~$=\n])/y
const number = /(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/y
const name = /[A-Za-z_]\w*/y
const skipped = /(?:[ \t\r]|\\\n|#[^\n]*)+/y

const escapes: Readonly<Record<string, string>> = {
  n: '\n', t: '\t', r: '\r', '\\': '\\', '"': '"', '/': '/', a: '\x07', b: '\b', f: '\f', v: '\v',
}

/** Takes a program apart. A slash begins a pattern where no value stands before it. */
export function lexemes(source: string): Lexeme[] {
  const out: Lexeme[] = []
  let at = 0
  let line = 1
  const take = (shape: RegExp): string | undefined => {
    shape.lastIndex = at
    const found = shape.exec(source)?.[0]
    if (found !== undefined) at += found.length
    return found
  }
  for (;;) {
    line += (take(skipped)?.match(/\n/g) ?? []).length
    const add = (kind: Lexeme['kind'], text: string): void => void out.push({ kind, text, line })
    const key = source[at]
    if (key === undefined) {
      add('end', '')
      return out
    }
    if (key === '"') {
      const [text, end] = quoted(source, at, line)
      add('string', text)
      at = end
    } else if (key === '/' && !endsValue(out.at(-1))) {
      const end = patternEnd(source, at, line)
      add('pattern', source.slice(at + 1, end).replaceAll('\\/', '/'))
      at = end + 1
    } else if (/[0-9.]/.test(key)) add('number', take(number) ?? fail(key, line))
    else if (/[A-Za-z_]/.test(key)) {
      const word = take(name) ?? ''
      const called = source[at] === '('
        || (builtinNames.has(word) && /^[ \t]*\(/.test(source.slice(at, at + 20)))
      add(keywords.has(word) ? 'keyword' : called ? 'call' : 'name', word)
    } else {
      const text = take(sign) ?? fail(key, line)
      add('sign', text === '**' ? '^' : text === '**=' ? '^=' : text)
      if (text === '\n') line++
    }
  }
}

function fail(token: string, line: number): never {
  throw new AwkError(token, line)
}

function endsValue(last: Lexeme | undefined): boolean {
  if (last === undefined) return false
  if (last.kind === 'sign') return [')', ']', '$', '++', '--'].includes(last.text)
  return last.kind !== 'keyword'
}

function patternEnd(source: string, from: number, line: number): number {
  let inSet = false
  for (let at = from + 1; at < source.length && source[at] !== '\n'; at++) {
    if (source[at] === '\\') at++
    else if (source[at] === '[') inSet = true
    else if (source[at] === ']') inSet = false
    else if (source[at] === '/' && !inSet) return at
  }
  throw new AwkError('', line, 'Unexpected end of string')
}

function quoted(source: string, from: number, line: number): readonly [string, number] {
  let text = ''
  for (let at = from + 1; ; at++) {
    const key = source[at]
    if (key === undefined || key === '\n')
      throw new AwkError('', line, 'Unexpected end of string')
    if (key === '"') return [text, at + 1]
    if (key !== '\\') text += key
    else {
      const octal = /^[0-7]{1,3}/.exec(source.slice(at + 1, at + 4))?.[0]
      const next = source[at + 1] ?? ''
      text += octal !== undefined ? String.fromCharCode(Number.parseInt(octal, 8))
        : escapes[next] ?? `\\${next}`
      at += octal?.length ?? 1
    }
  }
}
