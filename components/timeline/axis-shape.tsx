import { ticks } from './axis.ts'
import type { Note } from './layout-types.ts'
import { formatMoment } from './moment.ts'
import { PILL_PX } from './move.ts'
import styles from './timeline.module.css'

export const AXIS_PX = 28

export interface AxisProps {
  readonly fromX: number
  readonly toX: number
  readonly pxPerSecond: number
  readonly width: number
  /** Words in place of figures. */
  readonly notes: readonly Note[]
}

/** Ticks and figures under the rows. */
export function Axis({ fromX, toX, pxPerSecond, width, notes }: AxisProps) {
  const marks = ticks(fromX / pxPerSecond, toX / pxPerSecond, pxPerSecond)
  return (
    <g aria-hidden="true">
      <path className={styles.axisLine} d={`M0 0.5H${width}`} />
      <g data-part="content">
        {notes.map(({ x, text }) => (
          <text
            key={x} data-part="figure" data-x={x} transform={`translate(${x} 19)`}
            textAnchor="middle" className={styles.note}
          >
            {text}
          </text>
        ))}
        {marks.map(({ seconds, label }) => {
          const x = seconds * pxPerSecond
          return (
            <g key={seconds}>
              <path
                className={styles.tick} transform={`translate(${x} 0)`} d={label ? MAJOR : MINOR}
              />
              {label && notes.length === 0 ? <Figure x={x} label={label} /> : null}
            </g>
          )
        })}
      </g>
    </g>
  )
}

const MAJOR = 'M0 0v6'
const MINOR = 'M0 0v4'

function Figure({ x, label }: { readonly x: number; readonly label: string }) {
  const isFirst = x === 0
  return (
    <text
      className={styles.figure}
      data-part="figure"
      data-x={x}
      transform={`translate(${isFirst ? x + 2 : x} 19)`}
      textAnchor={isFirst ? 'start' : 'middle'}
    >
      {label}
    </text>
  )
}

/** The playhead's time. */
export function Pill() {
  return (
    <g data-part="pill">
      <rect className={styles.pill} x={-PILL_PX / 2} y="0" width={PILL_PX} height="20" rx="10" />
      <text data-part="time" className={styles.pillText} textAnchor="middle" y="14.2" />
    </g>
  )
}

/** The moment at which this branch left another. */
export function ForkPill({ atMillis, pxPerSecond }: {
  readonly atMillis: number
  readonly pxPerSecond: number
}) {
  const x = (atMillis / 1_000) * pxPerSecond
  return (
    <g data-part="content" aria-hidden="true">
      <g transform={`translate(${x} 0)`} className={styles.fork}>
        <rect x="-38" y="0" width="76" height="20" rx="10" />
        <path d="M-28 5.5v9M-28 12c0-3 7-2 7-5.5M-21 5.5v1" />
        <text x="8" y="14.2" textAnchor="middle">{formatMoment(atMillis)}</text>
      </g>
    </g>
  )
}
