'use client'

import { useEffect, useState } from 'react'
import { useTranslations, type Translate } from '../i18n/translations.tsx'
import { useLab } from '../lab/lab-provider.tsx'
import type { LabState } from '../lab/lab-state.ts'
import { useMoment } from '../lab/moment.tsx'
import { useVirtualNow } from '../lab/virtual-now.ts'
import { formatMoment, formatSeconds } from '../timeline/moment.ts'
import type { Deletion } from '../timeline/pods.ts'
import styles from './time-bar.module.css'
import type { ClockActs } from './use-clock.ts'

const CLOCK_MILLIS = 100
/** So long a word of what has just been skipped, or of a run that found nothing, stands. */
const WORD_MILLIS = 8_000

type T = Translate<'timeBar'>

/** The clock in plain view, how it goes, and how long ago the delete was. */
export function ClockFace({
  acts, deletion,
}: {
  readonly acts: ClockActs
  readonly deletion: Deletion | null
}) {
  const t = useTranslations('timeBar')
  const { state } = useLab()
  const { atMillis } = useMoment()
  const now = useVirtualNow(state.clock, CLOCK_MILLIS)
  const shown = atMillis ?? now
  const news = useNews(t, state)
  return (
    <>
      <span role="timer" aria-label={t('clock')} className={`${styles.clock} figures`}>
        {formatMoment(shown)}
      </span>
      <span className={styles.note}>
        <strong>
          {acts.isPast ? t('inThePast', { now: formatMoment(now) }) : wordOf(t, state)}
        </strong>
        <span className={styles.since} role="status">
          {news ?? (deletion === null ? null : sinceDelete(t, deletion, shown))}
        </span>
      </span>
    </>
  )
}

/** How long ago the delete was; once the pod is gone, how long that took. */
function sinceDelete(t: T, deletion: Deletion, shown: number): string | null {
  if (shown < deletion.at) return null
  const goneAt = deletion.goneAt !== null && deletion.goneAt <= shown ? deletion.goneAt : null
  const seconds = formatSeconds((goneAt ?? shown) - deletion.at)
  return t(goneAt === null ? 'afterDelete' : 'goneAfter', { seconds })
}

function wordOf(t: T, state: LabState): string {
  if (!state.known) return ''
  if (state.status !== 'online') return t('stopped')
  if (state.running !== null) return t('runningTo', { what: t(`until.${state.running}`) })
  if (state.clock.pace === 0) return t('paused')
  return state.clock.pace === 1 ? t('realTime') : t('times', { pace: state.clock.pace })
}

/** What has just happened to the clock that one could not see, for a while. */
function useNews(t: T, { ran, skipped }: LabState): string | null {
  const [over, setOver] = useState<unknown>(null)
  const found = ran !== null && ran.why !== 'reached' && ran.why !== 'stopped' ? ran : null
  const isSkip = (skipped?.readAtMillis ?? 0) > (ran?.readAtMillis ?? 0)
  const latest = isSkip ? skipped : found
  useEffect(() => {
    if (!latest) return
    const timer = setTimeout(() => setOver(latest), WORD_MILLIS)
    return () => clearTimeout(timer)
  }, [latest])
  if (!latest || over === latest) return null
  const seconds = formatSeconds(latest.toMillis - latest.fromMillis)
  if (isSkip || !found) return t('skipped', { seconds })
  const what = t(`until.${found.until}`)
  if (found.why === 'nothing-due') return t('nothingDue', { what })
  return t('tooFar', { what, seconds })
}
