import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { busyTrace } from '../../tools/bench/timeline-trace.ts'
import { layout } from './layout.ts'
import type { Layout, LayoutInput } from './layout-types.ts'
import { input, touchingTexts } from './test-layout.ts'
import { podLives } from './trace-reader.ts'

// What holds of every picture: over a real trace, at any moment, scale and place.

const { entries, nowMillis } = busyTrace(700)
const everything = {
  folded: new Set<string>(),
  open: new Set(['default/web/app', 'default/web/sidecar', 'default/crash/main']),
}

function drawn(millis = nowMillis, change: Partial<LayoutInput> = {}): Layout {
  return layout(podLives(entries.filter(({ at }) => at <= millis)), input(millis, change))
}

describe('whatever the moment, the scale and the place', () => {
  const choices = fc.record({
    now: fc.integer({ min: 500, max: nowMillis }),
    atShare: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }),
    leftShare: fc.double({ min: 0, max: 1, noNaN: true }),
    pxPerSecond: fc.double({ min: 0.05, max: 200, noNaN: true }),
    isOpen: fc.boolean(),
  })
  type Choices = typeof choices extends fc.Arbitrary<infer T> ? T : never

  const at = ({ now, atShare, leftShare, pxPerSecond, isOpen }: Choices) =>
    drawn(now, {
      pxPerSecond, atMillis: atShare === null ? null : atShare * now, leftMillis: leftShare * now,
      ...(isOpen ? { choice: everything } : {}),
    })

  test('no two texts touch, and none stands in the playhead', () => {
    fc.assert(fc.property(choices, (chosen) => {
      const picture = at(chosen)
      expect(touchingTexts(picture)).toEqual([])
      const playhead = ((chosen.atShare ?? 1) * chosen.now * chosen.pxPerSecond) / 1_000
      for (const { x, width } of picture.labels) {
        expect(x + width < playhead || x > playhead).toBe(true)
      }
    }), { numRuns: 150 })
  })

  test('nothing is drawn after now but the end of a budget that drains', () => {
    fc.assert(fc.property(choices, (chosen) => {
      const { spans, marks, labels, wedges, threads } = at(chosen)
      const now = (chosen.now * chosen.pxPerSecond) / 1_000 + 0.001
      for (const span of spans) {
        expect(span.x).toBeLessThanOrEqual(now)
        // What goes on is drawn ahead and cut at the playhead.
        if (!span.open) expect(span.x + Math.max(0, span.width - 3)).toBeLessThanOrEqual(now)
      }
      for (const mark of marks) expect(mark.x).toBeLessThanOrEqual(now)
      for (const label of labels) expect(label.x + label.width).toBeLessThanOrEqual(now)
      for (const { x1, x2 } of threads) {
        expect(x1).toBeLessThanOrEqual(now)
        expect(x2 <= now || x2 === Infinity).toBe(true)
      }
      for (const wedge of wedges) {
        expect(wedge.until).toBeLessThanOrEqual(now)
        expect(wedge.x2 <= now || wedge.draining || wedge.until < wedge.x2).toBe(true)
      }
    }), { numRuns: 150 })
  })

  test('a name keeps clear of its neighbours wherever it follows the left edge', () => {
    fc.assert(fc.property(choices, (chosen) => {
      const { labels } = at(chosen)
      for (const label of labels) {
        if (!label.slide) continue
        const [from, to] = [label.slide.least, label.slide.most + label.width]
        const met = labels.filter((other) => other !== label && Math.abs(other.y - label.y) <= 8
          && other.x < to && from < other.x + other.width && !other.slide)
        expect(met.map(({ text }) => text)).toEqual([])
      }
    }), { numRuns: 80 })
  })

  test('what came after the moment looked at is pale, what came before is not', () => {
    const picture = drawn(nowMillis, { atMillis: 95_000 })
    const x = 95 * 15
    for (const mark of picture.marks) expect(mark.later).toBe(mark.x > x)
    for (const label of picture.labels) expect(label.later).toBe(label.x > x)
    expect(picture.marks.some(({ later }) => later)).toBe(true)
    expect(picture.wedges.length).toBeGreaterThan(0)
  })
})
