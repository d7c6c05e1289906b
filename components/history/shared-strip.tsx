'use client'

import { useMemo, useState, type ReactNode } from 'react'
import type { SharedLab } from '../../server/history.ts'
import type { Playback } from '../compare/use-playback.ts'
import { useTranslations } from '../i18n/translations.tsx'
import type { ClockReading } from '../lab/lab-state.ts'
import { after, before, momentsOf } from '../time-bar/moments.ts'
import { More } from '../time-bar/more.tsx'
import { Paces } from '../time-bar/paces.tsx'
import barStyles from '../time-bar/time-bar.module.css'
import { Transport } from '../time-bar/transport.tsx'
import { useClockKeys, type KeyActs } from '../time-bar/use-clock-keys.ts'
import { formatMoment } from '../timeline/moment.ts'
import { TimelineList } from '../timeline/timeline-list.tsx'
import { TimelinePicture } from '../timeline/timeline-picture.tsx'
import timelineStyles from '../timeline/timeline.module.css'
import { TraceReader } from '../timeline/trace-reader.ts'
import { useChoice } from '../timeline/use-choice.ts'
import { ZOOM_STEP } from '../timeline/view.ts'
import { Viewport } from '../timeline/viewport.ts'
import { List, Minus, Picture, Plus, Whole } from '../ui/icons.tsx'
import styles from './shared.module.css'

interface StripProps {
  readonly shared: SharedLab
  readonly playback: Playback
}

/** The timeline up to the link's moment, and a clock that plays it again. */
export function SharedStrip({ shared, playback }: StripProps) {
  const t = useTranslations('timeline')
  const [asList, setAsList] = useState(false)
  const [viewport] = useState(() => new Viewport())
  const reading = useMemo(() => new TraceReader().reading(shared.entries), [shared])
  const { choice, toggle } = useChoice(reading.lives)
  // It stands still at the last moment that is shared.
  const clock = useMemo<ClockReading>(
    () => ({ nowMillis: shared.atMillis, pace: 0, readAtMillis: 0 }), [shared],
  )
  const acts = useActs(shared, playback)
  useClockKeys(acts)
  return (
    <section className={styles.strip} data-pane="timeline" aria-label={t('name')}>
      <div className={timelineStyles.stage}>
        {asList ? <TimelineList reading={reading} /> : (
          <TimelinePicture
            {...{ reading, viewport, choice, clock }} onToggle={toggle}
            atMillis={playback.isWhole ? null : playback.atMillis}
            onScrub={playback.look} onNow={acts.backToNow}
          />
        )}
      </div>
      <Bar {...{ shared, playback, acts, viewport, asList }} onList={setAsList} />
    </section>
  )
}

function useActs({ entries, atMillis: end }: SharedLab, playback: Playback): KeyActs {
  const moments = useMemo(() => momentsOf(entries), [entries])
  const { atMillis, look, toggle } = playback
  return {
    toggle, lookAt: look,
    previous: () => look(before(moments, atMillis) ?? 0),
    next: () => look(after(moments, atMillis) ?? end),
    lookBy: (millis) => look(Math.max(0, atMillis + millis)),
    backToNow: () => look(end),
  }
}

function Bar({ shared, playback, acts, viewport, asList, onList }: StripProps & {
  readonly acts: KeyActs
  readonly viewport: Viewport
  readonly asList: boolean
  readonly onList: (on: boolean) => void
}) {
  const t = useTranslations('timeBar')
  const history = useTranslations('history')
  const timeline = useTranslations('timeline')
  const { isPlaying, isWhole, atMillis } = playback
  return (
    <div className={barStyles.bar} role="group" aria-label={t('name')} data-past="false">
      <Transport {...{ acts }} word={t(isPlaying ? 'pause' : 'play')} isGoing={isPlaying} />
      <span role="timer" aria-label={t('clock')} className={`${barStyles.clock} figures`}>
        {formatMoment(atMillis)}
      </span>
      <span className={barStyles.note}>
        <span className={barStyles.since}>
          {isWhole ? history('wholeShared')
            : history('inShared', { moment: formatMoment(shared.atMillis) })}
        </span>
      </span>
      <More>
        <Paces pace={playback.pace} onPace={playback.setPace} />
        <span className={barStyles.tools}>
          {asList ? null : (
            <>
              <Tool label={timeline('farther')} onClick={() => viewport.zoom(1 / ZOOM_STEP)}>
                <Minus />
              </Tool>
              <Tool label={timeline('nearer')} onClick={() => viewport.zoom(ZOOM_STEP)}>
                <Plus />
              </Tool>
              <Tool label={timeline('fit')} onClick={viewport.fit}><Whole /></Tool>
            </>
          )}
          <Tool
            label={timeline(asList ? 'asPicture' : 'asList')} onClick={() => onList(!asList)}
          >
            {asList ? <Picture /> : <List />}
          </Tool>
        </span>
      </More>
    </div>
  )
}

function Tool({ label, onClick, children }: {
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
