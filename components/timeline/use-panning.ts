'use client'

import { useEffect, useState, type PointerEvent } from 'react'

/** The picture is moved in time by dragging it. */
export function dragging(move: (px: number) => void) {
  return {
    onPointerMove: (event: PointerEvent) => {
      if ((event.buttons & 1) === 1) move(-event.movementX)
    },
  }
}

/** Sideways wheel moves in time. React's own listener could not keep the page from going back. */
export function useWheel(move: (px: number) => void) {
  const [element, setElement] = useState<HTMLElement | null>(null)
  useEffect(() => {
    if (!element) return
    const onWheel = (event: WheelEvent) => {
      const px = event.shiftKey ? event.deltaY : event.deltaX
      const other = event.shiftKey ? event.deltaX : event.deltaY
      if (Math.abs(px) <= Math.abs(other)) return
      event.preventDefault()
      move(px)
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [element, move])
  return setElement
}
