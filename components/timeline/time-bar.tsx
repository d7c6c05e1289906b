'use client'

import type { ReactNode } from 'react'
import { useTranslations, type Translate } from '../i18n/translations.tsx'
import type { ClockReading, LabState } from '../lab/lab-state.ts'
import { useVirtualNow } from '../lab/virtual-now.ts'
import { formatMoment, formatSeconds } from './moment.ts'
import type { Deletion } from './pods.ts'
import styles from './timeline.module.css'

const CLOCK_MILLIS = 100

/** The lab's clock in plain view, how it goes, and how long ago the delete was. */
export function TimeBar({
  state,
  deletion,
  children,
}: {
  readonly state: LabState
  readonly deletion: Deletion | null
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
        {deletion === null ? null : <span>{deletionWord(t, deletion, now)}</span>}
      </span>
      <span className={styles.barTools}>{children}</span>
    </div>
  )
}

/** How long ago the delete was; once the pod is gone, how long that took. */
function deletionWord(t: Translate<'timeline'>, deletion: Deletion, now: number): string {
  const until = deletion.goneAt ?? now
  const seconds = formatSeconds(Math.max(0, until - deletion.at))
  return t(deletion.goneAt === null ? 'afterDelete' : 'goneAfter', { seconds })
}

function paceWord(t: Translate<'timeline'>, clock: ClockReading, state: LabState): string {
  if (!state.known) return ''
  if (state.status !== 'online') return t('stopped')
  if (clock.pace === 0) return t('paused')
  return clock.pace === 1 ? t('realTime') : t('pace', { pace: String(clock.pace) })
}
