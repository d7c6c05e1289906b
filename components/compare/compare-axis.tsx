'use client'

import { useRef } from 'react'
import { useTranslations } from '../i18n/translations.tsx'
import { ticks } from '../timeline/axis.ts'
import { AXIS_PX, ForkPill, Pill } from '../timeline/axis-shape.tsx'
import timeline from '../timeline/timeline.module.css'
import styles from './compare.module.css'
import { useMoved, type Moved } from './use-moved.ts'

/** Half a pill, half a figure and some air. */
const CLEAR_PX = 62
const WORD_INSET_PX = 8
/** Half of the fork's pill: it stays whole at the left edge. */
const PILL_HALF_PX = 40

/** The one axis of both pictures, between them. */
export function CompareAxis({ moved, forkMillis, measure }: {
  readonly moved: Moved
  readonly forkMillis: number
  readonly measure: (text: string, bold: boolean) => number
}) {
  const t = useTranslations('compare')
  const root = useRef<HTMLDivElement>(null)
  useMoved(root, moved)
  const { leftMillis, pxPerSecond, width } = moved
  const leftX = (leftMillis / 1_000) * pxPerSecond
  const forkX = (forkMillis / 1_000) * pxPerSecond
  const isSeen = forkX >= leftX
  const pillShift = isSeen ? Math.max(0, leftX + PILL_HALF_PX - forkX) : 0
  const shown = ticks(leftX / pxPerSecond, (leftX + width) / pxPerSecond, pxPerSecond)
  const past = t('samePast')
  const hasRoom = forkX - leftX - CLEAR_PX > measure(past, false) + WORD_INSET_PX
  const wordEnd = hasRoom ? leftX + WORD_INSET_PX + measure(past, false) + WORD_INSET_PX : leftX
  return (
    <div className={styles.axis} ref={root} aria-hidden="true">
      <svg width={width} height={AXIS_PX + 8}>
        <g transform="translate(0 4)">
          {hasRoom ? (
            <text className={timeline.figure} x={WORD_INSET_PX} y="19">{past}</text>
          ) : null}
          <g data-part="content">
            {shown.map(({ seconds, label }) => {
              const x = seconds * pxPerSecond
              const isFree = Math.abs(x - forkX - pillShift) > CLEAR_PX
                && x - wordEnd > CLEAR_PX / 3 && leftX + width - x > CLEAR_PX / 3
              return (
                <g key={seconds}>
                  <path className={timeline.tick} d={`M${x} 0v${label ? 6 : 4}`} />
                  {label && isFree ? (
                    <text
                      className={timeline.figure} data-part="figure" data-x={x} x={x} y="19"
                      textAnchor="middle"
                    >
                      {label}
                    </text>
                  ) : null}
                </g>
              )
            })}
          </g>
          <g className={styles.forkPill} transform={`translate(${pillShift} 0)`}>
            <ForkPill atMillis={forkMillis} pxPerSecond={pxPerSecond} />
          </g>
          <Pill />
        </g>
      </svg>
    </div>
  )
}
