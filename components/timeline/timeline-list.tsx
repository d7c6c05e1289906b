'use client'

import { useEffect, useRef, useState } from 'react'
import { useTranslations } from '../i18n/translations.tsx'
import { formatMoment } from './moment.ts'
import styles from './timeline.module.css'
import type { Reading } from './trace-reader.ts'

/** Whoever reads farther up is not pulled down by what is new. */
const NEAR_END_PX = 80
/** So many of the latest are in the page; the reader can have more. */
const SHOWN = 500

/** The same facts as an ordered list, newest last, with the same numbers and words. */
export function TimelineList({
  reading,
  onWhy,
  isWhole = false,
}: {
  readonly reading: Reading
  readonly onWhy?: (entry: number, anchor: Element) => void
  /** On paper nothing is left out. */
  readonly isWhole?: boolean
}) {
  const t = useTranslations('timeline')
  const [shown, setShown] = useState(SHOWN)
  const { facts, count } = reading
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    const element = list.current
    if (!element || isWhole) return
    const below = element.scrollHeight - element.clientHeight - element.scrollTop
    if (element.scrollTop === 0 || below < NEAR_END_PX) element.scrollTop = element.scrollHeight
  }, [count, isWhole])
  if (count === 0)
    return (
      <p className={styles.emptyList}>
        {t('empty')} {t('emptyMore')}
      </p>
    )
  const first = isWhole ? 0 : Math.max(0, count - shown)
  return (
    <ol
      ref={list} className={styles.list} tabIndex={isWhole ? -1 : 0} aria-label={t('asList')}
      start={first + 1}
    >
      {first > 0 ? (
        <li className={styles.earlier}>
          <button className="button" onClick={() => setShown(shown + SHOWN)}>
            {t('earlier', { count: String(Math.min(SHOWN, first)) })}
          </button>
        </li>
      ) : null}
      {facts.slice(first).map((fact) => (
        <li key={fact.id}>
          <FactTime fact={fact} onWhy={onWhy} />
          <span>{t(`facts.${fact.name}`, fact.values)}</span>
        </li>
      ))}
    </ol>
  )
}

function FactTime({ fact, onWhy }: {
  readonly fact: { readonly id: number; readonly at: number }
  readonly onWhy: ((entry: number, anchor: Element) => void) | undefined
}) {
  const text = formatMoment(fact.at)
  if (!onWhy) return <span className="figures">{text}</span>
  return (
    <button
      className={`figures ${styles.factTime}`}
      onClick={(event) => onWhy(fact.id, event.currentTarget)}
    >
      {text}
    </button>
  )
}
