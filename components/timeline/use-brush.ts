'use client'

import { useRef, useState, type PointerEvent } from 'react'
import { placeIn } from './use-pointing.ts'
import type { Viewport } from './viewport.ts'

/** A stretch shorter than this is a click. */
const SHORTEST_PX = 4

export interface Brush {
  readonly x1: number
  readonly x2: number
}

/** On the axis a stretch of time is chosen by dragging over it; the pill is dragged to a moment. */
export function useBrush(
  viewport: Viewport, onScrub: ((millis: number) => void) | undefined,
) {
  const [brush, setBrush] = useState<Brush | null>(null)
  const pressed = useRef<{ readonly x: number; readonly isPill: boolean } | null>(null)
  const end = () => {
    pressed.current = null
    setBrush(null)
  }
  const handlers = {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return
      const isPill = event.target instanceof Element
        && event.target.closest('[data-part=pill]') !== null
      pressed.current = { x: placeIn(event), isPill: isPill && onScrub !== undefined }
      event.currentTarget.setPointerCapture(event.pointerId)
    },
    onPointerMove: (event: PointerEvent) => {
      const from = pressed.current
      if (!from) return
      const x = placeIn(event)
      if (from.isPill) onScrub?.(viewport.millisAt(x))
      else setBrush({ x1: Math.min(from.x, x), x2: Math.max(from.x, x) })
    },
    onPointerUp: (event: PointerEvent) => {
      const from = pressed.current
      const x = placeIn(event)
      end()
      if (!from || from.isPill) return
      const [x1, x2] = [Math.min(from.x, x), Math.max(from.x, x)]
      if (x2 - x1 < SHORTEST_PX) return onScrub?.(viewport.millisAt(x))
      viewport.stretch(viewport.millisAt(x1), viewport.millisAt(x2))
    },
    onPointerCancel: end,
    onDoubleClick: viewport.fit,
  }
  return { brush, handlers }
}
