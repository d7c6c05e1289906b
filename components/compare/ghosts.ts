import type { Layout, Row, RowKind, Wedge } from '../timeline/layout-types.ts'

/** Where the other branch was: an outline of what is not here. */
export type Ghost =
  | {
      readonly as: 'box'; readonly key: string
      /** Nothing of this branch stands left of it. */
      readonly isAlone: boolean
      readonly x: number; readonly width: number; readonly y: number; readonly height: number
    }
  /** The slope of its budget. */
  | {
      readonly as: 'slope'; readonly key: string
      readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number
    }
  /** Its end, within what goes on here. */
  | { readonly as: 'end'; readonly key: string; readonly x: number; readonly y: number
      readonly height: number }

const KINDS: readonly RowKind[] = ['container', 'hook', 'process']
/** Less is no difference that an eye could see. */
const LEAST_PX = 5

interface Stretch { readonly from: number; readonly to: number }

/** Outlines of the first branch, drawn over the second. */
export function ghostsOf(there: Layout, here: Layout, forkX: number): readonly Ghost[] {
  return here.rows.flatMap((row) => {
    const other = there.rows.find(({ key }) => key === row.key)
    if (!other) return []
    if (row.kind === 'grace') return slopes(there, other, here, row)
    return KINDS.includes(row.kind) ? boxes(there, other, here, row, forkX) : []
  })
}

function boxes(
  there: Layout, other: Row, here: Layout, row: Row, forkX: number,
): readonly Ghost[] {
  const height = here.spans.find((span) => isIn(row, span.y))?.height
    ?? there.spans.find((span) => isIn(other, span.y))?.height ?? 0
  const y = row.y + (row.height - height) / 2
  const was = stretches(there, other)
  const is = stretches(here, row)
  const missing = was.flatMap((stretch) =>
    without({ ...stretch, from: Math.max(stretch.from, forkX) }, is))
  const key = (x: number) => `${row.key}-${Math.round(x)}`
  const left = missing.filter(({ from, to }) => to - from >= LEAST_PX).map(({ from, to }) => ({
    as: 'box' as const, key: key(from), x: from, width: to - from, y, height,
    isAlone: from > forkX && is.every((stretch) => Math.abs(stretch.to - from) > 1),
  }))
  const ends = was.filter(({ to }) => to > forkX && is.some((stretch) =>
    stretch.from < to && stretch.to > to + LEAST_PX))
  return [
    ...left, ...ends.map(({ to }) => ({ as: 'end' as const, key: key(to), x: to, y, height })),
  ]
}

/** What a row is filled with, touching spans as one. */
function stretches({ spans }: Layout, row: Row): readonly Stretch[] {
  const found: { from: number; to: number }[] = []
  const inRow = spans.filter((span) => isIn(row, span.y) && span.kind !== 'waiting')
  for (const { x, width } of inRow.toSorted((one, other) => one.x - other.x)) {
    const last = found.at(-1)
    if (last && x <= last.to + 1) last.to = Math.max(last.to, x + width)
    else found.push({ from: x, to: x + width })
  }
  return found
}

function without(stretch: Stretch, others: readonly Stretch[]): readonly Stretch[] {
  return others.reduce<readonly Stretch[]>((rest, other) => rest.flatMap((one) => [
    { from: one.from, to: Math.min(one.to, other.from) },
    { from: Math.max(one.from, other.to), to: one.to },
  ].filter(({ from, to }) => to > from)), [stretch])
}

/** The other budget, where it is another: its top and where it would have been spent. */
function slopes(there: Layout, other: Row, here: Layout, row: Row): readonly Ghost[] {
  const wedges = (drawn: Layout, of: Row) => drawn.wedges.filter(({ base }) => isIn(of, base))
  const mine = wedges(here, row)
  const down = row.y - other.y
  const isSame = (one: Wedge, two: Wedge) =>
    Math.abs(one.x1 - two.x1) < LEAST_PX && Math.abs(one.x2 - two.x2) < LEAST_PX
  return wedges(there, other).filter((wedge) => !mine.some((one) => isSame(wedge, one)))
    .flatMap((wedge) => gapped(here, wedge.key, {
      x1: wedge.x1, y1: wedge.top + down, x2: wedge.x2, y2: wedge.base + down,
    }))
}

interface Line {
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
}

const AIR_PX = 6
const HALF_TEXT_PX = 10

/** A sloping line with gaps where words stand. */
function gapped({ labels }: Layout, key: string, line: Line): readonly Ghost[] {
  const { x1, y1, x2, y2 } = line
  const slope = (y2 - y1) / Math.max(1, x2 - x1)
  const xAt = (y: number) => slope === 0 ? x1 : x1 + (y - y1) / slope
  const gaps = labels.flatMap((label): Stretch[] => {
    const from = Math.max(label.x - AIR_PX, xAt(label.y - HALF_TEXT_PX))
    const to = Math.min(label.x + label.width + AIR_PX, xAt(label.y + HALF_TEXT_PX))
    return label.y >= y1 - HALF_TEXT_PX && label.y <= y2 + HALF_TEXT_PX && to > from
      ? [{ from, to }] : []
  })
  return without({ from: x1, to: x2 }, gaps).map(({ from, to }) => ({
    as: 'slope' as const, key: `${key}-${Math.round(from)}`,
    x1: from, y1: y1 + (from - x1) * slope, x2: to, y2: y1 + (to - x1) * slope,
  }))
}

function isIn(row: Row, y: number): boolean {
  return y >= row.y && y < row.y + row.height
}
