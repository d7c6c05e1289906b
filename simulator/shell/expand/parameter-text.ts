import { limits } from '../../limits.ts'
import { PatternSearch } from './pattern-search.ts'
import { compilePattern } from './pattern.ts'

// What parameter operations make of a text.

/** `${x#pattern}` and its three relatives. */
export function removeMatch(text: string, pattern: string, operator: string): string {
  const search = new PatternSearch(pattern)
  const longest = operator.length === 2
  if (operator.startsWith('#')) return text.slice(search.prefixEnd(text, longest) ?? 0)
  return text.slice(0, search.suffixStart(text, longest) ?? text.length)
}

/** `${x/pattern/by}`, `//`, `/#`, `/%`. */
export function replaceMatches(
  text: string, pattern: string, by: (match: string) => string, operator: string,
): string {
  if (pattern === '') return text
  const search = new PatternSearch(pattern)
  if (operator === '/#') {
    const end = search.prefixEnd(text, true)
    return end === undefined ? text : by(text.slice(0, end)) + text.slice(end)
  }
  if (operator === '/%') {
    const start = search.suffixStart(text, true)
    return start === undefined ? text : text.slice(0, start) + by(text.slice(start))
  }
  const parts: string[] = []
  let at = 0
  let length = text.length
  for (let found = search.next(text, 0); found; found = search.next(text, at)) {
    const replaced = by(text.slice(found.from, found.to))
    parts.push(text.slice(at, found.from), replaced)
    at = found.to
    length += replaced.length
    // A shell that needs so much memory for one word ends as any program does.
    if (length > 4 * limits.shellVariableChars) throw new RangeError('out of memory')
    if (operator === '/') break
  }
  return parts.join('') + text.slice(at)
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
