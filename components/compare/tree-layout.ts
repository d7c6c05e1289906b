import type { BranchInfo, BranchTree } from '../../server/history.ts'

/** One branch: a line on its own height, from where it left its parent. */
export interface TreeLine {
  readonly id: string
  readonly name: string
  /** Null: from the lab's start. */
  readonly from: number | null
  readonly to: number
  readonly y: number
  readonly path: string
  readonly endX: number
  readonly nameX: number
  readonly anchor: 'start' | 'end'
  /** Where the time of its end stands, if there is room beside the name. */
  readonly timeX: number | null
}

export interface DrawnTree {
  readonly lines: readonly TreeLine[]
  readonly forks: readonly { readonly key: string; readonly x: number; readonly y: number }[]
  readonly height: number
}

interface Room {
  readonly width: number
  readonly measure: (text: string, bold: boolean) => number
}

const EDGE_PX = 6
const PITCH_PX = 44
const TOP_PX = 10
/** A curve needs this much from the parent's height to its own. */
const CURVE_PX = 26
const TIME_PX = 52
const AIR_PX = 8

/** Branches from top to bottom, each below its parent, times to scale. */
export function drawTree(tree: BranchTree, room: Room): DrawnTree {
  const { width } = room
  const ordered = inOrder(tree.branches)
  const last = Math.max(1, ...ordered.map(({ endMillis }) => endMillis))
  const x = (millis: number) => EDGE_PX + (millis / last) * (width - 2 * EDGE_PX)
  const yOf = new Map(ordered.map(({ id }, index) => [id, TOP_PX + index * PITCH_PX]))
  const forkXs = (id: string) => ordered.filter(({ parentId }) => parentId === id)
    .map(({ forkAtMillis }) => Math.min(x(forkAtMillis ?? 0), width - EDGE_PX - CURVE_PX))
    .toSorted((one, other) => one - other)
  const lines = ordered.map((branch): TreeLine => {
    const y = yOf.get(branch.id) ?? TOP_PX
    const parentY = branch.parentId === null ? undefined : yOf.get(branch.parentId)
    const from = parentY === undefined ? null : (branch.forkAtMillis ?? 0)
    const startX = from === null ? x(0) : Math.min(x(from), width - EDGE_PX - CURVE_PX)
    const endX = Math.max(x(branch.endMillis), from === null ? startX : startX + CURVE_PX)
    const path = from === null || parentY === undefined ? `M${startX} ${y}H${endX}`
      : curve(startX, parentY, y, endX)
    return { id: branch.id, name: branch.name, from, to: branch.endMillis, y, path, endX,
      ...placeName(branch.name, {
        startX: startX + (from === null ? 0 : CURVE_PX), endX, forkXs: forkXs(branch.id), room,
      }) }
  })
  return {
    lines, height: TOP_PX + ordered.length * PITCH_PX - 14,
    forks: ordered.flatMap(({ id, parentId, forkAtMillis }) => {
      const y = parentId === null ? undefined : yOf.get(parentId)
      if (y === undefined) return []
      return [{ key: id, x: Math.min(x(forkAtMillis ?? 0), width - EDGE_PX - CURVE_PX), y }]
    }),
  }
}

interface NamePlace {
  readonly startX: number
  readonly endX: number
  /** Where other lines go down from this one, from left to right. */
  readonly forkXs: readonly number[]
  readonly room: Room
}

/** Under the line's beginning, where no other line runs through; at the right edge if too long. */
function placeName(name: string, { startX, endX, forkXs, room }: NamePlace) {
  const { width, measure } = room
  const wide = measure(name, true)
  const nameX = forkXs.reduce(
    (x, fork) => (fork > x - AIR_PX && fork < x + wide + AIR_PX ? fork + AIR_PX : x), startX,
  )
  if (nameX + wide > width) return { nameX: width, anchor: 'end' as const, timeX: null }
  const timeX = Math.max(endX, nameX + wide + TIME_PX)
  const isCrossed = forkXs.some((fork) => fork > timeX - TIME_PX && fork < timeX + AIR_PX)
  return {
    nameX, anchor: 'start' as const, timeX: timeX <= width && !isCrossed ? timeX : null,
  }
}

function curve(x: number, fromY: number, y: number, endX: number): string {
  return `M${x} ${fromY}V${y - 12}Q${x} ${y} ${x + 12} ${y}H${endX}`
}

/** Each branch below the one that it left, the earlier fork first. */
function inOrder(branches: readonly BranchInfo[]): readonly BranchInfo[] {
  const ids = new Set(branches.map(({ id }) => id))
  const isRoot = ({ parentId }: BranchInfo) => parentId === null || !ids.has(parentId)
  const below = (parent: string): readonly BranchInfo[] => branches
    .filter((branch) => branch.parentId === parent)
    .toSorted((one, other) => (one.forkAtMillis ?? 0) - (other.forkAtMillis ?? 0))
    .flatMap((branch) => [branch, ...below(branch.id)])
  return branches.filter(isRoot).flatMap((root) => [root, ...below(root.id)])
}
