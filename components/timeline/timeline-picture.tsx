'use client'

import { useMemo, useRef, useState } from 'react'
import { useTranslations } from '../i18n/translations.tsx'
import type { ClockReading } from '../lab/lab-state.ts'
import { AXIS_PX, Axis } from './axis-shape.tsx'
import { Items, itemsOf, type Item } from './items.tsx'
import { layout } from './layout.ts'
import type { Layout, Metrics } from './layout-types.ts'
import { moveTo, PILL_PX } from './move.ts'
import type { PodLife } from './pod-life.ts'
import { Labels, Patterns, WedgeAhead } from './shapes.tsx'
import styles from './timeline.module.css'
import { TipCard } from './tip-card.tsx'
import { useFrames } from './use-frames.ts'
import { useMeasure } from './use-measure.ts'
import { leftEdge, type View } from './view.ts'
import { timelineWords } from './words.ts'

/** While time runs, names and outcomes are placed anew this often; between, the picture slides. */
const PLACE_MILLIS = 1_000
/** A line without an end is drawn this far past what is seen: until the next placing. */
const AHEAD_PX = 4_000

export interface PictureProps {
  readonly lives: readonly PodLife[]
  readonly pod: string
  readonly clock: ClockReading
  readonly view: View
  readonly width: number
  readonly height: number
  readonly metrics: Metrics
  readonly onShow: (millis: number) => void
}

/** The strip's picture: what happened left of the playhead, blank paper right of it. */
export function TimelinePicture(props: PictureProps) {
  const t = useTranslations('timeline')
  const { view, width, height } = props
  const { svg, drawn, leftMillis } = usePlaced(props)
  const [pointed, setPointed] = useState<Item | null>(null)
  const [stopKey, setStopKey] = useState<string | null>(null)
  const items = useMemo(() => itemsOf(drawn), [drawn])
  const shown = pointed ? items.find(({ key }) => key === pointed.key) : undefined
  const leftX = (leftMillis / 1_000) * view.pxPerSecond
  const window = { fromX: leftX - 100, toX: leftX + width + 300, pxPerSecond: view.pxPerSecond }
  const common = {
    ...{ items, window, stopKey },
    onStop: setStopKey,
    onPoint: setPointed,
    onShow: props.onShow,
  }
  return (
    <>
      <svg
        ref={svg}
        className={styles.picture}
        width={width}
        height={height}
        role="group"
        aria-label={t('picture', { pod: props.pod })}
      >
        <Patterns />
        <Paper drawn={drawn} width={width} height={height} />
        <g data-part="content">
          {drawn.wedges.map((wedge) => (
            <WedgeAhead key={wedge.key} wedge={wedge} />
          ))}
        </g>
        <g clipPath="url(#past)">
          <g data-part="content">
            <Threads drawn={drawn} toX={window.toX + AHEAD_PX} />
            <Items kind="past" {...common} />
          </g>
        </g>
        <g data-part="content">
          <Labels labels={drawn.labels.filter(({ pinned, pad }) => !pinned && pad)} />
        </g>
        <Labels labels={drawn.labels.filter(({ pinned }) => pinned)} dx={-leftX} />
        <path data-part="line" className={styles.playhead} d={`M0 4V${height - AXIS_PX}`} />
        <g data-part="content">
          <Labels labels={drawn.labels.filter(({ pinned, pad }) => !pinned && !pad)} />
          <Items kind="marks" {...common} />
        </g>
        <Axis leftMillis={leftMillis} view={view} width={width} top={height - AXIS_PX} />
        <Pill top={height - AXIS_PX} />
      </svg>
      {shown ? <TipCard item={shown} leftX={leftX} width={width} height={height} /> : null}
    </>
  )
}

/** The layout of the present second, and the picture moved with every frame between. */
function usePlaced({ lives, clock, view, width, metrics }: PictureProps) {
  const t = useTranslations('timeline')
  const words = useMemo(() => timelineWords(t), [t])
  const measure = useMeasure()
  const [placedAt, setPlacedAt] = useState(clock.nowMillis)
  const svg = useRef<SVGSVGElement>(null)
  const latest = useMemo(() => latestMoment(lives), [lives])
  const nowMillis = Math.max(placedAt, latest, clock.nowMillis)
  const leftMillis = leftEdge(view, nowMillis, width)
  const { pxPerSecond } = view
  const drawn = useMemo(
    () => layout(lives, { nowMillis, leftMillis, pxPerSecond, metrics, words, measure }),
    [lives, nowMillis, leftMillis, pxPerSecond, metrics, words, measure],
  )
  useFrames(clock, (now) => {
    moveTo(svg.current, Math.max(now, latest), view, width)
    if (Math.abs(now - placedAt) >= PLACE_MILLIS) setPlacedAt(now)
  })
  return { svg, drawn, leftMillis }
}

function latestMoment(lives: readonly PodLife[]): number {
  return Math.max(
    0,
    ...lives.flatMap((life) => [
      life.goneAt ?? 0,
      life.statuses.at(-1)?.at ?? 0,
      life.events.at(-1)?.at ?? 0,
    ]),
  )
}

/** Dotted lines from one status to the next. */
function Threads({ drawn, toX }: { readonly drawn: Layout; readonly toX: number }) {
  return drawn.threads.map(({ key, x1, x2, y }) => (
    <path key={key} className={styles.thread} d={`M${x1} ${y}H${Math.min(x2, toX)}`} />
  ))
}

/** The past is white, the future is blank. */
function Paper({
  drawn,
  width,
  height,
}: {
  readonly drawn: Layout
  readonly width: number
  readonly height: number
}) {
  return (
    <>
      <clipPath id="past">
        <rect data-part="past" x="0" y="0" height={height} width="0" />
      </clipPath>
      <rect
        data-part="past"
        className={styles.past}
        x="0"
        y="0"
        height={height - AXIS_PX}
        width="0"
      />
      {drawn.rows.slice(1).map((row) => (
        <path
          key={`${row.kind}-${row.container}`}
          className={styles.rowLine}
          d={`M0 ${row.y + 0.5}H${width}`}
        />
      ))}
    </>
  )
}

/** The playhead's time. */
function Pill({ top }: { readonly top: number }) {
  return (
    <g data-part="pill" aria-hidden="true">
      <rect className={styles.pill} x={-PILL_PX / 2} y={top} width={PILL_PX} height="20" rx="10" />
      <text data-part="time" className={styles.pillText} textAnchor="middle" y={top + 14.2} />
    </g>
  )
}
