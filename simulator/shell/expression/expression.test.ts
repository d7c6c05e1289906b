import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BoundedExpression } from './bounded-expression.ts'
import { compileExpression } from './compile.ts'
import { runExpression } from './machine.ts'

const atoms = ['a', 'b', '.', '[ab]', '[^a]', '(a)', '(?:a|b)', '(b|ab)', '\\w', '^', '$', '\\b',
  '(?!b)', '(?<!\\w)', '世', '\\.']
const quantifiers = ['', '', '', '*', '+', '?', '{2}', '{1,2}', '{1,}', '*?']

const piece = fc.tuple(fc.constantFrom(...atoms), fc.constantFrom(...quantifiers))
  .map(([atom, times]) => /^(?:[$^]|\\b|\(\?[!<])/.test(atom) ? atom : atom + times)
const expression = fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join(''))
const subject = fc.array(fc.constantFrom('a', 'b', '.', '世', ' '), { maxLength: 9 })
  .map((characters) => characters.join(''))

function found(source: string, text: string): string[] | undefined {
  const ends = runExpression(compileExpression(source, 'u'), text, 0, {
    sticky: false, unicode: true,
  })
  return ends && [0, 1].map((at) => String(ends[at]))
}

describe('expressions of learners', () => {
  it('finds what the host finds', () => {
    fc.assert(fc.property(expression, subject, (source, text) => {
      const native = new RegExp(source, 'u').exec(text)
      const expected = native
        ? [String(native.index), String(native.index + native[0].length)] : undefined
      expect(found(source, text)).toEqual(expected)
    }), { numRuns: 1500, seed: 20261121 })
  })

  it('ends where the host would not', () => {
    const slow = ['^(a+)+$', '(a|aa)+$', '(a*)*b', 'a*a*a*a*a*a*a*a*b', '^(?:a?){60}a{60}b']
    for (const source of slow) {
      expect(new BoundedExpression(source).test(`${'a'.repeat(60)}!`), source).toBe(false)
    }
  })

  it('gives groups, replaces and walks as the host does', () => {
    expect('xaab'.replace(new BoundedExpression('(a+)+(b)?'), '<$1$2>')).toBe('x<aab>')
    expect(new BoundedExpression('(?:(x){0})*(a)').exec('a')?.[2]).toBe('a')
    const nested = `${'('.repeat(60)}a${')?'.repeat(60)}$`
    expect(new BoundedExpression(nested).exec('a')?.[0]).toBe('a')
    expect([...'ab12cd3'.matchAll(new BoundedExpression('([0-9])+', 'g'))].map((m) => m[0]))
      .toEqual(['12', '3'])
    expect(new BoundedExpression('(a)(b)?(?:c)*').exec('ac')).toEqual(/(a)(b)?(?:c)*/.exec('ac'))
    expect(new BoundedExpression('(.)(.)\\2\\1').exec('xabba')?.[0]).toBe('abba')
  })

  it('gives up where there is no end', () => {
    const source = '(a*)*(a*)*\\1\\2b'
    expect(() => new BoundedExpression(source).test('a'.repeat(300))).toThrow(RangeError)
  })
})
