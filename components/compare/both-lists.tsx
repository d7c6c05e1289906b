'use client'

import { useMemo } from 'react'
import { useTranslations } from '../i18n/translations.tsx'
import { formatMoment } from '../timeline/moment.ts'
import styles from './compare.module.css'
import type { Comparison, Difference } from './difference.ts'

/** Both timelines as ordered lists, from the fork on, with the same numbers. */
export function BothLists({ comparison }: { readonly comparison: Comparison }) {
  return (
    <section className={styles.lists}>
      <BranchList comparison={comparison} side="a" />
      <BranchList comparison={comparison} side="b" />
    </section>
  )
}

function BranchList({ comparison, side }: {
  readonly comparison: Comparison
  readonly side: 'a' | 'b'
}) {
  const t = useTranslations('compare')
  const timeline = useTranslations('timeline')
  const { traces, fork, differences } = comparison
  const trace = traces[side]
  const facts = useMemo(
    () => trace.reading.facts.filter(({ at }) => at >= fork.atMillis), [trace, fork],
  )
  const numbers = numbersOf(differences, side)
  return (
    <div>
      <h2 translate="no">{trace.name}</h2>
      <p className={styles.listNote}>{t('listFrom', { moment: formatMoment(fork.atMillis) })}</p>
      <ol tabIndex={0} aria-label={t('listOf', { branch: trace.name })}>
        {facts.map((fact) => (
          <li key={fact.id}>
            <span className="figures">{formatMoment(fact.at)}</span>
            <span>{timeline(`facts.${fact.name}`, fact.values)}</span>
            {numbers.has(fact.id) ? (
              <span className={styles.number}>{numbers.get(fact.id)}</span>
            ) : null}
          </li>
        ))}
      </ol>
    </div>
  )
}

function numbersOf(
  differences: readonly Difference[], side: 'a' | 'b',
): ReadonlyMap<number, number> {
  return new Map(differences.flatMap(({ anchors, number }) => {
    const entry = anchors[side]
    return entry === null ? [] : [[entry, number] as const]
  }))
}
