'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ClockReading } from '../lab/lab-state.ts'
import { AXIS_PX, Axis } from './axis-shape.tsx'
import { Items, itemsOf, type Item } from './items.tsx'
import { layout } from './layout.ts'
import type { Metrics } from './layout-types.ts'
import { formatMoment } from './moment.ts'
import type { PodLife } from './pod-life.ts'
import { LabelShape, Patterns, WedgeAhead } from './shapes.tsx'
import styles from './timeline.module.css'
import { TipCard } from './tip-card.tsx'
import { useFrames } from './use-frames.ts'
import { useMeasure } from './use-measure.ts'
import { leftEdge, type View } from './view.ts'
import { timelineWords } from './words.ts'

/** While time runs, names and outcomes are placed anew this often; between, the picture slides. */
const PLACE_MILLIS = 1_000
const PILL_PX = 58

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
  const words = useMemo(() => timelineWords(t), [t])
  const measure = useMeasure()
  const { lives, clock, view, width, height, metrics } = props
  const [placedAt, setPlacedAt] = useState(clock.nowMillis)
  const svg = useRef<SVGSVGElement>(null)
  const latestEntry = useMemo(() => latestMoment(lives), [lives])
  const nowMillis = Math.max(placedAt, latestEntry, clock.nowMillis)
  const leftMillis = leftEdge(view, nowMillis, width)
  const drawn = useMemo(
    () => layout(lives, { nowMillis, leftMillis, pxPerSecond: view.pxPerSecond, metrics, words, measure }),
    [lives, nowMillis, leftMillis, view.pxPerSecond, metrics, words, measure],
  )
  const [pointed, setPointed] = useState<Item | null>(null)
  const items = useMemo(() => itemsOf(drawn), [drawn])
  const shown = pointed ? items.find(({ key }) => key === pointed.key) : undefined
  useFrames(clock, (now) => {
    moveTo(svg.current, Math.max(now, latestEntry), view, width)
    if (Math.abs(now - placedAt) >= PLACE_MILLIS) setPlacedAt(now)
  })
  const leftX = (leftMillis / 1_000) * view.pxPerSecond
  const window = { fromX: leftX - 100, toX: leftX + width + 300, pxPerSecond: view.pxPerSecond }
  const free = drawn.labels.filter((label) => !label.pinned)
  const pinned = drawn.labels.filter((label) => label.pinned)
  return (
    <>
      <svg
        ref={svg} className={styles.picture} width={width} height={height} role="group"
        aria-label={t('picture', { pod: props.pod })} fontFamily="inherit"
      >
        <Patterns />
        <clipPath id="past"><rect data-part="past" x="0" y="0" height={height} width="0" /></clipPath>
        <rect data-part="past" className={styles.past} x="0" y="0" height={height - AXIS_PX} width="0" />
        {drawn.rows.slice(1).map((row) => (
          <path key={`${row.kind}-${row.container}`} className={styles.rowLine} d={`M0 ${row.y + 0.5}H${width}`} />
        ))}
        <g clipPath="url(#past)">
          <g data-part="content">
            {drawn.threads.map((thread) => (
              <path key={thread.key} className={styles.thread} d={`M${thread.x1} ${thread.y}H${Math.min(thread.x2, window.toX + 4_000)}`} />
            ))}
            <Items items={items} kind="past" window={window} onPoint={setPointed} onShow={props.onShow} />
          </g>
        </g>
        <g data-part="content">
          {drawn.wedges.map((wedge) => <WedgeAhead key={wedge.key} wedge={wedge} />)}
          {free.filter(({ pad }) => pad).map((label) => <LabelShape key={`${label.text}-${label.x}-${label.y}`} label={label} />)}
        </g>
        {pinned.map((label) => <LabelShape key={`${label.text}-${label.y}`} label={label} dx={-leftX} />)}
        <path data-part="line" className={styles.playhead} d={`M0 4V${height - AXIS_PX}`} />
        <g data-part="content">
          {free.filter(({ pad }) => !pad).map((label) => <LabelShape key={`${label.text}-${label.x}-${label.y}`} label={label} />)}
          <Items items={items} kind="marks" window={window} onPoint={setPointed} onShow={props.onShow} />
        </g>
        <Axis leftMillis={leftMillis} view={view} width={width} top={height - AXIS_PX} />
        <g data-part="pill" aria-hidden="true">
          <rect className={styles.pill} x={-PILL_PX / 2} y={height - AXIS_PX} width={PILL_PX} height="20" rx="10" />
          <text data-part="time" className={styles.pillText} textAnchor="middle" y={height - AXIS_PX + 14.2} />
        </g>
      </svg>
      {shown ? <TipCard item={shown} leftX={leftX} width={width} height={height} /> : null}
    </>
  )
}

function latestMoment(lives: readonly PodLife[]): number {
  return Math.max(0, ...lives.map((life) => Math.max(
    life.goneAt ?? 0, life.statuses.at(-1)?.at ?? 0, life.events.at(-1)?.at ?? 0,
  )))
}

/** Everything that a frame changes, without a new layout. */
function moveTo(svg: SVGSVGElement | null, nowMillis: number, view: View, width: number): void {
  if (!svg) return
  const left = leftEdge(view, nowMillis, width)
  const px = (millis: number) => (millis / 1_000) * view.pxPerSecond
  const nowX = Math.min(width + PILL_PX, px(nowMillis - left))
  for (const part of svg.querySelectorAll('[data-part=content]')) {
    part.setAttribute('transform', `translate(${-px(left)} 0)`)
  }
  for (const part of svg.querySelectorAll('rect[data-part=past]')) {
    part.setAttribute('width', String(Math.max(0, Math.min(width, nowX))))
  }
  svg.querySelector('[data-part=line]')?.setAttribute('transform', `translate(${nowX} 0)`)
  const pillX = Math.max(PILL_PX / 2, nowX)
  svg.querySelector('[data-part=pill]')?.setAttribute('transform', `translate(${pillX} 0)`)
  const time = svg.querySelector('[data-part=time]')
  const text = formatMoment(nowMillis)
  if (time && time.textContent !== text) time.textContent = text
  for (const figure of svg.querySelectorAll<SVGTextElement>('[data-figure]')) {
    const x = Number(figure.dataset.figure) - px(left)
    figure.style.visibility = Math.abs(x - pillX) < 46 ? 'hidden' : 'visible'
  }
}

export function useElementWidth() {
  const ref = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  useEffect(() => {
    if (!ref.current) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height })
    })
    observer.observe(ref.current)
    return () => observer.disconnect()
  }, [])
  return { ref, ...size }
}
