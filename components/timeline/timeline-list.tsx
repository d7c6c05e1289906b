'use client'

import { useEffect, useMemo, useRef } from 'react'
import type { TimelineEntry } from '../../server/protocol.ts'
import { useTranslations } from '../i18n/translations.tsx'
import { factsOf } from './facts.ts'
import { formatMoment } from './moment.ts'
import styles from './timeline.module.css'

/** Whoever reads farther up is not pulled down by what is new. */
const NEAR_END_PX = 80

/** The same facts as an ordered list, newest last, with the same numbers and words. */
export function TimelineList({ entries }: { readonly entries: readonly TimelineEntry[] }) {
  const t = useTranslations('timeline')
  const facts = useMemo(() => factsOf(entries), [entries])
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    const element = list.current
    if (!element) return
    const below = element.scrollHeight - element.clientHeight - element.scrollTop
    if (element.scrollTop === 0 || below < NEAR_END_PX) element.scrollTop = element.scrollHeight
  }, [facts])
  if (facts.length === 0)
    return (
      <p className={styles.emptyList}>
        {t('empty')} {t('emptyMore')}
      </p>
    )
  return (
    <ol ref={list} className={styles.list} tabIndex={0} aria-label={t('asList')}>
      {facts.map((fact) => (
        <li key={fact.id}>
          <span className="figures">{formatMoment(fact.at)}</span>
          <span>{t(`facts.${fact.name}`, fact.values)}</span>
        </li>
      ))}
    </ol>
  )
}
