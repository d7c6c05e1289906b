import { useId } from 'react'
import { useTranslations } from '../i18n/translations.tsx'
import { LastingThings, MarkThings, type TipText } from './items.tsx'
import type { Layout, Tip } from './layout-types.ts'
import { formatMoment } from './moment.ts'
import { Labels, Patterns, WedgeAhead, type Window } from './shapes.tsx'
import styles from './timeline.module.css'

/** A line without an end is drawn this far past what is seen: until the next placing. */
const AHEAD_PX = 4_000

export interface BodyProps {
  readonly drawn: Layout
  readonly window: Window
  readonly width: number
  readonly height: number
  readonly stopKey: string | null
  readonly tipText: (tip: Tip) => TipText
  readonly canAsk: boolean
  readonly isStill?: boolean
  readonly nowMillis: number
  /** A moment of the past is looked at: where now is, is shown too. */
  readonly isPast: boolean
}

/**
 * All that a timeline draws above its axis, in layers. What carries `data-part` is moved by
 * `moveTo` in every frame: the past is white, the future is blank, and what lasts is cut at the
 * playhead.
 */
export function PictureBody({ drawn, width, height, nowMillis, isPast, ...rest }: BodyProps) {
  const clip = `past${useId()}`
  const things = { drawn, ...rest }
  const { window } = rest
  return (
    <>
      <Patterns />
      <clipPath id={clip}>
        <rect data-part="past" x="0" y="0" height={height} width="0" />
      </clipPath>
      <rect data-part="past" className={styles.past} x="0" y="0" height={height} width="0" />
      <g data-part="content">
        {drawn.wedges.map((wedge) => (
          <WedgeAhead key={wedge.key} wedge={wedge} />
        ))}
      </g>
      <g clipPath={`url(#${clip})`}>
        {drawn.rows.slice(1).map((row) => (
          <path
            key={row.key}
            className={row.begins ? styles.podLine : styles.rowLine}
            d={`M0 ${row.y + 0.5}H${width}`}
          />
        ))}
        <g data-part="content">
          {drawn.threads.map(({ key, x1, x2, y }) => (
            <path
              key={key}
              className={styles.thread}
              d={`M${Math.max(x1, window.fromX)} ${y}H${Math.min(x2, window.toX + AHEAD_PX)}`}
            />
          ))}
          <LastingThings {...things} />
        </g>
      </g>
      <rect data-part="veil" className={styles.veil} y="0" height={height} width="0" />
      <g data-part="content">
        <Labels labels={drawn.labels.filter(({ pad }) => pad)} />
      </g>
      {isPast ? <Now height={height} millis={nowMillis} /> : null}
      <path data-part="line" className={styles.playhead} d={`M0 4V${height}`} />
      <g data-part="content">
        <Labels labels={drawn.labels.filter(({ pad }) => !pad)} />
        <MarkThings {...things} />
      </g>
    </>
  )
}

function Now({ height, millis }: { readonly height: number; readonly millis: number }) {
  const t = useTranslations('timeline')
  return (
    <g data-part="now" aria-hidden="true">
      <path className={styles.nowLine} d={`M0 0V${height}`} />
      <text className={styles.nowText} x="8" y="14">
        {t('nowAt', { time: formatMoment(millis) })}
      </text>
    </g>
  )
}
