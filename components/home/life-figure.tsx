import { getTranslations } from 'next-intl/server'
import { layout } from '../timeline/layout.ts'
import type { Layout } from '../timeline/layout-types.ts'
import { formatMoment } from '../timeline/moment.ts'
import { podLives } from '../timeline/trace-reader.ts'
import { sampleEntries } from '../timeline/sample-lives.ts'
import {
  Labels,
  MarkShape,
  SpanShape,
  WedgeShape,
  type Window,
} from '../timeline/shapes.tsx'
import timeline from '../timeline/timeline.module.css'
import { timelineWords } from '../timeline/words.ts'
import styles from './home.module.css'

/** On a phone the rows go without their names: the shapes tell them. */
const SIZES = {
  wide: { width: 540, names: 116, pxPerSecond: 8.3 },
  narrow: { width: 338, names: 12, pxPerSecond: 5.4 },
} as const
const NOW_MILLIS = 50_900
const AXIS_PX = 34

/** Without a browser there is no font to measure: these widths are on the safe side. */
function estimate(text: string, bold: boolean): number {
  const width = [...text].reduce((sum, letter) => sum + (letter > '\u2e7f' ? 12 : 6.7), 0)
  return bold ? width * 1.06 : width
}

/** The life that the second lesson looks at, as recorded, in the timeline's own grammar. */
export async function LifeFigure() {
  const t = await getTranslations('home')
  return (
    <figure className={styles.figure}>
      <LifePicture size="wide" />
      <LifePicture size="narrow" />
      <figcaption className="visually-hidden">{t('figure')}</figcaption>
    </figure>
  )
}

async function LifePicture({ size }: { readonly size: keyof typeof SIZES }) {
  const t = await getTranslations('timeline')
  const { width, names, pxPerSecond } = SIZES[size]
  const drawn = layout(podLives(sampleEntries()), {
    nowMillis: NOW_MILLIS,
    leftMillis: 0,
    pxPerSecond,
    words: timelineWords(t),
    measure: estimate,
    metrics: {
      pitch: 36,
      spanHeight: 22,
      graceHeight: 78,
      only: ['container', 'process', 'grace'],
    },
  })
  const nowX = (NOW_MILLIS / 1_000) * pxPerSecond
  const height = drawn.height + AXIS_PX
  const box = `${-names} 0 ${names + width} ${height}`
  return (
    <svg className={styles[size]} viewBox={box} aria-hidden="true">
      <rect
        className={timeline.past}
        x={-names}
        y="-12"
        width={names + nowX}
        height={height + 24}
      />
      {drawn.rows.map((row) => (
        <text
          key={row.kind}
          className={`${timeline.label} ${styles.rowName}`}
          x={20 - names}
          y={row.y + row.height / 2 + 4}
        >
          {t(row.kind)}
        </text>
      ))}
      <LifeShapes drawn={drawn} window={{ fromX: 0, toX: width, pxPerSecond }} />
      <path className={timeline.playhead} d={`M${nowX} 4V${height - 26}`} />
      <rect
        className={timeline.pill}
        x={nowX - 29}
        y={height - 26}
        width="58"
        height="20"
        rx="10"
      />
      <text className={timeline.pillText} x={nowX} y={height - 12} textAnchor="middle">
        {formatMoment(NOW_MILLIS)}
      </text>
    </svg>
  )
}

function LifeShapes({ drawn, window }: { readonly drawn: Layout; readonly window: Window }) {
  return (
    <>
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
    </>
  )
}
