'use client'

import type { ReactNode } from 'react'
import { useTranslations } from '../i18n/translations.tsx'
import { formatMoment } from '../timeline/moment.ts'
import { useProgress } from './lesson-context.tsx'
import styles from './lesson.module.css'
import { useStepId } from './step.tsx'

/** Why a step is not done yet. Shown when the server says that this is the reason. */
export function Note({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  const t = useTranslations('lesson')
  const stepId = useStepId()
  const { steps } = useProgress()
  const step = steps.find((one) => one.id === stepId)
  if (step?.note?.id !== id || step.doneAtMillis !== null) return null
  return (
    <div className={styles.note} role="status">
      <strong>{t('notYet')}</strong> {children}
      <span className={`${styles.noteMoment} figures`}>{formatMoment(step.note.atMillis)}</span>
    </div>
  )
}

/** A hint or a solution: there for whoever opens it. */
export function Aside({
  kind,
  children,
}: {
  readonly kind: 'hint' | 'solution'
  readonly children: ReactNode
}) {
  const t = useTranslations('lesson')
  const text =
    typeof children === 'string' && kind === 'solution' ? (
      <pre className={styles.file} tabIndex={0} lang="en" translate="no">
        {children}
      </pre>
    ) : (
      children
    )
  return (
    <details className={styles.aside}>
      <summary>{t(kind)}</summary>
      <div>{text}</div>
    </details>
  )
}
