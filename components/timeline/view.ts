/** Where the strip looks: a scale, and either the present or a moment of the past. */
export interface View {
  readonly pxPerSecond: number
  /** Moment at the left edge while looking around; null: the playhead is followed. */
  readonly leftMillis: number | null
}

/** From two days on a desk's width to a second, in which a container starts. */
const LEAST_SCALE = 0.008
const MOST_SCALE = 1_000
/** One press of a zoom button or key. */
export const ZOOM_STEP = 1.6

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
  if (byPx > 0 && left >= following) return { ...view, leftMillis: null }
  return { ...view, leftMillis: Math.max(earliest(view), Math.min(left, following)) }
}

const clampScale = (scale: number) => Math.min(MOST_SCALE, Math.max(LEAST_SCALE, scale))

/**
 * Nearer or farther by a factor. What stands at `anchorPx` stays there; while the playhead is
 * followed, it is the playhead that stays.
 */
export function zoom(
  view: View, factor: number, anchorPx: number, nowMillis: number, widthPx: number,
): View {
  const pxPerSecond = clampScale(view.pxPerSecond * factor)
  if (view.leftMillis === null) return { ...view, pxPerSecond }
  const anchor = leftEdge(view, nowMillis, widthPx) + (anchorPx / view.pxPerSecond) * 1_000
  return { pxPerSecond, leftMillis: anchor - (anchorPx / pxPerSecond) * 1_000 }
}

/** The whole life, from its first moment to a playhead that is followed. */
export function fit(firstMillis: number, nowMillis: number, widthPx: number): View {
  const room = widthPx * REST - 2 * MARGIN_PX
  const scale = room / Math.max(1, (nowMillis - firstMillis) / 1_000)
  return { pxPerSecond: clampScale(scale), leftMillis: null }
}

/** Exactly this stretch. */
export function stretch(fromMillis: number, toMillis: number, widthPx: number): View {
  const seconds = Math.max(0.001, (toMillis - fromMillis) / 1_000)
  const pxPerSecond = clampScale(widthPx / seconds)
  const middle = (fromMillis + toMillis) / 2
  return { pxPerSecond, leftMillis: middle - (widthPx / 2 / pxPerSecond) * 1_000 }
}

/** Brings a moment into view, if it is not. */
export function show(view: View, millis: number, nowMillis: number, widthPx: number): View {
  const left = leftEdge(view, nowMillis, widthPx)
  const visible = (widthPx / view.pxPerSecond) * 1_000
  const margin = visible * 0.04
  if (millis >= left + margin && millis <= left + visible - margin) return view
  return { ...view, leftMillis: Math.max(earliest(view), millis - visible / 3) }
}
