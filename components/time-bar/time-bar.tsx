'use client'

import { useEffect, useId, useRef, type ReactNode } from 'react'
import { runUntil, type RunUntil } from '../../server/protocol.ts'
import { BranchMenu } from '../history/branch-menu.tsx'
import { useBranches } from '../history/branches.tsx'
import { ShareMenu } from '../history/share-card.tsx'
import { Trouble } from '../history/trouble.tsx'
import { useTranslations } from '../i18n/translations.tsx'
import { useLab } from '../lab/lab-provider.tsx'
import { useMoment } from '../lab/moment.tsx'
import type { Deletion } from '../timeline/pods.ts'
import {
  ChevronDown, Fork, More as Dots, NextEvent, Pause, PlayFilled, PreviousEvent, Skip,
} from '../ui/icons.tsx'
import { useDesk } from '../workbench/desk.tsx'
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
  const { isLoading } = useMoment()
  const acts = useClock()
  useClockKeys(acts)
  return (
    <div className={styles.bar} role="group" aria-label={t('name')} data-past={acts.isPast}>
      {isLoading ? <Loading /> : null}
      <Transport acts={acts} ready={state.status === 'online'} />
      <ClockFace acts={acts} deletion={deletion} />
      {acts.isPast ? <PastActs acts={acts} /> : null}
      <More>
        {acts.isPast ? null : <Paces acts={acts} />}
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
  return <span className={styles.loading}><span className="visually-hidden">{t('loading')}</span></span>
}

/** In a row on a desk; on a phone behind a button, as a sheet. */
function More({ children }: { readonly children: ReactNode }) {
  const t = useTranslations('timeBar')
  const id = useId()
  const sheet = useRef<HTMLDivElement>(null)
  const { sheet: opened } = useDesk()
  useEffect(() => {
    if (opened !== null) sheet.current?.hidePopover()
  }, [opened])
  return (
    <>
      <button
        className={`${STEP} ${styles.moreButton}`} popoverTarget={id} aria-label={t('more')}
        title={t('more')}
      >
        <Dots />
      </button>
      <div ref={sheet} id={id} popover="auto" className={styles.more}>{children}</div>
    </>
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
        <Skip />
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
