import { expect, test } from 'vitest'
import { baseOf, clean, directoryOf, isWithin, join, withoutShortcuts } from './paths.ts'

test.each([
  ['', '.'], ['/', '/'], ['a//b/./c/', 'a/b/c'], ['../a/..', '..'], ['/../a', '/a'],
  ['a/../..', '..'],
])('clean %j is %j', (path, cleaned) => {
  expect(clean(path)).toBe(cleaned)
})

test('names and directories', () => {
  expect([baseOf('/a/b/'), baseOf('a'), baseOf('/'), baseOf('')]).toEqual(['b', 'a', '/', '.'])
  expect([directoryOf('/a/b'), directoryOf('b'), directoryOf('/b')]).toEqual(['/a', '.', '/'])
  expect(join('x', '', '../y')).toBe('y')
})

test('nothing leads out of the destination', () => {
  expect(withoutShortcuts('../../etc')).toBe('etc')
  expect(withoutShortcuts('..')).toBe('')
  expect(isWithin('.', 'a/b')).toBe(true)
  expect(isWithin('.', '../b')).toBe(false)
  expect(isWithin('/tmp/x', '/tmp/x/y')).toBe(true)
  expect(isWithin('/tmp/x', '/tmp/xy')).toBe(false)
})
