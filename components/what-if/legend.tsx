'use client'

import type { Outcome } from '../../server/what-if/types.ts'
import { useTranslations } from '../i18n/translations.tsx'
import { MiniatureKey } from './miniature.tsx'
import { outcomeName } from './outcome-words.ts'
import styles from './what-if.module.css'

const ORDER: readonly Outcome['kind'][] = [
  'exited', 'killed-after', 'killed-in-hook', 'not-run', 'too-long', 'failed',
]

/** The kinds of endings that are on the map, and how often: its shapes in words. */
export function Legend({ outcomes, hasOwn }: {
  readonly outcomes: readonly Outcome[]
  readonly hasOwn: boolean
}) {
  const t = useTranslations('whatIf')
  const groups = new Map<string, { readonly outcome: Outcome; count: number }>()
  for (const outcome of outcomes) {
    const name = outcomeName(t, outcome)
    const group = groups.get(name)
    if (group) group.count++
    else groups.set(name, { outcome, count: 1 })
  }
  const shown = [...groups].sort(([, one], [, other]) => rank(one.outcome) - rank(other.outcome))
  return (
    <ul className={styles.legend}>
      {shown.map(([name, { outcome, count }]) => (
        <li key={name}>
          <MiniatureKey outcome={outcome} />
          <span>{name}</span>
          <span className={`figures ${styles.count}`}>{count}</span>
        </li>
      ))}
      <li>
        <svg className={styles.miniature} width="27" height="18" aria-hidden="true">
          <path className={styles.cliff} d="M3 15V9H24V3" />
        </svg>
        {t('cliff')}
      </li>
      <li>
        <svg className={styles.miniature} width="27" height="18" aria-hidden="true">
          <rect className={styles.chosen} x="3" y="2" width="21" height="14" rx="3" />
        </svg>
        {t('chosen')}
      </li>
      {hasOwn ? (
        <li>
          <svg className={styles.miniature} width="27" height="18" aria-hidden="true">
            <circle className={styles.ownMark} cx="13.5" cy="9" r="4" />
          </svg>
          {t('yours')}
        </li>
      ) : null}
    </ul>
  )
}

function rank({ kind, hook }: Outcome): number {
  return ORDER.indexOf(kind) * 2 + (hook === 'cut' ? 1 : 0)
}
