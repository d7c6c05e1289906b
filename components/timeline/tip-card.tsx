'use client'

import { useTipText, type Item } from './items.tsx'
import styles from './timeline.module.css'

const WIDEST_PX = 320

/** What the pointed thing is, above it, so that neither it nor the axis is covered. */
export function TipCard({
  item,
  leftX,
  width,
  height,
}: {
  readonly item: Item
  readonly leftX: number
  readonly width: number
  readonly height: number
}) {
  const { when } = useTipText()(item.tip)
  const x = Math.max(8, Math.min(width - WIDEST_PX - 8, Math.max(item.x - leftX, 0)))
  return (
    <div
      className={styles.tip}
      style={{ left: x, bottom: height - item.y + 6, maxWidth: WIDEST_PX }}
    >
      <strong translate="no">{item.tip.name}</strong> <span className="figures">{when}</span>
      {item.tip.sentence ? <p>{item.tip.sentence}</p> : null}
    </div>
  )
}
