import fc from 'fast-check'
import { expect, it } from 'vitest'
import { removeMatch, replaceMatches } from './parameter-text.ts'
import { matches } from './pattern.ts'

const pattern = fc.string({
  unit: fc.constantFrom('a', 'b', '*', '?', '[ab]', '[!a]'),
  maxLength: 6,
})
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 10 })

/** By trying every length, as POSIX words it. */
function plainRemove(of: string, by: string, operator: string): string {
  const front = operator.startsWith('#')
  const lengths = [...Array(of.length + 1).keys()]
  if (operator.length === 2) lengths.reverse()
  const found = lengths.find((length) =>
    matches(by, front ? of.slice(0, length) : of.slice(of.length - length)))
  if (found === undefined) return of
  return front ? of.slice(found) : of.slice(0, of.length - found)
}

function plainReplace(of: string, by: string): string {
  let out = ''
  for (let at = 0; at < of.length;) {
    let end = of.length
    while (end > at && !matches(by, of.slice(at, end))) end--
    out += end > at ? '<>' : of[at]
    at = Math.max(end, at + 1)
  }
  return out
}

it.each(['#', '##', '%', '%%'])('${x%spattern} removes what POSIX says', (operator) => {
  fc.assert(fc.property(text, pattern, (of, by) => {
    expect(removeMatch(of, by, operator)).toBe(plainRemove(of, by, operator))
  }), { numRuns: 400 })
})

it('${x//pattern/by} replaces the longest match at each place', () => {
  fc.assert(fc.property(text, pattern, (of, by) => {
    if (by !== '') expect(replaceMatches(of, by, () => '<>', '//')).toBe(plainReplace(of, by))
  }), { numRuns: 400 })
})

it('long texts and many stars cost no more than a look at each place', () => {
  const long = 'a'.repeat(200_000)
  expect(replaceMatches(long, 'a*b', () => 'x', '//')).toBe(long)
  expect(removeMatch(long, '*a*a*a*b', '%')).toBe(long)
  expect(removeMatch(long, 'a*a', '%')).toBe(long.slice(0, -2))
  expect(replaceMatches(long, 'a', () => 'bb', '//')).toHaveLength(400_000)
  expect(matches('*a*a*a*a*a*a*b', long)).toBe(false)
})
