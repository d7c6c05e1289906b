import type { Row, Span, SpanKind } from './layout-types.ts'
import type { Sketch } from './sketch.ts'

/** Nothing that happened is narrower than this. */
export const SMALLEST_PX = 3
/** Open spans are drawn past the playhead and cut there, so that they grow without a new layout. */
const AHEAD_PX = 4_000

export interface SpanWish {
  readonly key: string
  readonly entry: number
  readonly from: number
  readonly to: number | null
  readonly name: string
  readonly values: Record<string, string>
}

/**
 * A span of a row, or null where nobody sees it. Spans too small to be told apart, closer than they
 * are wide, become one with a count.
 */
export function makeSpan(
  sketch: Sketch, row: Row, kind: SpanKind, wish: SpanWish,
): Span | null {
  const x = sketch.x(wish.from)
  const width =
    wish.to === null
      ? Math.max(0, sketch.nowX - x) + AHEAD_PX
      : Math.max(SMALLEST_PX, sketch.x(wish.to) - x)
  if (!sketch.sees(x, x + width)) return null
  const { spanHeight } = sketch.input.metrics
  const y = row.y + (row.height - spanHeight) / 2
  const before = sketch.spans.at(-1)
  const isTiny = width <= SMALLEST_PX && before !== undefined && before.width <= SMALLEST_PX
  if (isTiny && before.y === y && x < before.x + SMALLEST_PX) {
    before.count++
    before.tip = {
      ...before.tip, to: wish.to, sentence: sketch.input.words.many(before.count),
    }
    return before
  }
  const made: Span = {
    key: wish.key, entry: wish.entry, count: 1, kind, x, width, y, height: spanHeight,
    open: wish.to === null,
    tip: {
      name: wish.name, from: wish.from, to: wish.to,
      sentence: sketch.input.words.sentence(kind, wish.values),
    },
  }
  sketch.spans.push(made)
  sketch.take(row, x, x + width, made)
  return made
}
