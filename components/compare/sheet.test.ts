import { describe, expect, test } from 'vitest'
import { Lab } from '../../simulator/lab.ts'
import { touchingTexts, words as testWords } from '../timeline/test-layout.ts'
import type { Layout } from '../timeline/layout-types.ts'
import { compare, type Comparison } from './difference.ts'
import { DISC_RADIUS } from './discs.ts'
import { apply, fork } from './sample-branches.ts'
import { sheets, type SheetInput } from './sheet.ts'
import { drawTree } from './tree-layout.ts'

const plain = 'kubectl delete pod busybox'
const short = `${plain} --grace-period=5`

function comparisonOf(a: string, b: string, at = 20_000): Comparison {
  const { tree, branches } = fork({
    newLab: (start) => new Lab(start), forkMillis: 20_000, shared: apply,
    a: [[20_000, a]], b: [[at, b]],
  })
  return compare(tree, branches)
}

const input: SheetInput = {
  leftMillis: 12_000, pxPerSecond: 20, atMillis: null,
  frame: { fromX: 0, toX: 2_000, top: -Infinity, bottom: Infinity },
  metrics: { pitch: 46, spanHeight: 22, graceHeight: 88 },
  choice: { folded: new Set(), open: new Set() },
  words: testWords, measure: (text) => text.length * 6.5,
  earlier: (seconds) => `${seconds} s earlier`, later: (seconds) => `${seconds} s later`,
}
const forkX = 400

const comparison = comparisonOf(plain, short)
const { a, b } = sheets(comparison, input)

const row = (drawn: Layout, kind: string) =>
  drawn.rows.find((one) => one.kind === kind) ?? expect.fail(kind)

describe('two timelines over one axis', () => {
  test('the same rows at the same heights', () => {
    expect(b.drawn.rows.map(({ key, y }) => [key, y]))
      .toEqual(a.drawn.rows.map(({ key, y }) => [key, y]))
  })

  test('the shared past stands at the same places', () => {
    const before = (drawn: Layout) =>
      drawn.spans.filter(({ x }) => x < forkX).map(({ kind, x, y }) => [kind, x, y])
    expect(before(b.drawn)).toEqual(before(a.drawn))
    expect(before(a.drawn).length).toBeGreaterThan(1)
  })

  test('a second of grace is equally high in both', () => {
    const [one, other] = [a.drawn.wedges[0], b.drawn.wedges[0]]
    if (!one || !other) return expect.fail('no wedge')
    expect((other.base - other.top) / 5).toBeCloseTo((one.base - one.top) / 30)
  })
})

describe('where the other branch was', () => {
  test('only the second has outlines, and none of them in the shared past', () => {
    expect(a.ghosts).toEqual([])
    for (const ghost of b.ghosts) {
      expect('x' in ghost ? ghost.x : ghost.x1).toBeGreaterThanOrEqual(forkX)
    }
  })

  test('they end where the first branch ended', () => {
    const end = (kind: string) => Math.max(...a.drawn.spans
      .filter(({ y }) => y >= row(a.drawn, kind).y && y < row(a.drawn, kind).y + 46)
      .map(({ x, width }) => x + width))
    const boxes = b.ghosts.filter((ghost) => ghost.as === 'box')
    for (const kind of ['container', 'hook', 'process']) {
      const box = boxes.find(({ key }) => key.includes(`/${kind}/`)) ?? expect.fail(kind)
      expect(box.x + box.width).toBeCloseTo(end(kind))
    }
    expect(b.ghosts.some(({ as }) => as === 'slope')).toBe(true)
  })

  test('no outline ends within a word', () => {
    for (const ghost of b.ghosts) {
      if (ghost.as !== 'box') continue
      const end = ghost.x + ghost.width
      const crossed = b.drawn.labels.filter(({ x, y, width }) =>
        y > ghost.y && y < ghost.y + ghost.height && x < end && x + width > end)
      expect(crossed.map(({ text }) => text)).toEqual([])
    }
  })

  test('the same in both: nothing to outline, no number, no arrow', () => {
    const same = sheets(comparisonOf(plain, plain), input)
    expect([same.b.ghosts, same.a.discs, same.b.discs, same.a.arrow, same.b.arrow])
      .toEqual([[], [], [], null, null])
  })
})

