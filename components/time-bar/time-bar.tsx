'use client'

import type { ReactNode } from 'react'
import { BranchMenu } from '../history/branch-menu.tsx'
import { useBranches } from '../history/branches.tsx'
import { ShareMenu } from '../history/share-card.tsx'
import { Trouble } from '../history/trouble.tsx'
import { useTranslations } from '../i18n/translations.tsx'
import { useLab } from '../lab/lab-provider.tsx'
import { useMoment } from '../lab/moment.tsx'
import type { Deletion } from '../timeline/pods.ts'
import { Fork, Skip } from '../ui/icons.tsx'
import { ClockFace } from './clock-face.tsx'
import { More } from './more.tsx'
import { Paces } from './paces.tsx'
import { RunMenu } from './run-menu.tsx'
import styles from './time-bar.module.css'
import { Transport } from './transport.tsx'
import { useClock, type ClockActs } from './use-clock.ts'
import { useClockKeys } from './use-clock-keys.ts'

/** The last 48 pixels of the window: time, as the thing one works with. */
export function TimeBar({
  deletion, children,
}: {
  readonly deletion: Deletion | null
  /** What stands at the right end. */
  readonly children: ReactNode
}) {
  const t = useTranslations('timeBar')
  const { state } = useLab()
  const { isLoading } = useMoment()
  const acts = useClock()
  useClockKeys(acts)
  const word = acts.isPast ? t('backToNow') : t(acts.isPaused ? 'play' : 'pause')
  return (
    <div className={styles.bar} role="group" aria-label={t('name')} data-past={acts.isPast}>
      {isLoading ? <Loading /> : null}
      <Transport
        {...{ acts, word }} isGoing={!acts.isPaused && !acts.isPast}
        isReady={state.status === 'online'}
      />
      <ClockFace acts={acts} deletion={deletion} />
      {acts.isPast ? <PastActs acts={acts} /> : null}
      <More>
        {acts.isPast ? null : <PaceBox acts={acts} />}
        {acts.isPast ? null : <RunMenu acts={acts} />}
        <span className={styles.tools}>
          <BranchMenu />
          <ShareMenu />
          {children}
        </span>
      </More>
    </div>
  )
}

/** Seen only when a moment takes long. */
function Loading() {
  const t = useTranslations('timeBar')
  return (
    <span className={styles.loading}>
      <span className="visually-hidden">{t('loading')}</span>
    </span>
  )
}

/** In the past: the way back, and the way on. */
function PastActs({ acts }: { readonly acts: ClockActs }) {
  const t = useTranslations('timeBar')
  const { busy, problem } = useBranches()
  const { problem: pastProblem } = useMoment()
  const trouble = problem ?? pastProblem
  return (
    <span className={styles.past}>
      <button className="button" aria-label={t('backToNow')} onClick={acts.backToNow}>
        <span className={styles.long}>{t('backToNow')}</span>
        <span className={styles.short}>{t('nowShort')}</span>
      </button>
      <button
        className="button button-primary" aria-label={t('continueHere')} disabled={busy}
        onClick={acts.continueHere}
      >
        <Fork />
        <span className={styles.long}>{t('continueHere')}</span>
        <span className={styles.short}>{t('continueShort')}</span>
      </button>
      {trouble ? (
        <span className={styles.trouble}><Trouble problem={trouble} /></span>
      ) : null}
    </span>
  )
}

/** The pace, and whether quiet stretches are left out. */
function PaceBox({ acts }: { readonly acts: ClockActs }) {
  const t = useTranslations('timeBar')
  const { state } = useLab()
  return (
    <span className={styles.paceBox}>
      <Paces pace={acts.pace} onPace={acts.setPace} />
      <button
        className={`button button-bare button-icon ${styles.skip}`} aria-pressed={state.skipsQuiet}
        aria-label={t('skipQuiet')} title={t('skipQuiet')}
        onClick={() => acts.setSkipsQuiet(!state.skipsQuiet)}
      >
        <Skip />
      </button>
    </span>
  )
}
