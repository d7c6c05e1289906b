'use client'

import { useCallback, useLayoutEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { useTranslations } from '../i18n/translations.tsx'
import type { Layout } from '../timeline/layout-types.ts'
import { useChoice } from '../timeline/use-choice.ts'
import { useElementSize } from '../timeline/use-metrics.ts'
import { useMeasure } from '../timeline/use-measure.ts'
import { useWheel } from '../timeline/use-pointing.ts'
import { timelineWords } from '../timeline/words.ts'
import { BranchPanel } from './branch-panel.tsx'
import { BranchTitle } from './branch-title.tsx'
import { CompareAxis } from './compare-axis.tsx'
import styles from './compare.module.css'
import type { Comparison } from './difference.ts'
import { both, type Both } from './phrase.ts'
import type { Stretch } from './playback.ts'
import { livesShown, presentOf, sheets, type Sheet } from './sheet.ts'
import type { TwoViews } from './two-views.ts'
import type { Playback } from './use-playback.ts'

/** Titles and axis, which both pictures stand between. */
const OTHERS_PX = 2 * 40 + 38
const ROWS = 4
/** Room for two lines of words under the slope; the rest is the rows'. */
const graceOf = (heightPx: number) => (heightPx < 280 ? 76 : 88)

/** Row pitch of compared branches, as high as there is room within what reads well. */
function metricsFor(heightPx: number) {
  const each = (heightPx - OTHERS_PX) / 2
  const graceHeight = graceOf(each)
  const pitch = Math.max(36, Math.min(46, Math.floor((each - graceHeight) / ROWS)))
  return { pitch, spanHeight: 22, graceHeight }
}

export interface PicturesProps {
  readonly comparison: Comparison
  readonly viewport: TwoViews
  readonly stretch: Stretch
  readonly playback: Playback
  readonly lit: number | null
  readonly onPoint: (number: number | null) => void
}

/** Both timelines over one axis, aligned at the fork. They move together. */
export function Pictures(props: PicturesProps) {
  const { comparison, viewport, stretch, playback, lit, onPoint } = props
  const t = useTranslations('compare')
  const [element, setElement] = useState<HTMLElement | null>(null)
  const { setElement: setSection, height } = useElementSize()
  const { setElement: setCanvas, width } = useElementSize()
  const measure = useMeasure()
  const view = useView(viewport, stretch, width)
  useWheel(element, viewport)
  const lives = useMemo(() => livesShown(comparison), [comparison])
  const { choice, toggle } = useChoice(useMemo(() => [...lives.a, ...lives.b], [lives]))
  const drawn = useSheets(comparison, { ...view, width, height, measure, choice, playback })
  const moved = (side: 'a' | 'b') => ({
    ...view, width, atMillis: playback.isWhole ? null : playback.atMillis,
    nowMillis: presentOf(lives[side], comparison.traces[side].nowMillis),
  })
  const panel = (side: 'a' | 'b') => (
    <BranchPanel
      sheet={drawn[side]} name={comparison.traces[side].name}
      reading={comparison.traces[side].reading}
      moved={moved(side)} forkMillis={comparison.fork.atMillis}
      {...{ viewport, lit, onPoint }} onToggle={toggle} onScrub={playback.look}
      {...(side === 'a' ? { setCanvas } : {})}
    />
  )
  return (
    <section
      className={styles.pictures} aria-label={t('timelines')}
      ref={useCallback((section: HTMLElement | null) => {
        setElement(section)
        setSection(section)
      }, [setSection])}
    >
      <BranchTitle comparison={comparison} side="a" />
      {panel('a')}
      <CompareAxis
        moved={moved('a')} forkMillis={comparison.fork.atMillis} measure={measure}
      />
      <BranchTitle comparison={comparison} side="b" />
      {panel('b')}
    </section>
  )
}

/** The view as it stands; the whole until the reader moves it. */
function useView(viewport: TwoViews, stretch: Stretch, width: number) {
  useSyncExternalStore(viewport.subscribe, () => viewport.view, () => viewport.view)
  useLayoutEffect(() => {
    if (width === 0) return
    const isWhole = viewport.isUntouched
    viewport.resize(width)
    viewport.setLength(stretch)
    if (isWhole) viewport.fit()
  }, [viewport, stretch, width])
  const { leftMillis, view: { pxPerSecond } } = viewport
  return { leftMillis, pxPerSecond }
}

interface Placed {
  readonly leftMillis: number
  readonly pxPerSecond: number
  readonly width: number
  /** Of the place for both. */
  readonly height: number
  readonly measure: (text: string, bold: boolean) => number
  readonly choice: Parameters<typeof sheets>[1]['choice']
  readonly playback: Playback
}

function useSheets(comparison: Comparison, placed: Placed): Both<Sheet> {
  const t = useTranslations('compare')
  const timeline = useTranslations('timeline')
  const words = useMemo(() => timelineWords(timeline), [timeline])
  const { leftMillis, pxPerSecond, width, measure, choice, playback } = placed
  const metrics = useMemo(() => metricsFor(placed.height), [placed.height])
  const { atMillis, isPlaying, isWhole } = playback
  // While it plays nothing is placed anew: words that made way for the playhead would dance.
  const standing = isPlaying || isWhole ? null : atMillis
  const laid = useMemo(() => {
    const leftX = (leftMillis / 1_000) * pxPerSecond
    return sheets(comparison, {
      leftMillis, pxPerSecond, measure, choice, words, metrics, atMillis: standing,
      frame: { fromX: leftX - width, toX: leftX + 2 * width, top: -Infinity, bottom: Infinity },
      earlier: (seconds) => t('earlierBy', { seconds }),
      later: (seconds) => t('laterBy', { seconds }),
    })
  }, [comparison, leftMillis, pxPerSecond, width, measure, choice, words, metrics, standing, t])
  if (!isPlaying) return laid
  const atX = (atMillis / 1_000) * pxPerSecond
  return both(laid, (sheet) => ({ ...sheet, drawn: palerAfter(sheet.drawn, atX) }))
}

/** What came after a moment is pale. */
function palerAfter(drawn: Layout, atX: number): Layout {
  const marked = <T extends { readonly x: number; readonly later: boolean }>(one: T) =>
    one.later === one.x > atX ? one : { ...one, later: one.x > atX }
  return { ...drawn, marks: drawn.marks.map(marked), labels: drawn.labels.map(marked) }
}
