import type { Layout } from '../timeline/layout-types.ts'
import type { Disc } from './discs.ts'

/** From where the longer process ended to where the shorter one did. */
export interface Arrow {
  readonly x1: number
  readonly x2: number
  readonly y: number
  readonly text: { readonly x: number; readonly width: number; readonly words: string }
  readonly points: 'left' | 'right'
}

/** Between a text and the arrow, and on both sides of its own words. */
const GAP_PX = 24
const LEAST_LINE_PX = 24

interface Ends { readonly here: number; readonly there: number }

/** The ends of the one process that both pictures have, in the row where they differ most. */
function endsOf(here: Layout, there: Layout): Ends & { readonly y: number } | null {
  const rows = here.rows.filter(({ kind }) => kind === 'process')
  const found = rows.flatMap((row) => {
    const other = there.rows.find(({ key }) => key === row.key)
    const inRow = (drawn: Layout, top: number) => drawn.spans
      .filter((span) => span.kind === 'process' && span.y >= top && span.y < top + row.height)
      .at(-1)
    const [mine, theirs] = [inRow(here, row.y), other && inRow(there, other.y)]
    if (!mine || !theirs || mine.open || theirs.open) return []
    return [{
      here: mine.x + mine.width, there: theirs.x + theirs.width, y: row.y + row.height / 2,
    }]
  })
  const by = ({ here: mine, there: theirs }: Ends) => Math.abs(mine - theirs)
  return found.toSorted((one, other) => by(other) - by(one))[0] ?? null
}

interface Say {
  /** From one place to another, in words. */
  readonly between: (fromX: number, toX: number) => string
  readonly measure: (text: string, bold: boolean) => number
}

/**
 * Drawn in the picture in which the process ended first, where there is paper left of where the
 * other ended; left out where there is no room for its words.
 */
export function arrowOf(
  here: Layout, there: Layout, discs: readonly Disc[], points: Arrow['points'], say: Say,
): Arrow | null {
  const ends = endsOf(here, there)
  if (!ends || ends.here >= ends.there) return null
  const words = say.between(ends.here, ends.there)
  const width = say.measure(words, true)
  const { y } = ends
  const isNear = (other: number) => Math.abs(other - y) < 12
  const taken = [
    ends.here,
    ...here.labels.filter((label) => isNear(label.y)).map((label) => label.x + label.width),
    ...here.marks.filter((mark) => isNear(mark.y)).map((mark) => mark.x + 9),
    ...discs.filter((disc) => isNear(disc.y)).map((disc) => disc.x + 9),
  ].filter((x) => x < ends.there)
  const x1 = Math.max(...taken) + GAP_PX
  const x2 = ends.there - 1
  if (x2 - x1 < width + 2 * (GAP_PX / 3 + LEAST_LINE_PX)) return null
  return { x1, x2, y, points, text: { x: (x1 + x2 - width) / 2, width, words } }
}
