/** A learner's {1..9999}{1..9999} must not fill the memory; beyond this braces stay as they are. */
const maxItems = 100_000

/** bash's brace expansion over the raw text of a word; a word without braces comes back alone. */
export function expandBraces(text: string): string[] {
  const group = findGroup(text)
  if (!group) return [text]
  const before = text.slice(0, group.start)
  const after = text.slice(group.end + 1)
  const middles = group.choices.flatMap((choice) =>
    group.sequence ? [choice] : expandBraces(choice))
  const tails = expandBraces(after)
  if (middles.length * tails.length > maxItems) return [text]
  return middles.flatMap((middle) => tails.map((tail) => before + middle + tail))
}

interface Group {
  readonly start: number
  readonly end: number
  readonly choices: readonly string[]
  readonly sequence: boolean
}

function findGroup(text: string): Group | undefined {
  for (let at = 0; at < text.length; at++) {
    at = skipQuoted(text, at)
    if (text[at] !== '{') continue
    const group = readGroup(text, at)
    if (group) return group
  }
  return undefined
}

function readGroup(text: string, start: number): Group | undefined {
  const choices: string[] = ['']
  let depth = 0
  for (let at = start; at < text.length; at++) {
    const next = skipQuoted(text, at)
    if (next > at) {
      choices[choices.length - 1] += text.slice(at, next)
      at = next - 1
      continue
    }
    const key = text[at]!
    if (key === '{' && ++depth === 1) continue
    if (key === '}' && --depth === 0) {
      if (choices.length > 1) return { start, end: at, choices, sequence: false }
      const sequence = expandSequence(choices[0]!)
      return sequence && { start, end: at, choices: sequence, sequence: true }
    }
    if (key === ',' && depth === 1) choices.push('')
    else choices[choices.length - 1] += key
  }
  return undefined
}

/** Position after quotes, an escape or an expansion that begins at `at`; else `at`. */
function skipQuoted(text: string, at: number): number {
  const key = text[at]
  if (key === '\\') return Math.min(at + 2, text.length)
  if (key === "'") return closeAt(text, at, "'")
  if (key === '"') {
    let end = at + 1
    while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1
    return Math.min(end + 1, text.length)
  }
  if (key === '`') return closeAt(text, at, '`')
  if (key === '$' && text[at + 1] === '{') return balanced(text, at + 1, '{', '}')
  if (key === '$' && text[at + 1] === '(') return balanced(text, at + 1, '(', ')')
  return at
}

function closeAt(text: string, at: number, mark: string): number {
  const end = text.indexOf(mark, at + 1)
  return end < 0 ? text.length : end + 1
}

function balanced(text: string, open: number, left: string, right: string): number {
  let depth = 0
  for (let at = open; at < text.length; at++) {
    if (text[at] === left) depth++
    else if (text[at] === right && --depth === 0) return at + 1
  }
  return text.length
}

function expandSequence(body: string): string[] | undefined {
  const numbers = /^(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?$/.exec(body)
  if (numbers) {
    const [, from = '', to = '', step = '1'] = numbers
    const width = /^-?0\d/.test(from) || /^-?0\d/.test(to) ? Math.max(from.length, to.length) : 0
    return range(Number(from), Number(to), Number(step))?.map((one) => pad(one, width))
  }
  const letters = /^([A-Za-z])\.\.([A-Za-z])(?:\.\.(-?\d+))?$/.exec(body)
  if (!letters) return undefined
  const [, from = '', to = '', step = '1'] = letters
  return range(from.charCodeAt(0), to.charCodeAt(0), Number(step))
    ?.map((code) => String.fromCharCode(code))
}

function range(from: number, to: number, step: number): number[] | undefined {
  const stride = Math.abs(step) || 1
  const out: number[] = []
  if (Math.abs(to - from) / stride > maxItems) return undefined
  if (from <= to) for (let at = from; at <= to; at += stride) out.push(at)
  else for (let at = from; at >= to; at -= stride) out.push(at)
  return out
}

function pad(value: number, width: number): string {
  const digits = String(Math.abs(value)).padStart(value < 0 ? width - 1 : width, '0')
  return value < 0 ? `-${digits}` : digits
}
