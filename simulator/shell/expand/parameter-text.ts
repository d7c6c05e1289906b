import { compilePattern } from './pattern.ts'
import { doubleQuote, singleQuote } from './quote.ts'

// What parameter operations make of a text.

/** `${x#pattern}` and its three relatives. */
export function removeMatch(text: string, pattern: string, operator: string): string {
  const shape = compilePattern(pattern)
  const fromFront = operator.startsWith('#')
  const longest = operator.length === 2
  for (let step = 0; step <= text.length; step++) {
    const length = longest ? text.length - step : step
    const part = fromFront ? text.slice(0, length) : text.slice(text.length - length)
    if (shape.test(part))
      return fromFront ? text.slice(length) : text.slice(0, text.length - length)
  }
  return text
}

/** `${x/pattern/by}`, `//`, `/#`, `/%`. */
export function replaceMatches(
  text: string, pattern: string, by: string, operator: string,
): string {
  if (pattern === '') return text
  const shape = compilePattern(pattern)
  const longestAt = (at: number): number => {
    for (let end = text.length; end >= at; end--) if (shape.test(text.slice(at, end))) return end
    return -1
  }
  if (operator === '/#') {
    const end = longestAt(0)
    return end < 0 ? text : by + text.slice(end)
  }
  if (operator === '/%') {
    for (let at = 0; at <= text.length; at++)
      if (shape.test(text.slice(at))) return text.slice(0, at) + by
    return text
  }
  let out = ''
  for (let at = 0; at < text.length;) {
    const end = longestAt(at)
    if (end <= at) {
      out += text[at++]
      continue
    }
    out += by
    at = end
    if (operator === '/') return out + text.slice(at)
  }
  return out
}

/** `${x^^pattern}` and its relatives. */
export function changeCase(text: string, pattern: string, operator: string): string {
  const shape = compilePattern(pattern)
  const change = (key: string): string =>
    !shape.test(key) ? key : operator.startsWith('^') ? key.toUpperCase() : key.toLowerCase()
  const [first, ...rest] = text
  if (first === undefined) return text
  return operator.length === 2 ? [...text].map(change).join('') : change(first) + rest.join('')
}

/** `${x@Q}` and its relatives. */
export function transform(name: string, text: string, operator: string): string {
  switch (operator) {
    case 'Q': return singleQuote(text)
    case 'U': return text.toUpperCase()
    case 'L': return text.toLowerCase()
    case 'u': return text.slice(0, 1).toUpperCase() + text.slice(1)
    case 'A': return `${name}=${doubleQuote(text)}`
    default: return text
  }
}
