'use client'

import { useEffect, useState, type ReactNode } from 'react'
import { useTranslations } from '../i18n/translations.tsx'
import { useLab } from '../lab/lab-provider.tsx'
import { Check, Warning } from '../ui/icons.tsx'
import styles from './notices.module.css'

/** A line that is back sooner is not worth a word. */
const OFFLINE_AFTER_MILLIS = 1_000
const RECOVERED_MILLIS = 4_000
const PREPARING_AFTER_MILLIS = 400

/** What needs the reader: in place, under the header, and gone when it no longer holds. */
export function Notices() {
  const t = useTranslations('lab')
  const errors = useTranslations('errors')
  const { state, problem } = useLab()
  const offline = useAfter(state.known && state.status === 'offline', OFFLINE_AFTER_MILLIS)
  const preparing = useAfter(!state.known && problem === null, PREPARING_AFTER_MILLIS)
  const recovered = useFor(state.recoveredAtMillis, RECOVERED_MILLIS)
  return (
    <div className={styles.notices} aria-live="polite">
      {problem ? <Notice kind="danger">{errors(problem)}</Notice> : null}
      {state.status === 'refused' ? (
        <Notice kind="danger">
          <strong>{t('refused')}</strong> {t('refusedMore')}
        </Notice>
      ) : null}
      {state.error && state.status !== 'refused' ? (
        <Notice kind="danger">{errors(state.error.code)}</Notice>
      ) : null}
      {state.held ? (
        <Notice kind="danger">
          <strong>{t('held', { reason: state.held })}</strong> {t('heldMore')}
        </Notice>
      ) : null}
      {offline ? (
        <Notice kind="caution">
          <strong>{t('offline')}</strong> {t('offlineMore')}
        </Notice>
      ) : null}
      {recovered && !offline ? (
        <Notice kind="good">
          <strong>{t('recovered')}</strong> {t('recoveredMore')}
        </Notice>
      ) : null}
      {preparing ? (
        <div className={styles.progress}>
          <span className="visually-hidden">{t('preparing')}</span>
        </div>
      ) : null}
    </div>
  )
}

function Notice({
  kind,
  children,
}: {
  readonly kind: 'danger' | 'caution' | 'good'
  readonly children: ReactNode
}) {
  return (
    <p className={`${styles.notice} ${styles[kind]}`}>
      {kind === 'good' ? <Check /> : <Warning />}
      <span>{children}</span>
    </p>
  )
}

/** True once something has held for so long. */
function useAfter(holds: boolean, millis: number): boolean {
  const [over, setOver] = useState(false)
  useEffect(() => {
    if (!holds) return
    const timer = setTimeout(() => setOver(true), millis)
    return () => {
      clearTimeout(timer)
      setOver(false)
    }
  }, [holds, millis])
  return holds && over
}

/** True for so long after each new moment. */
function useFor(sinceMillis: number | null, millis: number): boolean {
  const [past, setPast] = useState<number | null>(null)
  useEffect(() => {
    if (sinceMillis === null) return
    const timer = setTimeout(() => setPast(sinceMillis), millis)
    return () => clearTimeout(timer)
  }, [sinceMillis, millis])
  return sinceMillis !== null && past !== sinceMillis
}
