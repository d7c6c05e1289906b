'use client'

import { useSyncExternalStore, type KeyboardEvent } from 'react'
import { useTranslations } from '../i18n/translations.tsx'
import { Axis, AXIS_PX, ForkPill, Pill } from './axis-shape.tsx'
import type { Note } from './layout-types.ts'
import { formatMoment } from './moment.ts'
import type { Fork } from './timeline-picture.tsx'
import styles from './timeline.module.css'
import { useBrush } from './use-brush.ts'
import type { Placed } from './use-placing.ts'
import type { Viewport } from './viewport.ts'

interface AxisBarProps {
  readonly viewport: Viewport
  readonly placed: Placed
  readonly atMillis: number | null
  readonly width: number
  readonly notes: readonly Note[]
  readonly fork: Fork | null
  readonly onScrub: ((millis: number) => void) | undefined
  readonly onNow: (() => void) | undefined
}

/** The axis, which stays while the rows scroll: a stretch is chosen on it, and a moment. */
export function AxisBar(props: AxisBarProps) {
  const { viewport, placed, width, notes, fork, onScrub } = props
  const { brush, handlers } = useBrush(viewport, onScrub)
  const leftX = (placed.leftMillis / 1_000) * placed.pxPerSecond
  return (
    <div className={styles.axisBar}>
      <Following viewport={viewport} />
      <svg className={styles.axis} data-part="axis" width={width} height={AXIS_PX} {...handlers}>
        <rect className={styles.axisGround} width={width} height={AXIS_PX} />
        <Axis
          fromX={leftX - width * placed.margin} toX={leftX + width * (1 + placed.margin)}
          pxPerSecond={placed.pxPerSecond} width={width} notes={notes}
        />
        {brush ? (
          <rect
            className={styles.brush} x={brush.x1} width={brush.x2 - brush.x1} height={AXIS_PX}
          />
        ) : null}
        {fork ? <ForkPill atMillis={fork.atMillis} pxPerSecond={placed.pxPerSecond} /> : null}
        <Playhead {...props} />
      </svg>
    </div>
  )
}

const STEP_MILLIS = 1_000
const PAGE_MILLIS = 10_000
const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -STEP_MILLIS, ArrowDown: -STEP_MILLIS, ArrowRight: STEP_MILLIS, ArrowUp: STEP_MILLIS,
  PageDown: -PAGE_MILLIS, PageUp: PAGE_MILLIS, Home: -Infinity, End: Infinity,
}

/** The pill: with the keyboard, a slider over the lab's life. */
function Playhead({ placed, atMillis, onScrub, onNow }: AxisBarProps) {
  const t = useTranslations('timeline')
  if (!onScrub) return <Pill />
  const at = atMillis ?? placed.nowMillis
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    if (step === undefined && event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    if (step === undefined || step === Infinity) onNow?.()
    else onScrub(Math.max(0, at + step))
  }
  return (
    <g
      className={styles.slider}
      role="slider"
      tabIndex={0}
      aria-label={t('playhead')}
      aria-valuemin={0}
      aria-valuemax={Math.round(placed.nowMillis / 100) / 10}
      aria-valuenow={Math.round(at / 100) / 10}
      aria-valuetext={formatMoment(at)}
      onKeyDown={onKeyDown}
    >
      <Pill />
    </g>
  )
}

/** Says whether the picture goes along with the present, and brings it back. */
function Following({ viewport }: { readonly viewport: Viewport }) {
  const t = useTranslations('timeline')
  const following = useSyncExternalStore(
    viewport.subscribe, viewport.isFollowing, viewport.isFollowing,
  )
  return (
    <div className={styles.following}>
      {following ? (
        <span>{t('follows')}</span>
      ) : (
        <button className={styles.followButton} onClick={viewport.follow}>
          {t('follow')}
        </button>
      )}
    </div>
  )
}
