'use client'

import { useEffect, useId, useRef, type ReactNode } from 'react'
import { runUntil, type RunUntil } from '../../server/protocol.ts'
import { useBranches } from '../history/branches.tsx'
import { useTranslations } from '../i18n/translations.tsx'
import { useLab } from '../lab/lab-provider.tsx'
import type { Deletion } from '../timeline/pods.ts'
import { ChevronDown, NextEvent, Pause, PlayFilled, PreviousEvent } from '../ui/icons.tsx'
import { ClockFace } from './clock-face.tsx'
import styles from './time-bar.module.css'
import { PACES, useClock, type ClockActs } from './use-clock.ts'
import { useClockKeys } from './use-clock-keys.ts'
import { useStored } from './use-stored.ts'

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
  const acts = useClock()
  useClockKeys(acts)
  return (
    <div className={styles.bar} role="group" aria-label={t('name')}>
      <Transport acts={acts} ready={state.status === 'online'} />
      {acts.isPast ? <PastActs acts={acts} /> : <PresentActs acts={acts} />}
      <ClockFace acts={acts} deletion={deletion} />
      <span className={styles.tools}>{children}</span>
    </div>
  )
}

/** Previous event, play or pause, next event. */
function Transport({ acts, ready }: { readonly acts: ClockActs; readonly ready: boolean }) {
  const t = useTranslations('timeBar')
  const word = acts.isPast ? t('backToNow') : t(acts.isPaused ? 'play' : 'pause')
  return (
    <span className={styles.transport}>
      <button className={STEP} onClick={acts.previous} aria-label={t('previous')}
        title={t('previous')}
      >
        <PreviousEvent />
      </button>
      <button
        className={styles.play} disabled={!ready} onClick={acts.toggle} aria-label={word}
        title={word}
      >
        {acts.isPaused || acts.isPast ? <PlayFilled /> : <Pause />}
      </button>
      <button
        className={STEP} disabled={!ready} onClick={acts.next} aria-label={t('next')}
        title={t('next')}
      >
        <NextEvent />
      </button>
    </span>
  )
}

const STEP = 'button button-bare button-icon'

function PresentActs({ acts }: { readonly acts: ClockActs }) {
  return (
    <>
      <Paces acts={acts} />
      <RunMenu acts={acts} />
    </>
  )
}

/** In the past: the way back, and the way on. */
function PastActs({ acts }: { readonly acts: ClockActs }) {
  const t = useTranslations('timeBar')
  const { busy } = useBranches()
  return (
    <span className={styles.past}>
      <button className="button button-primary" disabled={busy} onClick={acts.continueHere}>
        {t('continueHere')}
      </button>
      <button className="button" onClick={acts.backToNow}>{t('backToNow')}</button>
    </span>
  )
}

function Paces({ acts }: { readonly acts: ClockActs }) {
  const t = useTranslations('timeBar')
  const { state } = useLab()
  const name = useId()
  return (
    <span className={styles.paceBox}>
      <span className={styles.paces} role="radiogroup" aria-label={t('pace')}>
        {PACES.map((pace) => (
          <label key={pace} className={styles.pace}>
            <input
              type="radio" name={name} checked={acts.pace === pace}
              onChange={() => acts.setPace(pace)}
            />
            <span className="figures">{t('times', { pace })}</span>
          </label>
        ))}
      </span>
      <button
        className={`${STEP} ${styles.skip}`} aria-pressed={state.skipsQuiet}
        aria-label={t('skipQuiet')} title={t('skipQuiet')}
        onClick={() => acts.setSkipsQuiet(!state.skipsQuiet)}
      >
        <span aria-hidden="true" className={styles.skipSign}>»</span>
      </button>
    </span>
  )
}

const CHOICES: readonly RunUntil[] = runUntil.filter((until) => until !== 'next-event')

/** Runs to the moment chosen last; the menu chooses another, and runs to it. */
function RunMenu({ acts }: { readonly acts: ClockActs }) {
  const t = useTranslations('timeBar')
  const [chosen, choose] = useStored('grace-run-until', CHOICES, 'pod-gone')
  const id = useId()
  const menu = useRef<HTMLDivElement>(null)
  useEffect(() => closeAfterChoice(menu.current), [])
  return (
    <span className={styles.run}>
      <button className="button" onClick={() => acts.run(chosen)}>
        {t('runUntil')} <strong>{t(`until.${chosen}`)}</strong>
      </button>
      <button
        className="button button-icon" popoverTarget={id} aria-label={t('chooseRun')}
        title={t('chooseRun')}
      >
        <ChevronDown />
      </button>
      <div ref={menu} id={id} popover="auto" className={styles.menu} aria-label={t('chooseRun')}>
        {CHOICES.map((until) => (
          <button
            key={until}
            onClick={() => {
              choose(until)
              acts.run(until)
            }}
          >
            {t(`until.${until}`)}
          </button>
        ))}
      </div>
    </span>
  )
}

function closeAfterChoice(menu: HTMLDivElement | null) {
  const close = () => menu?.hidePopover()
  menu?.addEventListener('click', close)
  return () => menu?.removeEventListener('click', close)
}
