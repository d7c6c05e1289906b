'use client'

import { useState, type ReactNode } from 'react'
import { useTranslations } from '../i18n/translations.tsx'
import { useProgress } from './lesson-context.tsx'
import styles from './lesson.module.css'

/** What the lesson comes to: opens by itself when the last step is done. */
export function Summary({ children }: { readonly children: ReactNode }) {
  const t = useTranslations('lesson')
  const { currentId } = useProgress()
  const finished = currentId === null
  const [open, setOpen] = useState(finished)
  const [before, setBefore] = useState(finished)
  if (before !== finished) {
    setBefore(finished)
    setOpen(finished)
  }
  return (
    <details
      className={`${styles.step} ${styles.summary} ${finished ? styles.current : styles['to-come']}`}
      open={open} onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className={styles.stepTitle}>
        <span className={styles.tick} aria-hidden="true">·</span>
        <h2>{t('summary')}</h2>
      </summary>
      <div className={styles.stepText}>{children}</div>
    </details>
  )
}
