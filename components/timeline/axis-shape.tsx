import { ticks } from './axis.ts'
import styles from './timeline.module.css'
import type { View } from './view.ts'

export const AXIS_PX = 28

/** Ticks and figures under the rows; a screen's width more to the right, for the way to the next. */
export function Axis({
  leftMillis,
  view,
  width,
  top,
}: {
  readonly leftMillis: number
  readonly view: View
  readonly width: number
  readonly top: number
}) {
  const from = leftMillis / 1_000
  const visible = width / view.pxPerSecond
  const marks = ticks(from - visible * 0.1, from + visible * 1.3, view.pxPerSecond)
  return (
    <g aria-hidden="true">
      <path className={styles.axisLine} d={`M0 ${top + 0.5}H${width}`} />
      <g data-part="content">
        {marks.map(({ seconds, label }) => {
          const x = seconds * view.pxPerSecond
          return (
            <g key={seconds}>
              <path className={styles.tick} d={`M${x} ${top}v${label ? 6 : 4}`} />
              {label && seconds > 0 ? (
                <text
                  className={styles.figure}
                  data-figure={x}
                  x={x}
                  y={top + 19}
                  textAnchor="middle"
                >
                  {label}
                </text>
              ) : label ? (
                <text className={styles.figure} data-figure={x} x={x + 2} y={top + 19}>
                  {label}
                </text>
              ) : null}
            </g>
          )
        })}
      </g>
    </g>
  )
}
