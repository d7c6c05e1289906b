import { Failure } from '../command/failure.ts'

/** A piece of a JSONPath template. Models client-go/util/jsonpath. */
export type PathNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'path'; readonly steps: readonly Step[] }
  /** Noticed only when it is run. */
  | { readonly kind: 'wrong'; readonly problem: string }
  | { readonly kind: 'range'; readonly steps: readonly Step[]; readonly body: readonly PathNode[] }

export type Step =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'recursive' }
  | { readonly kind: 'slice'; readonly from?: number; readonly to?: number; readonly by: number }
  | { readonly kind: 'index'; readonly at: number }
  | { readonly kind: 'union'; readonly members: readonly (readonly Step[])[] }
  | {
      readonly kind: 'filter'; readonly left: Operand
      readonly operator: string; readonly right: Operand
    }
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'root' }

export type Operand = readonly Step[]

/** Nodes of a whole template: text outside braces, paths inside. */
export function parseTemplate(template: string): readonly PathNode[] {
  const stack: { steps: readonly Step[]; body: PathNode[] }[] = [{ steps: [], body: [] }]
  let rest = template
  while (rest !== '') {
    const open = rest.indexOf('{')
    const text = open < 0 ? rest : rest.slice(0, open)
    if (text !== '') stack.at(-1)!.body.push({ kind: 'text', text })
    if (open < 0) break
    const action = actionLength(rest.slice(open), template)
    const words = rest.slice(open + 1, open + action - 1).trim()
    rest = rest.slice(open + action)
    if (words === 'end') {
      const closed = stack.length > 1 ? stack.pop() : undefined
      stack.at(-1)!.body.push(closed ? { kind: 'range', ...closed }
        : { kind: 'wrong', problem: 'not in range, nothing to end' })
    } else if (/^range\b/.test(words)) {
      stack.push({ steps: parseSteps(words.slice(5).trim(), template), body: [] })
    } else {
      for (const expression of expressions(words)) {
        stack.at(-1)!.body.push(isIdentifier(expression)
          ? { kind: 'wrong', problem: `unrecognized identifier ${expression}` }
          : { kind: 'path', steps: parseSteps(expression, template) })
      }
    }
  }
  // A range that is not ended goes to the end of the template.
  while (stack.length > 1) {
    const open = stack.pop()!
    stack.at(-1)!.body.push({ kind: 'range', ...open })
  }
  return stack[0]!.body
}

export function syntax(template: string, problem: string): Failure {
  return new Failure(`error parsing jsonpath ${template}, ${problem}`)
}

/** Length of `{…}` from its brace on; braces in quotes do not count. */
function actionLength(text: string, template: string): number {
  let quote = ''
  for (let at = 1; at < text.length; at++) {
    const character = text[at]!
    if (quote !== '') {
      if (character === '\\') at++
      else if (character === quote) quote = ''
    } else if (character === '"' || character === "'") quote = character
    else if (character === '}') return at + 1
  }
  throw syntax(template, quote === '' ? 'unclosed action' : 'unterminated quoted string')
}

function isIdentifier(words: string): boolean {
  return /^[A-Za-z]\w*$/.test(words) && words !== 'true' && words !== 'false'
}

/** Expressions of one action are separated by blanks outside brackets and quotes. */
function expressions(words: string): readonly string[] {
  return words.match(/(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\[[^\]]*\]|\S)+/g) ?? []
}

