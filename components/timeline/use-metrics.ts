'use client'

import { useEffect, useMemo, useState } from 'react'
import type { Metrics } from './layout-types.ts'

const AXIS_PX = 28
/** Below this height there is no room for six rows. */
const ALL_ROWS_PX = 170
const SMALL_PITCH_PX = 38

/** Rows as high as there is room, within what reads well; if there is little, two that matter. */
export function useMetrics(height: number, width: number): Metrics {
  return useMemo(() => {
    if (height < ALL_ROWS_PX) {
      const graceHeight = Math.max(44, height - AXIS_PX - SMALL_PITCH_PX)
      return { pitch: SMALL_PITCH_PX, spanHeight: 22, graceHeight, only: ['container', 'grace'] }
    }
    const narrow = width < 900
    const pitch = narrow ? 28 : 32
    const rest = height - AXIS_PX - 5 * pitch
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
