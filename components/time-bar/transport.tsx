'use client'

import type { ReactNode } from 'react'
import { useTranslations } from '../i18n/translations.tsx'
import { NextEvent, Pause, PlayFilled, PreviousEvent } from '../ui/icons.tsx'
import styles from './time-bar.module.css'

/** Previous event, play or pause, next event. */
export function Transport({ acts, word, isGoing, isReady = true }: {
  readonly acts: {
    readonly previous: () => void
    readonly toggle: () => void
    readonly next: () => void
  }
  /** What the round button does. */
  readonly word: string
  readonly isGoing: boolean
  readonly isReady?: boolean
}) {
  const t = useTranslations('timeBar')
  return (
    <span className={styles.transport}>
      <Step label={t('previous')} onClick={acts.previous}><PreviousEvent /></Step>
      <button
        className={styles.play} disabled={!isReady} onClick={acts.toggle} aria-label={word}
        title={word}
      >
        {isGoing ? <Pause /> : <PlayFilled />}
      </button>
      <Step label={t('next')} isOff={!isReady} onClick={acts.next}><NextEvent /></Step>
    </span>
  )
}

function Step({ label, isOff = false, onClick, children }: {
  readonly label: string
  readonly isOff?: boolean
  readonly onClick: () => void
  readonly children: ReactNode
}) {
  return (
    <button
      className="button button-bare button-icon" disabled={isOff} aria-label={label} title={label}
      onClick={onClick}
    >
      {children}
    </button>
  )
}
