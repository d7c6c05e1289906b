'use client'

import { useMemo } from 'react'
import type { TimelineEntry } from '../../server/protocol.ts'
import { useTranslations } from '../i18n/translations.tsx'
import { ticks } from '../timeline/axis.ts'
import { layout } from '../timeline/layout.ts'
import { factsOf, podLives } from '../timeline/trace-reader.ts'
import { Labels, MarkShape, Patterns, SpanShape, WedgeShape } from '../timeline/shapes.tsx'
import timeline from '../timeline/timeline.module.css'
import { useMeasure } from '../timeline/use-measure.ts'
import { timelineWords } from '../timeline/words.ts'
import { formatMoment } from '../timeline/moment.ts'
import { useElementWidth } from './use-element-width.ts'
import styles from './what-if.module.css'

const METRICS = {
  pitch: 32, spanHeight: 22, graceHeight: 70,
  only: ['container', 'hook', 'process', 'grace'] as const,
}
const NAMES_PX = 116
const AXIS_PX = 26
/** Before the delete, so that what ran is seen to run. */
const LEAD_SECONDS = 2
/** What comes after the longest grace period: the overdraft of two seconds, and the kubelet. */
const TAIL_SECONDS = 4

/**
 * The shutdown of one cell in the timeline's grammar, the delete at 0. The scale is that of the
 * longest grace period the slider has, so that nothing moves but what the settings move.
 */
export function OutcomePicture({ entries, pod, mostSeconds }: {
  readonly entries: readonly TimelineEntry[]
  readonly pod: string
  readonly mostSeconds: number
}) {
  const t = useTranslations('timeline')
  const own = useTranslations('whatIf')
  const [box, width] = useElementWidth()
  const measure = useMeasure()
  const words = useMemo(() => timelineWords(t), [t])
  const deletedAt = deletionIn(entries, pod)
  const pxPerSecond = Math.max(0, width - NAMES_PX) / (LEAD_SECONDS + mostSeconds + TAIL_SECONDS)
  const leftMillis = deletedAt - LEAD_SECONDS * 1_000
  const drawn = useMemo(() => layout(podLives(entries).filter((life) => life.pod === pod), {
    nowMillis: entries.at(-1)?.at ?? 0, leftMillis, pxPerSecond: Math.max(1, pxPerSecond), words,
    measure, metrics: { ...METRICS, only: [...METRICS.only] },
  }), [entries, pod, leftMillis, pxPerSecond, words, measure])
  const height = drawn.height + AXIS_PX
  const leftX = (leftMillis / 1_000) * pxPerSecond
  const window = { fromX: leftX, toX: leftX + width, pxPerSecond: Math.max(1, pxPerSecond) }
  return (
    <figure className={styles.outcome} ref={box}>
      {width > 0 ? (
        <svg width={width} height={height} aria-hidden="true">
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
          <svg x={NAMES_PX} width={width - NAMES_PX} height={drawn.height} overflow="hidden">
            <rect className={timeline.past} width={width} height={drawn.height} />
            {drawn.rows.map((row) => (
              <path key={row.key} className={timeline.rowLine} d={`M0 ${row.y + 0.5}H${width}`} />
            ))}
            <g transform={`translate(${-leftX} 0)`}>
              {drawn.spans.map((span) => (
                <SpanShape key={span.key} span={span} window={window} />
              ))}
              {drawn.wedges.map((wedge) => (
                <WedgeShape key={wedge.key} wedge={wedge} window={window} />
              ))}
              <Labels labels={drawn.labels} />
              {drawn.marks.map((mark) => (
                <MarkShape key={mark.key} mark={mark} />
              ))}
            </g>
          </svg>
          <g transform={`translate(${NAMES_PX + LEAD_SECONDS * pxPerSecond} ${drawn.height})`}>
            <path className={timeline.axisLine} d={`M${-LEAD_SECONDS * pxPerSecond} 0.5H${width}`} />
            {ticks(0, mostSeconds + TAIL_SECONDS, pxPerSecond).map(({ seconds, label }) => (
              <g key={seconds}>
                <path className={timeline.tick} d={`M${seconds * pxPerSecond} 0v${label ? 6 : 4}`} />
                {label === null ? null : (
                  <text
                    className={timeline.figure} x={seconds * pxPerSecond} y="19"
                    textAnchor="middle"
                  >
                    {seconds === 0 ? own('delete') : own('seconds', { seconds: String(seconds) })}
                  </text>
                )}
              </g>
            ))}
          </g>
        </svg>
      ) : null}
      <figcaption className="visually-hidden">
        {own('picture', { pod })}
        <FactList entries={entries} since={deletedAt} />
      </figcaption>
    </figure>
  )
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