describe('numbers', () => {
  test('the same ones in both pictures', () => {
    expect(a.discs.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5])
    expect(b.discs.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5])
  })

  test('none touches a word, a mark or another number', () => {
    for (const { discs, drawn } of [a, b]) {
      for (const disc of discs) {
        const words = drawn.labels.filter(({ x, y, width }) => Math.abs(y - disc.y) < 15
          && x < disc.x + DISC_RADIUS && x + width > disc.x - DISC_RADIUS)
        expect([disc.number, words.map(({ text }) => text)]).toEqual([disc.number, []])
        const marks = drawn.marks.filter(({ x, y, kind }) => kind !== 'status'
          && Math.hypot(x - disc.x, y - disc.y) < DISC_RADIUS + 8)
        expect([disc.number, marks.map(({ kind }) => kind)]).toEqual([disc.number, []])
        const others = discs.filter((other) => other !== disc
          && Math.hypot(other.x - disc.x, other.y - disc.y) < 2 * DISC_RADIUS)
        expect(others).toEqual([])
      }
    }
  })

  test('no outline runs through a word or a number, wherever the deletes were', () => {
    for (const at of [20_000, 22_500, 29_500, 31_000, 45_000]) {
      for (const pxPerSecond of [6, 8, 11, 13, 16, 20, 30]) {
        const { b: other } = sheets(comparisonOf(plain, short, at), { ...input, pxPerSecond })
        for (const ghost of other.ghosts) {
          if (ghost.as !== 'box') continue
          const edges = [...(ghost.isAlone ? [ghost.x] : []), ghost.x + ghost.width]
          const isIn = ({ y }: { readonly y: number }) => y > ghost.y && y < ghost.y + ghost.height
          const words = other.drawn.labels.filter((label) => isIn(label)
            && edges.some((x) => label.x < x && label.x + label.width > x))
          const discs = other.discs.filter((disc) => isIn(disc)
            && edges.some((x) => Math.abs(disc.x - x) < DISC_RADIUS))
          expect([at, pxPerSecond, words.map(({ text }) => text), discs])
            .toEqual([at, pxPerSecond, [], []])
        }
        expect([at, pxPerSecond, touchingTexts(other.drawn)]).toEqual([at, pxPerSecond, []])
      }
    }
  })

  test('each stands at its moment, or right after its words', () => {
    const sigkill = comparison.differences[3] ?? expect.fail('no fourth')
    expect(b.discs[3]?.x).toBeCloseTo(((sigkill.moments.b ?? 0) / 1_000) * 20)
  })
})

describe('the arrow', () => {
  test('from the end of the longer to the end of the shorter', () => {
    expect(b.arrow?.text.words).toBe('23.1 s earlier')
    expect(b.arrow?.points).toBe('left')
    expect(a.arrow).toBeNull()
  })

  test('in the other picture when it is the first that ended before', () => {
    const turned = sheets(comparisonOf(short, plain), input)
    expect(turned.a.arrow?.text.words).toBe('23.0 s later')
    expect(turned.b.arrow).toBeNull()
  })

  test('none where it would not fit, or where moments count from each delete', () => {
    expect(sheets(comparison, { ...input, pxPerSecond: 5 }).b.arrow).toBeNull()
    expect(sheets(comparisonOf(plain, short, 25_000), input).b.arrow).toBeNull()
  })
})

test('no word stands in the line of the fork, at any scale', () => {
  for (const pxPerSecond of [3, 8, 15, 40, 120]) {
    const x = 20 * pxPerSecond
    const both = sheets(comparison, { ...input, pxPerSecond })
    for (const { drawn } of [both.a, both.b]) {
      const crossed = drawn.labels.filter((label) => label.x < x && label.x + label.width > x)
      expect(crossed.map(({ text }) => text)).toEqual([])
    }
  }
})

test('a small tree: each branch below the one it left, lines within the width', () => {
  const branch = (id: string, parentId: string | null, forkAtMillis: number, endMillis: number) =>
    ({ id, name: id, parentId, forkAtMillis: parentId ? forkAtMillis : null, endMillis })
  const tree = {
    open: 'c',
    branches: [
      branch('main', null, 0, 50_000), branch('late', 'main', 49_900, 50_000),
      branch('early', 'main', 10_000, 20_000), branch('deep', 'early', 15_000, 90_000),
    ],
  }
  const drawn = drawTree(tree, { width: 320, measure: (text) => text.length * 7 })
  expect(drawn.lines.map(({ id }) => id)).toEqual(['main', 'early', 'deep', 'late'])
  for (const { endX, nameX } of drawn.lines) {
    expect(endX).toBeLessThanOrEqual(320)
    expect(nameX).toBeLessThanOrEqual(320)
  }
  expect(drawn.forks).toHaveLength(3)
})
