import type { Label, Layout, Row, RowKind } from '../timeline/layout-types.ts'
import type { Difference } from './difference.ts'
import type { Ghost } from './ghosts.ts'

/** A number at what differs, the same in both pictures and in the list. */
export interface Disc {
  readonly number: number
  readonly x: number
  readonly y: number
}

export const DISC_RADIUS = 9
/** From the end of a text to the middle of its disc. */
const BESIDE_PX = 16
/** Two that would touch stand side by side. */
const PITCH_PX = 20
/** What belongs to a text stands no farther from it. */
const NEAR_PX = 14
/** A budget's figure makes way for the fork's line. */
const BUDGET_PX = 64

const ROWS: Readonly<Record<Difference['title']['name'], RowKind>> = {
  grace: 'grace', hook: 'hook', signal: 'process', exit: 'container', restarts: 'container',
  probe: 'probe', event: 'events', status: 'pod', delete: 'pod', gone: 'pod', returned: 'pod',
  pod: 'pod',
}

interface Given {
  readonly side: 'a' | 'b'
  readonly pxPerSecond: number
  readonly ghosts: readonly Ghost[]
  readonly forkX: number
}

/** The numbers of one branch's picture. */
export function discsOf(
  drawn: Layout, differences: readonly Difference[], given: Given,
): readonly Disc[] {
  const discs: Disc[] = []
  for (const difference of differences) {
    const place = besideFork(placeOf(drawn, difference, given), given.forkX)
    if (place) discs.push({ number: difference.number, ...free(discs, place) })
  }
  return discs
}

/** Left of the fork's line rather than in it. */
function besideFork(place: Point | null, forkX: number): Point | null {
  const room = DISC_RADIUS + 4
  return place && Math.abs(place.x - forkX) < room ? { ...place, x: forkX - room } : place
}

interface Point { readonly x: number; readonly y: number }

function placeOf(
  drawn: Layout, difference: Difference, { side, pxPerSecond, ghosts }: Given,
): Point | null {
  const moment = difference.moments[side]
  const row = rowOf(drawn, difference)
  // When a command returned is told in the list: it has no row.
  if (!row || moment === null || difference.title.name === 'returned') return null
  const x = (moment / 1_000) * pxPerSecond
  const middle = row.y + row.height / 2
  switch (difference.title.name) {
    case 'grace': return besideBudget(drawn, row, x)
    case 'hook': {
      const end = endOfHook(drawn, row, x)
      return { x: textEnd(drawn, row, end, ghosts) + BESIDE_PX, y: middle }
    }
    case 'gone':
    case 'exit': return { x: textEnd(drawn, row, x, ghosts) + BESIDE_PX, y: middle }
    default: return { x, y: Math.max(DISC_RADIUS + 1, row.y + 1) }
  }
}

function rowOf({ rows }: Layout, { place, title }: Difference): Row | undefined {
  const kind = ROWS[title.name]
  return rows.find((row) => row.kind === kind && row.pod === place?.pod
    && (row.container === '' || place.container === '' || row.container === place.container))
}

/** Left of the budget's figure, which stands left of its wedge. */
function besideBudget({ labels, wedges }: Layout, row: Row, x: number): Point {
  const wedge = wedges.find((one) => isIn(row, one.base) && Math.abs(one.x1 - x) < 1)
  const before = inRow(labels, row).filter((label) => label.x + label.width <= x)
  const label = before.at(-1)
  const y = label?.y ?? (wedge ? wedge.top + 6 : row.y + row.height / 2)
  const left = label && x - label.x - label.width < BUDGET_PX ? label.x : x
  return { x: left - BESIDE_PX, y }
}

/** A hook goes on for a while when the kubelet no longer waits for it. */
function endOfHook({ spans }: Layout, row: Row, x: number): number {
  const hook = spans.find((span) => isIn(row, span.y) && Math.abs(span.x - x) < 1)
  if (!hook) return x
  const end = hook.x + hook.width
  const rest = spans.find((span) => isIn(row, span.y) && Math.abs(span.x - end) < 1)
  return rest ? rest.x + rest.width : end
}

/** Where the texts end that stand right of a place, or right of an outline in the same row. */
function textEnd(drawn: Layout, row: Row, x: number, ghosts: readonly Ghost[]): number {
  const ends = ghosts.flatMap((ghost) =>
    ghost.as === 'box' && isIn(row, ghost.y) ? [ghost.x + ghost.width] : [])
  const end = [x, ...ends.filter((one) => one > x)].map((one) => chainEnd(drawn, row, one))
    .find((one) => one > x && !ends.includes(one)) ?? x
  // A number on an outline's edge would be read as part of it.
  const edge = ends.find((one) => Math.abs(one - end - BESIDE_PX) < DISC_RADIUS + 4)
  return edge ?? end
}

function chainEnd({ labels }: Layout, row: Row, x: number): number {
  let end = x
  for (const label of inRow(labels, row)) {
    if (label.x >= x - 1 && label.x - end < NEAR_PX) end = Math.max(end, label.x + label.width)
  }
  return end
}

function inRow(labels: readonly Label[], row: Row): readonly Label[] {
  return labels.filter(({ y }) => isIn(row, y)).toSorted((one, other) => one.x - other.x)
}

function isIn(row: Row, y: number): boolean {
  return y >= row.y && y < row.y + row.height
}

/** Next to those that stand there already. */
function free(discs: readonly Disc[], place: Point): Point {
  let { x } = place
  const isTaken = () => discs.some((disc) =>
    Math.abs(disc.y - place.y) < PITCH_PX && Math.abs(disc.x - x) < PITCH_PX)
  while (isTaken()) x += PITCH_PX
  return { x, y: place.y }
}
