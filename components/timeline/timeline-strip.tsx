'use client'

import { useCallback, useMemo, useState, type ReactNode } from 'react'
import { useTranslations } from '../i18n/translations.tsx'
import { useLab } from '../lab/lab-provider.tsx'
import { virtualNow } from '../lab/lab-state.ts'
import { EmptyTimeline } from './empty-timeline.tsx'
import { rowsOf } from './layout.ts'
import { podLives, type PodLife } from './pod-life.ts'
import { deletionOf, latestPod, livesOf, podNames } from './pods.ts'
import { RowNames } from './row-names.tsx'
import { StripTools } from './strip-tools.tsx'
import { TimeBar } from './time-bar.tsx'
import { TimelineList } from './timeline-list.tsx'
import { TimelinePicture } from './timeline-picture.tsx'
import styles from './timeline.module.css'
import { useElementSize, useMetrics } from './use-metrics.ts'
import { dragging, useWheel } from './use-panning.ts'
import { firstView, leftEdge, pan, zoom, type View } from './view.ts'

/** The strip along the bottom: a pod's life as it happens, and the clock. */
export function TimelineStrip({ firstFile }: { readonly firstFile: string | undefined }) {
  const t = useTranslations('timeline')
  const { state } = useLab()
  const [asList, setAsList] = useState(false)
  const [chosen, setChosen] = useState<string | null>(null)
  const lives = useMemo(() => podLives(state.entries), [state.entries])
  const names = useMemo(() => podNames(lives), [lives])
  const key = names.some((name) => name.key === chosen) ? chosen : latestPod(lives)
  const shown = useMemo(() => livesOf(lives, key), [lives, key])
  const { setWheel, setElement, ...stage } = useStage()
  return (
    <section className={styles.strip} data-pane="timeline" aria-label={t('name')}>
      <div className={styles.stage} ref={setWheel}>
        {asList ? (
          <TimelineList entries={state.entries} />
        ) : (
          <Stage lives={shown} stage={stage} onElement={setElement}>
            {state.known && shown.length === 0 ? <EmptyTimeline firstFile={firstFile} /> : null}
          </Stage>
        )}
      </div>
      <TimeBar state={state} deletion={deletionOf(shown)}>
        <StripTools
          pods={names}
          pod={key}
          onPod={setChosen}
          asList={asList}
          onList={setAsList}
          following={stage.view.leftMillis === null}
          onFollow={stage.follow}
          onZoom={stage.zoomBy}
        />
      </TimeBar>
    </section>
  )
}

/** Where the picture looks, and everything that moves it. */
function useStage() {
  const { state } = useLab()
  const { clock } = state
  const { setElement, width, height } = useElementSize()
  const [view, setView] = useState<View>(firstView)
  const panBy = useCallback(
    (px: number) => setView((old) => pan(old, px, virtualNow(clock, performance.now()), width)),
    [clock, width],
  )
  const show = useCallback(
    (millis: number) =>
      setView((old) => {
        if (old.leftMillis === null && millis > leftEdge(old, millis, width)) return old
        const visible = (width / old.pxPerSecond) * 1_000
        return { ...old, leftMillis: Math.max(0, millis - visible / 3) }
      }),
    [width],
  )
  return {
    setElement,
    width,
    height,
    view,
    show,
    clock,
    drag: dragging(panBy),
    setWheel: useWheel(panBy),
    follow: () => setView((old) => ({ ...old, leftMillis: null })),
    zoomBy: (direction: 1 | -1) =>
      setView((old) => zoom(old, direction, virtualNow(clock, performance.now()), width)),
  }
}

function Stage({
  lives,
  stage,
  onElement,
  children,
}: {
  readonly lives: readonly PodLife[]
  readonly stage: Omit<ReturnType<typeof useStage>, 'setWheel' | 'setElement'>
  readonly onElement: (element: HTMLElement | null) => void
  readonly children: ReactNode
}) {
  const { width, height, view, clock } = stage
  const metrics = useMetrics(height, width)
  const rows = useMemo(() => rowsOf(lives, metrics), [lives, metrics])
  return (
    <>
      <RowNames rows={rows} />
      <div className={styles.canvas} ref={onElement} {...stage.drag}>
        {width > 0 ? (
          <TimelinePicture
            {...{ lives, clock, view, width, height, metrics }}
            pod={lives[0]?.pod ?? ''}
            onShow={stage.show}
          />
        ) : null}
        {children}
      </div>
    </>
  )
}
