'use client'

import { useLayoutEffect, useRef, type RefObject } from 'react'
import { useTipText, type Item } from './items.tsx'
import styles from './timeline.module.css'

const WIDEST_PX = 320
const EDGE_PX = 8

/** What the pointed thing is, above it, so that neither it nor the axis is covered. */
export function TipCard({
  item,
  root,
  fullHeight,
  hint,
}: {
  readonly item: Item
  readonly root: RefObject<HTMLElement | null>
  readonly fullHeight: number
  readonly hint: string
}) {
  const card = useRef<HTMLDivElement>(null)
  const { when } = useTipText()(item.tip)
  useLayoutEffect(() => {
    const shape = root.current?.querySelector(`[data-item="${CSS.escape(item.key)}"]`)
    if (!root.current || !shape || !card.current) return
    const box = root.current.getBoundingClientRect()
    const canvas = root.current.querySelector('[data-part=canvas]')?.getBoundingClientRect() ?? box
    const at = shape.getBoundingClientRect()
    const left = Math.max(at.left, canvas.left) - box.left
    card.current.style.left = `${Math.max(EDGE_PX, Math.min(box.width - WIDEST_PX - EDGE_PX, left))}px`
    card.current.style.bottom = `${box.bottom - Math.max(at.top, box.top) + 6}px`
  }, [item, root, fullHeight])
  return (
    <div ref={card} className={styles.tip} style={{ maxWidth: WIDEST_PX }}>
      <strong translate="no">{item.tip.name}</strong> <span className="figures">{when}</span>
      <p>
        {item.tip.sentence} {hint}
      </p>
    </div>
  )
}
