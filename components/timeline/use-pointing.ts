'use client'

import { useEffect, useRef, type MouseEvent, type PointerEvent } from 'react'
import type { Viewport } from './viewport.ts'

/** A press that moves less than this is a click. */
const CLICK_PX = 4
/** A notch of a mouse's wheel counts as much as this; a pinch tells many small steps. */
const MOST_WHEEL = 60
const WHEEL_FACTOR = 0.008

export interface Actions {
  /** Looks at a moment; one at or after now is now. */
  readonly onScrub: ((millis: number) => void) | undefined
  readonly onItem: (item: Element) => void
  /** Whatever was looked at before a double click is looked at again. */
  readonly onUndoScrub: () => void
}

/** The paper is dragged in time, pinched, clicked. */
export function usePaper(viewport: Viewport, actions: Actions) {
  const pressed = useRef(new Map<number, { x: number; moved: number }>())
  const wasDragged = useRef(false)
  const release = (event: PointerEvent) => {
    pressed.current.delete(event.pointerId)
  }
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return
      if (pressed.current.size === 0) wasDragged.current = false
      pressed.current.set(event.pointerId, { x: event.clientX, moved: 0 })
    },
    onPointerMove: (event: PointerEvent) => {
      const finger = pressed.current.get(event.pointerId)
      if (!finger) return
      const dx = event.clientX - finger.x
      if (!wasDragged.current && Math.abs(dx) < CLICK_PX) return
      if (!wasDragged.current) event.currentTarget.setPointerCapture(event.pointerId)
      wasDragged.current = true
      const other = [...pressed.current].find(([id]) => id !== event.pointerId)?.[1]
      const left = event.currentTarget.getBoundingClientRect().left
      if (other) {
        const before = Math.max(1, Math.abs(finger.x - other.x))
        const after = Math.max(1, Math.abs(event.clientX - other.x))
        viewport.zoom(after / before, (event.clientX + other.x) / 2 - left)
      } else viewport.pan(-dx)
      finger.x = event.clientX
    },
    onPointerUp: release,
    onPointerCancel: release,
    onClick: (event: MouseEvent) => {
      if (wasDragged.current) return
      const item = event.target instanceof Element ? event.target.closest('[data-item]') : null
      if (item) return actions.onItem(item)
      actions.onScrub?.(viewport.millisAt(placeIn(event)))
    },
    onDoubleClick: (event: MouseEvent) => {
      if (event.target instanceof Element && event.target.closest('[data-item]')) return
      actions.onUndoScrub()
      viewport.fit()
    },
  }
}

export function placeIn(event: {
  readonly clientX: number; readonly currentTarget: EventTarget
}): number {
  const { currentTarget } = event
  return currentTarget instanceof Element
    ? event.clientX - currentTarget.getBoundingClientRect().left
    : 0
}

/**
 * With ctrl the wheel zooms at the pointer, with shift or sideways it moves in time; else it
 * scrolls the rows. React's own listener could not keep the page from zooming.
 */
export function useWheel(root: HTMLElement | null, viewport: Viewport): void {
  useEffect(() => {
    if (!root) return
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault()
        const canvas = root.querySelector('[data-part=canvas]') ?? root
        const delta = Math.max(-MOST_WHEEL, Math.min(MOST_WHEEL, event.deltaY))
        const anchor = event.clientX - canvas.getBoundingClientRect().left
        return viewport.zoom(Math.exp(-delta * WHEEL_FACTOR), anchor)
      }
      const px = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX
      const other = event.shiftKey ? 0 : event.deltaY
      if (Math.abs(px) <= Math.abs(other)) return
      event.preventDefault()
      viewport.pan(px)
    }
    root.addEventListener('wheel', onWheel, { passive: false })
    return () => root.removeEventListener('wheel', onWheel)
  }, [root, viewport])
}
