'use client'

import { useMemo, useState } from 'react'
import { useTranslations } from '../i18n/translations.tsx'
import { useBranches } from '../history/branches.tsx'
import { useLab } from '../lab/lab-provider.tsx'
import { useMoment } from '../lab/moment.tsx'
import { TimeBar } from '../time-bar/time-bar.tsx'
import { WhatIfLink } from '../what-if/what-if-link.tsx'
import { WhyCard } from '../why/why-card.tsx'
import { useAsked } from '../why/use-asked.ts'
import { EmptyTimeline } from './empty-timeline.tsx'
import { deletionOf, latestPod, livesOf, podNames } from './pods.ts'
import { PrintSheet } from './print-sheet.tsx'
import { StripTools } from './strip-tools.tsx'
import { TimelineList } from './timeline-list.tsx'
import { TimelinePicture, type Fork } from './timeline-picture.tsx'
import styles from './timeline.module.css'
import { TraceReader, type Reading } from './trace-reader.ts'
import { useChoice } from './use-choice.ts'
import { Viewport } from './viewport.ts'

/** The strip along the bottom: the pods' lives as they happen, and the clock. */
export function TimelineStrip({ firstFile }: { readonly firstFile: string | undefined }) {
  const t = useTranslations('timeline')
  const { state } = useLab()
  const moment = useMoment()
  const fork = useFork()
  const why = useAsked(state.branchId)
  const [asList, setAsList] = useState(false)
  const [viewport] = useState(() => new Viewport())
  const [reader] = useState(() => new TraceReader())
  const whole = reader.reading(state.entries)
  const { reading, pod, setPod } = usePods(whole)
  const { choice, toggle } = useChoice(reading.lives)
  const lives = livesOf(whole.lives, pod ?? latestPod(whole.lives))
  const deletion = deletionOf(lives)
  const isEmpty = state.known && whole.lives.length === 0
  return (
    <section className={styles.strip} data-pane="timeline" aria-label={t('name')}>
      <div className={styles.stage}>
        {asList ? (
          <TimelineList reading={whole} onWhy={why.onWhy} />
        ) : (
          <TimelinePicture
            {...{ reading, viewport, choice }}
            clock={state.clock} onToggle={toggle} onWhy={why.onWhy}
            fork={fork} atMillis={moment.atMillis} onScrub={moment.look} onNow={moment.backToNow}
          >
            {isEmpty ? <EmptyTimeline firstFile={firstFile} /> : null}
          </TimelinePicture>
        )}
      </div>
      {why.asked ? (
        <WhyCard asked={why.asked} entries={state.entries} onClose={why.onClose} />
      ) : null}
      <PrintSheet {...{ reading: whole, choice, viewport }} />
      <TimeBar deletion={deletion}>
        {deletion ? (
          <WhatIfLink isIcon className="button button-bare" pod={lives.at(-1)?.uid} />
        ) : null}
        <StripTools
          {...{ viewport, asList, pod, reading, choice }} atMillis={moment.atMillis}
          pods={podNames(whole.lives)} onPod={setPod} onList={setAsList} state={state}
        />
      </TimeBar>
    </section>
  )
}

/** All pods, or the one the reader chose. */
function usePods(whole: Reading) {
  const [chosen, setPod] = useState<string | null>(null)
  const lives = useMemo(
    () => (chosen === null ? whole.lives : livesOf(whole.lives, chosen)),
    [whole, chosen],
  )
  const pod = lives.length > 0 ? chosen : null
  const reading = useMemo(
    () => (pod === null ? whole : { ...whole, lives }),
    [whole, pod, lives],
  )
  return { reading, pod, setPod }
}

/** Where the open branch left another. */
function useFork(): Fork | null {
  const { open } = useBranches()
  return useMemo(
    () => (open?.forkAtMillis == null ? null : { atMillis: open.forkAtMillis, name: open.name }),
    [open],
  )
}
