import type { Label, Layout } from '../timeline/layout-types.ts'
import type { Ghost } from './ghosts.ts'

// Texts make way for what the comparison draws over a picture: no line runs through a word.

const INSET_PX = 9
const AIR_PX = 5
/** Texts nearer than this to one another belong together. */
const CHAIN_PX = 16

/** What came of a thing stands behind an outline that would run through it. */
export function clearOfGhosts(drawn: Layout, ghosts: readonly Ghost[]): Layout {
  const labels = ghosts.reduce<readonly Label[]>((all, ghost) => {
    if (ghost.as !== 'box') return all
    const { x, width, y, height } = ghost
    const end = x + width
    const inRow = all.filter((label) =>
      label.pad === null && label.y > y && label.y < y + height)
    const within = inRow.filter((label) =>
      label.x < end + AIR_PX && label.x + label.width > x - AIR_PX)
    const isInside = within.every((label) =>
      label.x >= x && label.x + label.width < end - AIR_PX)
    if (isInside) return all
    const first = Math.min(...within.map((label) => label.x))
    const chain = chainFrom(inRow, first)
    const by = end + INSET_PX - first
    return all.map((label) => (chain.includes(label) ? { ...label, x: label.x + by } : label))
  }, drawn.labels)
  return labels === drawn.labels ? drawn : { ...drawn, labels }
}

/** The texts from a place on that follow one another without a gap. */
function chainFrom(labels: readonly Label[], fromX: number): readonly Label[] {
  const chain: Label[] = []
  let end = fromX
  for (const label of labels.toSorted((one, other) => one.x - other.x)) {
    if (label.x < fromX) continue
    if (label.x - end > CHAIN_PX) break
    chain.push(label)
    end = label.x + label.width
  }
  return chain
}

/** The line of the fork, from top to bottom; what cannot make way is left out. */
export function clearOfFork(drawn: Layout, forkX: number): Layout {
  const labels = drawn.labels.flatMap((label) => {
    const moved = besideFork(label, forkX)
    if (!moved || moved.x === label.x) return moved ?? []
    const isTaken = drawn.labels.some((other) => other !== label && isTouching(other, moved))
    return isTaken ? [] : moved
  })
  return { ...drawn, labels }
}

function isTouching(one: Label, other: Label): boolean {
  return Math.abs(one.y - other.y) < 14 && one.x < other.x + other.width + AIR_PX
    && other.x < one.x + one.width + AIR_PX
}

function besideFork(label: Label, forkX: number): Label | null {
  const { x, width, slide } = label
  const left = forkX - INSET_PX - width
  const right = forkX + INSET_PX
  const isCrossed = x < forkX + AIR_PX && x + width > forkX - AIR_PX
  if (!slide) return isCrossed ? { ...label, x: left } : label
  if (!isCrossed) {
    // A name that follows the left edge stops before the line.
    const most = x < forkX ? Math.min(slide.most, left) : slide.most
    const least = x < forkX ? slide.least : Math.max(slide.least, right)
    return { ...label, slide: least < most ? { least, most } : null }
  }
  if (left >= slide.least) return { ...label, x: left, slide: null }
  return right <= slide.most ? { ...label, x: right, slide: null } : null
}
