'use client'

import { useId } from 'react'
import { useTranslations } from '../i18n/translations.tsx'
import styles from './time-bar.module.css'

export const PACES = [1, 2, 10, 60] as const
export type PaceChoice = (typeof PACES)[number]

/** How fast time goes, or will when it goes on. */
export function Paces({ pace: chosen, onPace }: {
  readonly pace: number
  readonly onPace: (pace: PaceChoice) => void
}) {
  const t = useTranslations('timeBar')
  const name = useId()
  return (
    <span className={styles.paces} role="radiogroup" aria-label={t('pace')}>
      {PACES.map((pace) => (
        <label key={pace} className={styles.pace}>
          <input
            type="radio" name={name} checked={chosen === pace} onChange={() => onPace(pace)}
          />
          <span className="figures">{t('times', { pace })}</span>
        </label>
      ))}
    </span>
  )
}
