import type { Life, LifeSpan, ScenarioReport } from './report.ts'
import styles from './fidelity.module.css'

export interface PairWords {
  readonly recorded: string
  readonly simulated: string
  readonly exit: (code: string) => string
  readonly kind: (kind: LifeSpan['kind']) => string
  readonly picture: string
}

const WIDTH = 1_000
const NAMES = 190
const LANE = 26
const BAR = 18
const AXIS = 24
/** An axis has about so many figures. */
const FIGURES = 8
const NICE_SECONDS = [0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600]
/** Narrower spans are drawn this wide; a word needs so much for each letter. */
const LEAST_PX = 3
const LETTER_PX = 7.4

/** The recorded and the simulated life of each container, one above the other, on one axis. */
export function LifePair({ scenario, words }: {
  readonly scenario: ScenarioReport
  readonly words: PairWords
}) {
  const rows = rowsOf(scenario)
  if (rows.length === 0) return null
  const end = Math.max(1, ...rows.flatMap(({ life }) => life.spans.map((span) => span.to)))
  const px = (seconds: number) => NAMES + (seconds / end) * (WIDTH - NAMES - 60)
  const height = rows.length * LANE + AXIS
  return (
    <div className={styles.scroll} tabIndex={0} role="group" aria-label={words.picture}>
      <svg className={styles.pair} viewBox={`0 0 ${WIDTH} ${height}`} role="img"
        aria-label={rows.map((row) => spoken(row, words)).join(' ')}
      >
        {rows.map((row, at) => (
          <g key={`${row.life.pod}/${row.life.container}/${row.from}`}
            transform={`translate(0 ${at * LANE})`}
          >
            <text className={styles.name} x="0" y="17">
              {row.life.container} <tspan>{words[row.from]}</tspan>
            </text>
            {row.life.spans.map((span, i) => (
              <Bar key={i} span={span} x1={px(span.from)} x2={px(span.to)} words={words} />
            ))}
            {row.life.gone === null ? null : (
              <path className={styles.gone} d={`M${px(row.life.gone)} 4v${BAR}`} />
            )}
          </g>
        ))}
        <Axis end={end} px={px} y={rows.length * LANE} />
      </svg>
    </div>
  )
}

interface Row { readonly life: Life; readonly from: 'recorded' | 'simulated' }

/** Recorded above simulated, container by container. */
function rowsOf({ recorded, simulated }: ScenarioReport): readonly Row[] {
  const same = (one: Life, other: Life) =>
    one.pod === other.pod && one.container === other.container
  const pairs = recorded.flatMap((life): Row[] => {
    const other = simulated.find((candidate) => same(candidate, life))
    const second: Row[] = other ? [{ life: other, from: 'simulated' }] : []
    return [{ life, from: 'recorded' }, ...second]
  })
  const alone = simulated.filter((life) => !recorded.some((other) => same(other, life)))
  return [...pairs, ...alone.map((life) => ({ life, from: 'simulated' as const }))]
}

function Bar({ span, x1, x2, words }: {
  readonly span: LifeSpan
  readonly x1: number
  readonly x2: number
  readonly words: PairWords
}) {
  const width = Math.max(LEAST_PX, x2 - x1)
  const text = span.kind === 'ended' ? words.exit(span.word) : span.word || words.kind(span.kind)
  const fits = text.length * LETTER_PX + 12 < width || span.kind === 'ended'
  return (
    <>
      {span.kind === 'ended' ? null : (
        <rect className={styles[span.kind]} x={x1} y="4" width={width} height={BAR} rx="3" />
      )}
      {fits ? <text className={styles.word} x={x1 + 6} y="17">{text}</text> : null}
    </>
  )
}

function Axis({ end, px, y }: {
  readonly end: number
  readonly px: (seconds: number) => number
  readonly y: number
}) {
  const step = NICE_SECONDS.find((seconds) => end / seconds <= FIGURES) ?? 1_200
  const figures = Array.from({ length: Math.floor(end / step) + 1 }, (_, at) => at * step)
  return (
    <g className={styles.axis}>
      <path d={`M${NAMES} ${y + 0.5}H${WIDTH}`} />
      {figures.map((seconds) => (
        <text key={seconds} x={px(seconds)} y={y + 16} textAnchor="middle">{seconds} s</text>
      ))}
    </g>
  )
}

function spoken({ life, from }: Row, words: PairWords): string {
  const spans = life.spans.map((span) =>
    `${span.kind === 'ended' ? words.exit(span.word) : span.word || words.kind(span.kind)} `
    + `${span.from.toFixed(1)} s`)
  return `${life.container}, ${words[from]}: ${spans.join(', ')}.`
}
