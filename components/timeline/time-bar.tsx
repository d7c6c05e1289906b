'use client'

import { useTranslations, type Translate } from '../i18n/translations.tsx'
import type { ReactNode } from 'react'
import type { ClockReading, LabState } from '../lab/lab-state.ts'
import { useVirtualNow } from '../lab/virtual-now.ts'
import { formatMoment, formatSeconds } from './moment.ts'
import styles from './timeline.module.css'

const CLOCK_MILLIS = 100

/** The lab's clock in plain view, how it goes, and how long ago the delete was. */
export function TimeBar({
  state,
  deletedAtMillis,
  children,
}: {
  readonly state: LabState
  readonly deletedAtMillis: number | null
  readonly children: ReactNode
}) {
  const t = useTranslations('timeline')
  const now = useVirtualNow(state.clock, CLOCK_MILLIS)
  return (
    <div className={styles.bar}>
      <span role="timer" aria-label={t('clock')} className={`${styles.clock} figures`}>
        {formatMoment(now)}
      </span>
      <span className={styles.clockNote}>
        <strong>{paceWord(t, state.clock, state)}</strong>
        {deletedAtMillis === null ? null : (
          <span>
            {t('afterDelete', { seconds: formatSeconds(Math.max(0, now - deletedAtMillis)) })}
          </span>
        )}
      </span>
      <span className={styles.barTools}>{children}</span>
    </div>
  )
}

function paceWord(
  t: Translate<'timeline'>,
  clock: ClockReading,
  state: LabState,
): string {
  if (!state.known) return ''
  if (state.status !== 'online') return t('stopped')
  if (clock.pace === 0) return t('paused')
  return clock.pace === 1 ? t('realTime') : t('pace', { pace: String(clock.pace) })
}
