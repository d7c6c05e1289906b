'use client'

import { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react'
import type { Item } from './items.tsx'
import type { Reading } from './trace-reader.ts'
import type { Viewport } from './viewport.ts'
import { ZOOM_STEP } from './view.ts'

interface Walk {
  readonly root: RefObject<HTMLElement | null>
  readonly viewport: Viewport
  readonly reading: Reading
  readonly items: readonly Item[]
  readonly onItem: (item: Element) => void
  readonly onHide: () => void
}

/** Where to go once the picture has moved there. */
interface Wish {
  readonly millis: number
  readonly direction: 1 | -1
}

const CODES: Readonly<Record<string, (viewport: Viewport) => void>> = {
  '+': (viewport) => viewport.zoom(ZOOM_STEP),
  '=': (viewport) => viewport.zoom(ZOOM_STEP),
  '-': (viewport) => viewport.zoom(1 / ZOOM_STEP),
  '0': (viewport) => viewport.fit(),
}

/** The keys of the picture: from one thing to the next in the order of time, and the scale. */
export function useWalk({ root, viewport, reading, items, onItem, onHide }: Walk) {
  const wish = useRef<Wish | null>(null)
  useEffect(() => {
    const { current } = wish
    const item = current && nearest(items, current)
    if (!item) return
    wish.current = null
    focus(root.current, item)
  }, [items, root])
  const go = (from: Item | undefined, key: string): boolean => {
    wish.current = null
    const next = from && neighbour(items, from, key)
    if (next) {
      viewport.show(next.tip.from)
      focus(root.current, next)
      return true
    }
    const found = beyond(reading, from, key)
    if (!found) return false
    wish.current = found
    viewport.show(found.millis)
    const item = nearest(items, found)
    if (item && item !== from) focus(root.current, item)
    return true
  }
  return (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const zooms = CODES[event.key]
    const element = event.target instanceof Element ? event.target.closest('[data-item]') : null
    const item = items.find(({ key }) => key === element?.getAttribute('data-item'))
    if (event.key === 'Escape') onHide()
    if (zooms) zooms(viewport)
    else if (element && (event.key === 'Enter' || event.key === ' ')) onItem(element)
    else if (!element || !go(item, event.key)) return
    event.preventDefault()
    event.stopPropagation()
  }
}

function focus(root: HTMLElement | null, item: Item): void {
  const selector = `[data-item="${CSS.escape(item.key)}"]`
  root?.querySelector<SVGElement>(selector)?.focus({ preventScroll: false })
}

function neighbour(items: readonly Item[], item: Item, key: string): Item | undefined {
  const at = items.indexOf(item)
  if (key === 'ArrowRight') return items[at + 1]
  if (key === 'ArrowLeft') return items[at - 1]
  return undefined
}

function nearest(items: readonly Item[], { millis, direction }: Wish): Item | undefined {
  return direction === 1
    ? items.find(({ tip }) => tip.from >= millis)
    : items.findLast(({ tip }) => tip.from <= millis)
}

/** What stands next outside what is laid out. */
function beyond(reading: Reading, from: Item | undefined, key: string): Wish | null {
  const first = { millis: reading.firstMillis, direction: 1 } as const
  const last = { millis: reading.latestMillis, direction: -1 } as const
  if (key === 'Home') return first
  if (key === 'End') return last
  if (!from) return null
  const facts = reading.facts
  if (key === 'ArrowRight') {
    const next = facts.find(({ at }) => at > from.tip.from)
    return next ? { millis: next.at, direction: 1 } : null
  }
  if (key !== 'ArrowLeft') return null
  const before = facts.findLast(({ at }) => at < from.tip.from && at >= reading.firstMillis)
  return before ? { millis: before.at, direction: -1 } : null
}
