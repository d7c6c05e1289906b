'use client'

import {
  useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject,
} from 'react'
import { flushSync } from 'react-dom'
import { virtualNow, type ClockReading } from '../lab/lab-state.ts'
import { Leap } from './leap.ts'
import { moveTo, partsOf, type Parts } from './move.ts'
import type { Viewport } from './viewport.ts'

/** While time runs, names are placed anew this often, if the playhead has moved so far. */
const PLACE_WALL_MILLIS = 250
const PLACE_PX = 10
/** So much is laid out beyond each edge; while the scale changes, less: it is soon laid out anew. */
const MARGIN = 0.5
const ZOOMING_MARGIN = 0.06
/** The picture slides over this share of its margin before it is laid out anew. */
const SLIDE = 0.6
/** The scale rests when it has not changed for this time. */
const REST_MILLIS = 120
/** Readers who want less motion get one picture a second. */
const CALM_MILLIS = 1_000
/** A clock that jumps takes the playhead along within this time. */
const SWEEP_MILLIS = 320
const JUMP_PX = 40
/** What a running clock may gain between two frames, times the pace: no jump. */
const STEADY_SECONDS = 0.5

/** For which moment, scale and width the picture is laid out. */
export interface Placed {
  readonly nowMillis: number
  readonly leftMillis: number
  readonly pxPerSecond: number
  readonly width: number
  readonly wallMillis: number
  /** What is laid out beyond each edge, in widths. */
  readonly margin: number
}

interface Placing {
  readonly root: RefObject<HTMLElement | null>
  readonly viewport: Viewport
  readonly clock: ClockReading
  readonly latestMillis: number
  readonly atMillis: number | null
}

/** What is laid out, and every frame between: the picture slides, and is placed anew when it must. */
export function usePlacing({ root, viewport, clock, latestMillis, atMillis }: Placing): Placed {
  const [placed, setPlaced] = useState<Placed>(() => place(viewport, clock.nowMillis, 0, null))
  const parts = useRef<Parts | null>(null)
  const sweep = useMemo(() => new Sweep(), [])
  const leap = useMemo(() => new Leap(), [])
  const calm = useMemo(() => matchMedia('(prefers-reduced-motion: reduce)'), [])
  const frame = useCallback((wall: number, mayPlace: boolean) => {
    const now = Math.max(virtualNow(clock, wall), latestMillis)
    const isCalm = calm.matches
    const jump = Math.max(JUMP_PX / viewport.view.pxPerSecond, clock.pace * STEADY_SECONDS)
    const shown = sweep.at(now, wall, isCalm ? Infinity : jump)
    viewport.nowMillis = shown
    const next = place(viewport, now, wall, placed)
    if (mayPlace && isStale(placed, next)) flushSync(() => setPlaced(next))
    const px = (millis: number) => (millis / 1_000) * viewport.view.pxPerSecond
    const least = isCalm ? Infinity : (JUMP_PX / viewport.view.pxPerSecond) * 1_000
    const at = leap.at(atMillis ?? shown, wall, least)
    if (parts.current) {
      moveTo(parts.current, {
        leftX: px(viewport.leftMillis), nowX: px(shown), atX: px(at), atMillis: at,
        width: viewport.width,
      })
    }
    return sweep.isGoing || leap.isGoing || next.margin < MARGIN || placed.margin < MARGIN
  }, [clock, latestMillis, atMillis, placed, viewport, sweep, leap, calm])
  const latest = useRef(frame)
  // New elements are found and moved before anybody sees them.
  useLayoutEffect(() => {
    latest.current = frame
    parts.current = root.current && partsOf(root.current)
    frame(performance.now(), false)
  })
  useFrames(clock, viewport, latest, atMillis)
  return placed
}

function place(
  viewport: Viewport, nowMillis: number, wallMillis: number, old: Placed | null,
): Placed {
  const { leftMillis, view: { pxPerSecond }, width } = viewport
  const isZooming = old !== null && old.width > 0 && old.pxPerSecond !== pxPerSecond
  const margin = isZooming ? ZOOMING_MARGIN : MARGIN
  return { nowMillis, leftMillis, pxPerSecond, width, wallMillis, margin }
}

function isStale(old: Placed, next: Placed): boolean {
  if (old.pxPerSecond !== next.pxPerSecond || old.width !== next.width) return true
  const movedPx = ((next.leftMillis - old.leftMillis) / 1_000) * next.pxPerSecond
  if (Math.abs(movedPx) > next.width * old.margin * SLIDE) return true
  if (old.margin < next.margin && next.wallMillis - old.wallMillis > REST_MILLIS) return true
  const since = next.nowMillis - old.nowMillis
  const isDue = next.wallMillis - old.wallMillis >= PLACE_WALL_MILLIS
  return since < 0 || (isDue && (since / 1_000) * next.pxPerSecond >= PLACE_PX)
}

/** The stretch that is laid out: what is seen, and a margin to slide over. */
export function frameOf(placed: Placed, top: number, height: number) {
  const { leftMillis, pxPerSecond, width, margin } = placed
  const leftX = (leftMillis / 1_000) * pxPerSecond
  return {
    fromX: leftX - width * margin, toX: leftX + width * (1 + margin),
    top: top - height * MARGIN, bottom: top + height * (1 + MARGIN),
  }
}

/** Frames while time runs or the view moves; one timer or one request at a time. */
function useFrames(
  clock: ClockReading,
  viewport: Viewport,
  latest: RefObject<(wall: number, mayPlace: boolean) => boolean>,
  atMillis: number | null,
): void {
  useEffect(() => {
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
    let request = 0
    const ask = () => {
      if (request === 0) request = requestAnimationFrame(draw)
    }
    const draw = () => {
      request = 0
      const isGoing = latest.current(performance.now(), true)
      if (isGoing || (clock.pace !== 0 && !isCalm)) ask()
    }
    ask()
    const unsubscribe = viewport.subscribe(ask)
    const timer = isCalm && clock.pace !== 0 ? setInterval(ask, CALM_MILLIS) : undefined
    return () => {
      cancelAnimationFrame(request)
      clearInterval(timer)
      unsubscribe()
    }
  }, [clock, viewport, latest, atMillis])
}

/** A playhead that does not jump: it runs to where the clock stands, slower towards the end. */
class Sweep {
  private shown: number | null = null
  private from = 0
  private begunAt = -Infinity
  private last = { now: 0, wall: 0 }
  isGoing = false

  at(now: number, wall: number, jumpSeconds: number): number {
    const jumped = this.shown !== null && now - this.last.now > jumpSeconds * 1_000
    const isSoon = wall - this.last.wall < 5_000
    if (jumped && isSoon && this.shown !== null) {
      this.from = this.shown
      this.begunAt = wall
    }
    this.last = { now, wall }
    const share = Math.min(1, (wall - this.begunAt) / SWEEP_MILLIS)
    this.isGoing = share < 1
    this.shown = this.isGoing ? this.from + (now - this.from) * (1 - (1 - share) ** 3) : now
    if (this.shown > now) this.shown = now
    return this.shown
  }
}
