'use client'

import { useLayoutEffect, type RefObject } from 'react'
import { moveTo, partsOf } from '../timeline/move.ts'

/** Where a picture stands, in the terms of its layout. */
export interface Moved {
  readonly leftMillis: number
  readonly pxPerSecond: number
  readonly width: number
  /** The moment looked at; null: the whole is shown, without a playhead. */
  readonly atMillis: number | null
  readonly nowMillis: number
}

/** Moves what a picture has drawn to where it belongs, before anybody sees it. */
export function useMoved(root: RefObject<HTMLElement | null>, moved: Moved): void {
  useLayoutEffect(() => {
    if (!root.current) return
    const { leftMillis, pxPerSecond, width, atMillis, nowMillis } = moved
    const px = (millis: number) => (millis / 1_000) * pxPerSecond
    const nowX = px(nowMillis)
    moveTo(partsOf(root.current), {
      width, leftX: px(leftMillis), nowX, atX: atMillis === null ? Infinity : px(atMillis),
      atMillis: atMillis ?? nowMillis,
    })
  })
}
