'use client'

import { useTranslations } from '../i18n/translations.tsx'
import type { BranchTree } from '../../server/history.ts'
import { formatMoment } from '../timeline/moment.ts'
import styles from './compare.module.css'
import { drawTree } from './tree-layout.ts'

const WIDTH_PX = 320

/** The lab's branches as a small tree: the two that are compared, and where they stand. */
export function BranchDrawing({ tree, chosen, measure }: {
  readonly tree: BranchTree
  readonly chosen: readonly string[]
  readonly measure: (text: string, bold: boolean) => number
}) {
  const t = useTranslations('compare')
  const drawn = drawTree(tree, { width: WIDTH_PX, measure })
  const label = drawn.lines.map(({ name, from, to }) => from === null
    ? t('lineFromStart', { branch: name, to: formatMoment(to) })
    : t('lineFromFork', { branch: name, from: formatMoment(from), to: formatMoment(to) })).join(' ')
  return (
    <svg
      className={styles.tree} viewBox={`0 0 ${WIDTH_PX} ${drawn.height}`} width={WIDTH_PX}
      height={drawn.height} role="img" aria-label={label}
    >
      {drawn.lines.map((line) => (
        <g
          key={line.id}
          className={`${styles.line} ${chosen.includes(line.id) ? styles.chosen : ''}`}
          data-child={line.from !== null}
        >
          <path d={line.path} />
          <circle className={styles.end} cx={line.endX} cy={line.y} r="4" />
          <text x={line.nameX} y={line.y + 19} textAnchor={line.anchor} className={styles.lineName}>
            {line.name}
          </text>
          {line.timeX === null ? null : (
            <text x={line.timeX} y={line.y + 19} textAnchor="end" className={styles.lineTime}>
              {formatMoment(line.to)}
            </text>
          )}
        </g>
      ))}
      {drawn.forks.map(({ x, y, key }) => (
        <circle key={key} className={styles.forkPoint} cx={x} cy={y} r="4.5" />
      ))}
    </svg>
  )
}
