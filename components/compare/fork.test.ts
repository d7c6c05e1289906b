import { expect, test } from 'vitest'
import type { BranchEntries, BranchInfo, BranchTree } from '../../server/history.ts'
import type { TimelineEntry } from '../../server/protocol.ts'
import { forkOf } from './fork.ts'

function branch(id: string, parentId: string | null, forkAtMillis: number | null): BranchInfo {
  return { id, name: id, parentId, forkAtMillis, endMillis: 100 }
}

const tree: BranchTree = {
  open: 'main',
  branches: [
    branch('main', null, null), branch('left', 'main', 30), branch('right', 'main', 20),
    branch('deep', 'left', 40), branch('early', 'left', 10), branch('anew', null, null),
  ],
}

/** Lines typed at these moments. */
function typed(id: string, lines: readonly (readonly [number, string])[]): BranchEntries {
  const found = tree.branches.find((one) => one.id === id) ?? expect.fail(id)
  const entries = lines.map(([at, line], index): TimelineEntry => line === 'pace'
    ? { id: index, at, kind: 'input', input: 'pace', summary: '' }
    : { id: index, at, kind: 'command', tab: '1', line })
  return { branch: found, nowMillis: 100, entries }
}

const every = [[5, 'a'], [15, 'b'], [25, 'c'], [35, 'd'], [45, 'e']] as const

function partOf(one: string, other: string): number {
  return forkOf(tree, { a: typed(one, every), b: typed(other, every) }).atMillis
}

test('a branch and its parent part where it was forked', () => {
  expect(partOf('main', 'left')).toBe(30)
  expect(partOf('left', 'main')).toBe(30)
})

test('others part at the earliest fork on the way to what they have in common', () => {
  expect(partOf('left', 'right')).toBe(20)
  expect(partOf('deep', 'right')).toBe(20)
  expect(partOf('deep', 'main')).toBe(30)
  expect(partOf('early', 'deep')).toBe(10)
})

test('the entries have the last word', () => {
  const other = [[5, 'a'], [15, 'another'], [25, 'c']] as const
  const fork = forkOf(tree, { a: typed('main', every), b: typed('left', other) })
  expect(fork).toEqual({ atMillis: 15, shared: { a: 1, b: 1 }, isRelated: true })
})

test('how time was spent is no difference', () => {
  const paused = [[5, 'a'], [7, 'pace'], [15, 'b'], [25, 'c'], [30, 'pace'], [35, 'x']] as const
  const fork = forkOf(tree, { a: typed('main', every), b: typed('left', paused) })
  expect(fork).toEqual({ atMillis: 30, shared: { a: 3, b: 4 }, isRelated: true })
})

test('what a paused branch did at the very moment of the fork is its own', () => {
  const fork = forkOf(tree, {
    a: typed('main', [[5, 'a'], [30, 'shared'], [30, 'mine']]),
    b: typed('left', [[5, 'a'], [30, 'shared'], [30, 'yours']]),
  })
  expect(fork).toEqual({ atMillis: 30, shared: { a: 2, b: 2 }, isRelated: true })
})

test('branches that begin anew are the same as far as they are', () => {
  const fork = forkOf(tree, {
    a: typed('main', every), b: typed('anew', [[5, 'a'], [15, 'other']]),
  })
  expect(fork).toEqual({ atMillis: 15, shared: { a: 1, b: 1 }, isRelated: false })
})