export function parseSteps(text: string, template: string): readonly Step[] {
  const steps: Step[] = []
  let rest = text
  if (/^["']/.test(rest)) return [{ kind: 'value', value: unquote(rest, template) }]
  if (/^-?\d+(\.\d+)?$/.test(rest)) return [{ kind: 'value', value: Number(rest) }]
  if (rest === 'true' || rest === 'false') return [{ kind: 'value', value: rest === 'true' }]
  if (/^[*{]/.test(rest)) {
    throw syntax(template, `unrecognized character in action: ${hex(rest[0]!)}`)
  }
  while (rest !== '') {
    const [step, length] = parseStep(rest, template)
    if (step) steps.push(step)
    rest = rest.slice(length)
  }
  return steps
}

function parseStep(text: string, template: string): readonly [Step | undefined, number] {
  if (text[0] === '$') return [{ kind: 'root' }, 1]
  if (text[0] === '@') return [undefined, 1]
  if (text.startsWith('..')) return [{ kind: 'recursive' }, text[2] === '.' ? 1 : 2]
  if (text[0] === '[') return parseBracket(text, template)
  const field = /^\.?((?:\\.|[^.,[\]\s|*@$\\])+)/.exec(text)
  if (field) return [{ kind: 'field', name: field[1]!.replace(/\\(.)/g, '$1') }, field[0].length]
  if (text.startsWith('.*')) return [{ kind: 'wildcard' }, 2]
  if (text === '.') return [undefined, 1]
  throw syntax(template, `unrecognized character in action: ${hex(text[0]!)}`)
}

function hex(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')} '${character}'`
}

function parseBracket(text: string, template: string): readonly [Step, number] {
  const end = bracketEnd(text, template)
  const inner = text.slice(1, end).trim()
  const length = end + 1
  const filter = /^\?\((.*)\)$/.exec(inner)
  if (filter) return [parseFilter(filter[1]!, template), length]
  if (inner === '*') return [{ kind: 'wildcard' }, length]
  if (/^-?\d+$/.test(inner)) return [{ kind: 'index', at: Number(inner) }, length]
  const slice = /^(-?\d*):(-?\d*)(?::(-?\d*))?$/.exec(inner)
  if (slice) return [sliceOf(slice), length]
  if (/^(['"]).*\1$/.test(inner) && !inner.slice(1, -1).includes(inner[0]!)) {
    return [{ kind: 'field', name: unquote(inner, template) }, length]
  }
  if (inner.includes(',')) {
    const members = inner.split(',').map(
      (member) => parseBracket(`[${member.trim()}]`, template)[0],
    )
    return [{ kind: 'union', members: members.map((member) => [member]) }, length]
  }
  throw syntax(template, `invalid array index ${inner}`)
}

function sliceOf([, from = '', to = '', by = '']: RegExpExecArray): Step {
  return {
    kind: 'slice', by: by === '' ? 1 : Number(by),
    ...(from === '' ? {} : { from: Number(from) }), ...(to === '' ? {} : { to: Number(to) }),
  }
}

function bracketEnd(text: string, template: string): number {
  let quote = ''
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!
    if (quote !== '') {
      if (character === quote) quote = ''
    } else if (character === '"' || character === "'") quote = character
    else if (character === '[') depth++
    else if (character === ']' && --depth === 0) return at
  }
  throw syntax(template, 'unterminated array')
}

function parseFilter(text: string, template: string): Step {
  const bare = text.replace(/'[^']*'|"[^"]*"/g, '')
  if (bare.includes('=~')) throw syntax(template, `unrecognized character in action: ${hex('~')}`)
  const parts = /^\s*(.+?)\s*(==|!=|<=|>=|<|>)\s*(.+?)\s*$/.exec(text)
  if (!parts) {
    return {
      kind: 'filter', left: parseSteps(text.trim(), template), operator: 'exists', right: [],
    }
  }
  const [, left, operator, right] = parts
  return {
    kind: 'filter', operator: operator!,
    left: parseSteps(left!, template), right: parseSteps(right!, template),
  }
}

function unquote(text: string, template: string): string {
  const body = text.slice(1, -1)
  if (text.length < 2 || text.at(-1) !== text[0]) {
    throw syntax(template, 'unterminated quoted string')
  }
  return body.replace(/\\(.)/g, (_, character: string) => {
    return ({ n: '\n', t: '\t', r: '\r' } as Readonly<Record<string, string>>)[character]
      ?? character
  })
}
