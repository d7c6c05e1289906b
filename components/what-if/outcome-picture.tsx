'use client'

import { useMemo } from 'react'
import type { TimelineEntry } from '../../server/protocol.ts'
import { useTranslations } from '../i18n/translations.tsx'
import { ticks } from '../timeline/axis.ts'
import { layout } from '../timeline/layout.ts'
import { factsOf, podLives } from '../timeline/trace-reader.ts'
import type { Layout, Metrics } from '../timeline/layout-types.ts'
import { formatMoment } from '../timeline/moment.ts'
import {
  Labels, MarkShape, Patterns, SpanShape, WedgeShape, type Window,
} from '../timeline/shapes.tsx'
import timeline from '../timeline/timeline.module.css'
import { useMeasure } from '../timeline/use-measure.ts'
import { timelineWords } from '../timeline/words.ts'
import { useElementWidth } from './use-element-width.ts'
import styles from './what-if.module.css'

const METRICS: Metrics = {
  pitch: 32, spanHeight: 22, graceHeight: 70, only: ['container', 'hook', 'process', 'grace'],
}
const NAMES_PX = 116
/** On a phone. */
const NARROW = { widthPx: 480, namesPx: 76 }
const AXIS_PX = 26
/** Before the delete, so that what ran is seen to run. */
const LEAD_SECONDS = 2
/** What comes after the longest grace period: the overdraft of two seconds, and the kubelet. */
const TAIL_SECONDS = 4

interface OutcomePictureProps {
  readonly entries: readonly TimelineEntry[]
  readonly pod: string
  readonly mostSeconds: number
}

/**
 * The shutdown of one cell in the timeline's grammar, the delete at 0. The scale is that of the
 * longest grace period the slider has, so that nothing moves but what the settings move.
 */
export function OutcomePicture(props: OutcomePictureProps) {
  const own = useTranslations('whatIf')
  const [box, width] = useElementWidth()
  const { entries, pod } = props
  const deletedAt = deletionIn(entries, pod)
  return (
    <figure className={styles.outcome} ref={box}>
      {width > 0 ? <Drawing {...props} width={width} deletedAt={deletedAt} /> : null}
      <figcaption className="visually-hidden">
        {own('picture', { pod })}
        <FactList entries={entries} since={deletedAt} />
      </figcaption>
    </figure>
  )
}

function Drawing({ entries, pod, mostSeconds, width, deletedAt }: OutcomePictureProps & {
  readonly width: number
  readonly deletedAt: number
}) {
  const t = useTranslations('timeline')
  const measure = useMeasure()
  const words = useMemo(() => timelineWords(t), [t])
  const names = width < NARROW.widthPx ? NARROW.namesPx : NAMES_PX
  const room = Math.max(1, width - names)
  const pxPerSecond = room / (LEAD_SECONDS + mostSeconds + TAIL_SECONDS)
  const leftMillis = deletedAt - LEAD_SECONDS * 1_000
  const leftX = (leftMillis / 1_000) * pxPerSecond
  const drawn = useMemo(() => layout(podLives(entries).filter((life) => life.pod === pod), {
    nowMillis: entries.at(-1)?.at ?? 0, leftMillis, pxPerSecond, words, measure, metrics: METRICS,
    frame: { fromX: leftX, toX: leftX + room, top: 0, bottom: Infinity },
  }), [entries, pod, leftMillis, leftX, room, pxPerSecond, words, measure])
  const axis = { pxPerSecond, mostSeconds: mostSeconds + TAIL_SECONDS }
  return (
    <svg width={width} height={drawn.height + AXIS_PX} aria-hidden="true">
      <Patterns />
      {drawn.rows.map((row) => (
        <text
          key={row.key}
          className={`${timeline.label} ${styles.rowName}`}
          y={row.y + row.height / 2 + 4}
        >
          {t(row.kind)}
        </text>
      ))}
      <svg x={names} width={room} height={drawn.height} overflow="hidden">
        {drawn.rows.map((row) => (
          <path key={row.key} className={timeline.rowLine} d={`M0 ${row.y + 0.5}H${width}`} />
        ))}
        <g transform={`translate(${-leftX} 0)`}>
          <Shapes drawn={drawn} window={{ fromX: leftX, toX: leftX + width, pxPerSecond }} />
        </g>
      </svg>
      <g transform={`translate(${names + LEAD_SECONDS * pxPerSecond} ${drawn.height})`}>
        <path className={timeline.axisLine} d={`M${-LEAD_SECONDS * pxPerSecond} 0.5H${width}`} />
        <Figures {...axis} />
      </g>
    </svg>
  )
}

function Shapes({ drawn, window }: { readonly drawn: Layout; readonly window: Window }) {
  return (
    <>
      {drawn.spans.map((span) => <SpanShape key={span.key} span={span} window={window} />)}
      {drawn.wedges.map((wedge) => <WedgeShape key={wedge.key} wedge={wedge} window={window} />)}
      <Labels labels={drawn.labels} />
      {drawn.marks.map((mark) => <MarkShape key={mark.key} mark={mark} />)}
    </>
  )
}

/** Seconds after the delete. */
function Figures({ pxPerSecond, mostSeconds }: {
  readonly pxPerSecond: number
  readonly mostSeconds: number
}) {
  const t = useTranslations('whatIf')
  return ticks(0, mostSeconds, pxPerSecond).map(({ seconds, label }) => {
    const x = seconds * pxPerSecond
    return (
      <g key={seconds}>
        <path className={timeline.tick} d={`M${x} 0v${label ? 6 : 4}`} />
        {label === null ? null : (
          <text className={timeline.figure} x={x} y="19" textAnchor="middle">
            {seconds === 0 ? t('delete') : t('seconds', { seconds: String(seconds) })}
          </text>
        )}
      </g>
    )
  })
}

/** The same as an ordered list, for who does not see the picture. */
function FactList({ entries, since }: {
  readonly entries: readonly TimelineEntry[]
  readonly since: number
}) {
  const t = useTranslations('timeline')
  const facts = useMemo(
    () => factsOf(entries).filter(({ at }) => at >= since), [entries, since],
  )
  return (
    <ol>
      {facts.map(({ id, at, name, values }) => (
        <li key={id}>
          {formatMoment(at - since)} {t(`facts.${name}`, values)}
        </li>
      ))}
    </ol>
  )
}

function deletionIn(entries: readonly TimelineEntry[], pod: string): number {
  const entry = entries.find((one) =>
    one.kind === 'pod-status' && one.pod === pod && one.status === 'Terminating')
  return entry?.at ?? entries.at(-1)?.at ?? 0
}
