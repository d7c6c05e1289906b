import { expect, test } from 'vitest'
import { align } from './align.ts'
import { changedLines } from './changed-lines.ts'
import { begin, clampTo, next, previous, stops } from './playback.ts'

const pairs = (a: string, b: string) =>
  align([...a], [...b], (one) => one).map((pair) => `${pair.a ?? '-'}${pair.b ?? '-'}`).join(' ')

test('what is the same stands together, what was done instead side by side', () => {
  expect(pairs('abcd', 'abxd')).toBe('aa bb cx dd')
  expect(pairs('abcd', 'bd')).toBe('a- bb c- dd')
  expect(pairs('', 'ab')).toBe('-a -b')
  expect(pairs('ab', '')).toBe('a- b-')
  expect(pairs('xaby', 'pqabr')).toBe('xp -q aa bb yr')
})

test('long lists are bounded, and lose nothing', () => {
  const many = Array.from({ length: 2_000 }, (_, index) => String(index))
  const aligned = align(many, [...many, 'end'], (one) => one)
  expect(aligned.filter(({ b }) => b !== null)).toHaveLength(2_001)
  expect(aligned.filter(({ a }) => a !== null)).toHaveLength(2_000)
})

test('changed lines have the numbers of their own text', () => {
  expect(changedLines('kind: Pod\ngrace: 30\nx\n', 'kind: Pod\nnew\ngrace: 5\nx\n')).toEqual([
    { a: { number: 2, text: 'grace: 30' }, b: { number: 2, text: 'new' } },
    { a: null, b: { number: 3, text: 'grace: 5' } },
  ])
  expect(changedLines('a\nb\n', 'a\nb')).toEqual([])
})

const stretch = { fromMillis: 20_000, toMillis: 50_000 }

test('stops: the fork, what happened after it, the end', () => {
  const all = stops([5_000, 30_010, 30_000, 25_000, 60_000], stretch)
  expect(all).toEqual([20_000, 25_000, 30_000, 50_000])
  expect([next(all, 25_000), next(all, 50_000), previous(all, 25_000), previous(all, 20_000)])
    .toEqual([30_000, 50_000, 20_000, 20_000])
})

test('playing from the end begins at the fork; nobody looks beyond what is known', () => {
  expect([begin(50_000, stretch), begin(30_000, stretch)]).toEqual([20_000, 30_000])
  expect([clampTo(-5, stretch), clampTo(70_000, stretch)]).toEqual([0, 50_000])
})
