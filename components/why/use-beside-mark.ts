'use client'

import { useLayoutEffect, useRef } from 'react'
import type { Asked } from './use-asked.ts'

const GAP_PX = 24
const EDGE_PX = 16
const HEADER_PX = 56

/**
 * Puts the card into the blank paper right of the playhead, or where its mark stays free, and
 * draws the line that joins them. On a narrow screen the card is a sheet; then there is no line.
 */
export function useBesideMark({ anchor }: Asked) {
  const card = useRef<HTMLElement>(null)
  const line = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const [box, join] = [card.current, line.current]
    if (!box || !join) return
    const root = anchor.closest('[data-pane=timeline]')
    const key = anchor.getAttribute('data-item')
    const mark = () => (anchor.isConnected || key === null ? anchor
      : root?.querySelector(`[data-item="${CSS.escape(key)}"]`) ?? null)
    const place = () => placeCard(box, mark() ?? anchor, root)
    place()
    let frame = 0
    const follow = () => {
      drawJoin(join, box, mark(), root)
      frame = requestAnimationFrame(follow)
    }
    follow()
    addEventListener('resize', place)
    return () => {
      cancelAnimationFrame(frame)
      removeEventListener('resize', place)
    }
  }, [anchor])
  return { card, line }
}

/** Right of playhead and mark if there is room, else left of the mark, else at the right edge. */
function placeCard(box: HTMLElement, anchor: Element, root: Element | null): void {
  const mark = anchor.getBoundingClientRect()
  const canvas = root?.querySelector('[data-part=canvas]')?.getBoundingClientRect() ?? mark
  const axis = root?.querySelector('[data-part=axis]')?.getBoundingClientRect()
  const playhead = root?.querySelector('[data-part=line]')?.getBoundingClientRect()
  const width = box.offsetWidth
  const most = innerWidth - width - EDGE_PX
  const markEnd = Math.min(mark.right, Math.max(canvas.right, mark.left))
  const wanted = Math.max(markEnd, playhead?.right ?? 0) + GAP_PX
  const left = wanted <= most ? wanted
    : most >= markEnd + GAP_PX / 2 ? most
      : mark.left - width - GAP_PX >= EDGE_PX ? mark.left - width - GAP_PX : most
  const bottom = innerHeight - (axis?.top ?? canvas.bottom) + 10
  box.style.setProperty('--left', `${left}px`)
  box.style.setProperty('--bottom', `${bottom}px`)
  box.style.setProperty('--tallest', `${innerHeight - bottom - HEADER_PX}px`)
}

const LABEL_PX = 40

/** The line begins behind the mark's own word, where that stands right of it. */
function afterLabel(mark: DOMRect, y: number, root: Element | null): number {
  const ends = [...root?.querySelectorAll('[data-part=label]') ?? []]
    .map((label) => label.getBoundingClientRect())
    .filter((label) => label.top < y && label.bottom > y && label.left >= mark.right - 4
      && label.left < mark.right + LABEL_PX)
    .map((label) => label.right + 6)
  return Math.max(mark.right, ...ends)
}

/** From the mark to the card's nearer edge, at the mark's height; none while the mark is away. */
function drawJoin(
  join: HTMLElement, box: HTMLElement, anchor: Element | null, root: Element | null,
): void {
  const mark = anchor?.getBoundingClientRect()
  const card = box.getBoundingClientRect()
  const canvas = root?.querySelector('[data-part=canvas]')?.getBoundingClientRect()
  const y = mark ? (mark.top + mark.bottom) / 2 : 0
  const isRight = mark ? card.left >= mark.left : false
  const end = mark && isRight ? afterLabel(mark, y, root) : 0
  const from = isRight ? Math.min(end, canvas?.right ?? end) : card.right
  const to = isRight ? card.left : mark?.left ?? 0
  const isSeen = mark !== undefined && canvas !== undefined && to > from
    && mark.right >= canvas.left && mark.left <= canvas.right && y > card.top && y < card.bottom
  join.hidden = !isSeen
  if (!isSeen) return
  join.style.left = `${from}px`
  join.style.width = `${to - from}px`
  join.style.top = `${y}px`
}
