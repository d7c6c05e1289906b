'use client'

import type { KeyboardEvent, ReactNode } from 'react'
import { useTranslations } from '../i18n/translations.tsx'
import { formatMoment } from '../timeline/moment.ts'
import {
  List, Minus, NextEvent, Pause, Picture, PlayFilled, Plus, PreviousEvent, Whole,
} from '../ui/icons.tsx'
import { ZOOM_STEP } from '../timeline/view.ts'
import styles from './compare.module.css'
import { next, paces, previous, type Stretch } from './playback.ts'
import type { TwoViews } from './two-views.ts'
import type { Playback } from './use-playback.ts'

export interface PlayBarProps {
  readonly playback: Playback
  readonly stretch: Stretch
  /** Moments at which something happened. */
  readonly all: readonly number[]
  readonly viewport: TwoViews
  /** Branches that have not come to their end. */
  readonly running: readonly string[]
  readonly asList: boolean
  readonly onList: (on: boolean) => void
}

/** Plays what is known of both, side by side. */
export function PlayBar(props: PlayBarProps) {
  const t = useTranslations('compare')
  const timeline = useTranslations('timeline')
  const { playback, all, viewport, asList, onList } = props
  const { atMillis, isPlaying, toggle, look } = playback
  const step = {
    onBack: () => look(previous(all, atMillis)), onNext: () => look(next(all, atMillis)),
  }
  return (
    <div className={styles.playBar} role="group" aria-label={t('playback')}>
      <span className={styles.steps}>
        <IconButton label={t('back')} onClick={step.onBack}><PreviousEvent /></IconButton>
        <button
          className={styles.play} aria-label={t(isPlaying ? 'pause' : 'play')}
          title={t(isPlaying ? 'pause' : 'play')} onClick={toggle}
        >
          {isPlaying ? <Pause /> : <PlayFilled />}
        </button>
        <IconButton label={t('on')} onClick={step.onNext}><NextEvent /></IconButton>
      </span>
      <Paces playback={playback} />
      <Clock {...props} {...step} />
      <State {...props} />
      <span className={styles.tools}>
        {asList ? null : (
          <span className={styles.scale}>
            <IconButton label={timeline('farther')} onClick={() => viewport.zoom(1 / ZOOM_STEP)}>
              <Minus />
            </IconButton>
            <IconButton label={timeline('nearer')} onClick={() => viewport.zoom(ZOOM_STEP)}>
              <Plus />
            </IconButton>
            <IconButton label={t('whole')} onClick={viewport.fit}><Whole /></IconButton>
          </span>
        )}
        <button
          className="button button-bare" aria-pressed={asList} onClick={() => onList(!asList)}
        >
          {asList ? <Picture /> : <List />}
          <span className={styles.listWord}>{timeline(asList ? 'asPicture' : 'asList')}</span>
        </button>
      </span>
    </div>
  )
}

function IconButton({ label, onClick, children }: {
  readonly label: string
  readonly onClick: () => void
  readonly children: ReactNode
}) {
  return (
    <button
      className="button button-bare button-icon" aria-label={label} title={label} onClick={onClick}
    >
      {children}
    </button>
  )
}

function Paces({ playback }: { readonly playback: Playback }) {
  const t = useTranslations('compare')
  return (
    <span className={styles.paces} role="group" aria-label={t('pace')}>
      {paces.map((pace) => (
        <button
          key={pace} className="figures" aria-pressed={playback.pace === pace}
          onClick={() => playback.setPace(pace)}
        >
          {pace}×
        </button>
      ))}
    </span>
  )
}

const STEP_MILLIS = 1_000
const PAGE_MILLIS = 10_000

/** The moment looked at, and with the keys the way to another. */
function Clock({ playback, stretch, onBack, onNext }: PlayBarProps & {
  readonly onBack: () => void
  readonly onNext: () => void
}) {
  const t = useTranslations('compare')
  const { atMillis, look } = playback
  const moves: Readonly<Record<string, () => void>> = {
    ArrowLeft: onBack, ArrowRight: onNext,
    ArrowDown: () => look(atMillis - STEP_MILLIS), ArrowUp: () => look(atMillis + STEP_MILLIS),
    PageDown: () => look(atMillis - PAGE_MILLIS), PageUp: () => look(atMillis + PAGE_MILLIS),
    Home: () => look(stretch.fromMillis), End: () => look(stretch.toMillis),
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moves[event.key]
    if (!move) return
    event.preventDefault()
    move()
  }
  return (
    <span
      className={`${styles.clock} figures`} role="slider" tabIndex={0} aria-label={t('moment')}
      aria-valuemin={0} aria-valuemax={Math.round(stretch.toMillis / 100) / 10}
      aria-valuenow={Math.round(atMillis / 100) / 10} aria-valuetext={formatMoment(atMillis)}
      onKeyDown={onKeyDown}
    >
      {formatMoment(atMillis)}
    </span>
  )
}

function State({ playback, running }: PlayBarProps) {
  const t = useTranslations('compare')
  if (!playback.isWhole) {
    return (
      <span className={styles.state}>
        <strong>{playback.isPlaying ? t('plays') : t('stands')}</strong>
        <span className={styles.note}>{t('sideBySide')}</span>
      </span>
    )
  }
  return (
    <span className={styles.state}>
      <strong>
        {running.length === 0 ? t('bothEnded')
          : running.length === 2 ? t('bothRunning') : t('running', { branch: running[0] ?? '' })}
      </strong>
      <span className={styles.note}>{t('sideBySide')}</span>
    </span>
  )
}
