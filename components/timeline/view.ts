/** Where the strip looks: a scale, and either the present or a moment of the past. */
export interface View {
  readonly pxPerSecond: number
  /** Moment at the left edge while looking around; null: the playhead is followed. */
  readonly leftMillis: number | null
}

export const SCALES = [0.5, 1, 2, 4, 8, 15, 30, 60] as const

const NARROW_PX = 900

/** About a minute of the past, on a phone as on a desk. */
export function firstView(): View {
  return { pxPerSecond: innerWidth < NARROW_PX ? 4 : 15, leftMillis: null }
}

/** While following, the playhead rests at this share of the width. */
const REST = 0.62

/** Blank left of the lab's first moment, so that its marks stand free of the edge. */
const MARGIN_PX = 10

const earliest = (view: View) => (-MARGIN_PX / view.pxPerSecond) * 1_000

/** The moment at the left edge. */
export function leftEdge(view: View, nowMillis: number, widthPx: number): number {
  const visible = (widthPx / view.pxPerSecond) * 1_000
  if (view.leftMillis === null) return Math.max(earliest(view), nowMillis - visible * REST)
  return Math.min(
    Math.max(earliest(view), view.leftMillis), Math.max(earliest(view), nowMillis - visible * 0.1),
  )
}

/** Moves by pixels; coming back to the present is following again. */
export function pan(view: View, byPx: number, nowMillis: number, widthPx: number): View {
  const left = leftEdge(view, nowMillis, widthPx) + (byPx / view.pxPerSecond) * 1_000
  const following = leftEdge({ ...view, leftMillis: null }, nowMillis, widthPx)
  if (left >= following) return { ...view, leftMillis: null }
  return { ...view, leftMillis: Math.max(earliest(view), left) }
}

/** One step nearer or farther; what stands in the middle of the past stays there. */
export function zoom(view: View, direction: 1 | -1, nowMillis: number, widthPx: number): View {
  const at = SCALES.findIndex((scale) => scale >= view.pxPerSecond)
  const pxPerSecond = SCALES[Math.min(SCALES.length - 1, Math.max(0, at + direction))]
  if (pxPerSecond === undefined || view.leftMillis === null) {
    return { ...view, pxPerSecond: pxPerSecond ?? view.pxPerSecond }
  }
  const half = (widthPx / 2) * 1_000
  const middle = leftEdge(view, nowMillis, widthPx) + half / view.pxPerSecond
  return { pxPerSecond, leftMillis: Math.max(0, middle - half / pxPerSecond) }
}
