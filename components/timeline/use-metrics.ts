'use client'

import { useEffect, useMemo, useState } from 'react'
import type { Metrics } from './layout-types.ts'

/** Below this height there is no room for six rows. */
const ALL_ROWS_PX = 142
const SMALL_PITCH_PX = 38
const SMALL_GRACE_PX = 50

/** Rows as high as there is room, within what reads well; if there is little, two that matter. */
export function useMetrics(height: number, width: number): Metrics {
  return useMemo(() => {
    if (height < ALL_ROWS_PX) {
      const graceHeight = Math.max(SMALL_GRACE_PX, height - SMALL_PITCH_PX)
      return { pitch: SMALL_PITCH_PX, spanHeight: 22, graceHeight, only: ['container', 'grace'] }
    }
    const narrow = width < 900
    const pitch = narrow ? 28 : 32
    const rest = height - 5 * pitch
    return { pitch, spanHeight: narrow ? 20 : 22, graceHeight: Math.max(60, Math.min(96, rest)) }
  }, [height, width])
}

export function useElementSize() {
  const [element, setElement] = useState<HTMLElement | null>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  useEffect(() => {
    if (!element) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height })
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [element])
  return { setElement, ...size }
}

/** Rows beyond the window are not drawn: how far it is scrolled, told in coarse steps. */
const SCROLL_STEP_PX = 64

export function useScrollTop() {
  const [top, setTop] = useState(0)
  const onScroll = (event: { readonly currentTarget: HTMLElement }) => {
    const { scrollTop } = event.currentTarget
    setTop(Math.floor(scrollTop / SCROLL_STEP_PX) * SCROLL_STEP_PX)
  }
  return { top, onScroll }
}
