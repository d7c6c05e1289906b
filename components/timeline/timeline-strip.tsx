'use client'

import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useMemo, useRef, useState, type PointerEvent } from 'react'
import { useLab } from '../lab/lab-provider.tsx'
import { virtualNow } from '../lab/lab-state.ts'
import { List, Minus, Picture, Plus } from '../ui/icons.tsx'
import { useDesk } from '../workbench/desk.tsx'
import { EmptyTimeline } from './empty-timeline.tsx'
import { rowsOf } from './layout.ts'
import type { Metrics } from './layout-types.ts'
import { podLives } from './pod-life.ts'
import { deletedAt, latestPod, livesOf, podNames } from './pods.ts'
import { RowNames } from './row-names.tsx'
import { TimeBar } from './time-bar.tsx'
import { TimelineList } from './timeline-list.tsx'
import { TimelinePicture, useElementWidth } from './timeline-picture.tsx'
import styles from './timeline.module.css'
import { firstView, leftEdge, pan, zoom, type View } from './view.ts'

/** The strip along the bottom: a pod's life as it happens, and the clock. */
export function TimelineStrip({ firstFile }: { readonly firstFile: string | undefined }) {
  const t = useTranslations('timeline')
  const { state } = useLab()
  const [asList, setAsList] = useState(false)
  const [chosen, setChosen] = useState<string | null>(null)
  const [view, setView] = useState<View>(firstView)
  const lives = useMemo(() => podLives(state.entries), [state.entries])
  const names = useMemo(() => podNames(lives), [lives])
  const key = names.some((name) => name.key === chosen) ? chosen : latestPod(lives)
  const shown = useMemo(() => livesOf(lives, key), [lives, key])
  const { ref, width, height } = useElementWidth()
  const metrics = useMetrics(height, width)
  const rows = useMemo(() => rowsOf(shown, metrics), [shown, metrics])
  const now = () => virtualNow(state.clock, performance.now())
  const drag = useDrag((px) => setView((old) => pan(old, px, now(), width)))
  const wheel = useWheel((px) => setView((old) => pan(old, px, now(), width)))
  const show = useCallback((millis: number) => {
    setView((old) => {
      const left = leftEdge(old, millis, width)
      const visible = (width / old.pxPerSecond) * 1_000
      if (old.leftMillis === null && millis > left) return old
      return { ...old, leftMillis: Math.max(0, millis - visible / 3) }
    })
  }, [width])
  return (
    <section className={styles.strip} data-pane="timeline" aria-label={t('name')}>
      <div className={styles.stage} ref={wheel}>
        {asList ? <TimelineList entries={state.entries} /> : (
          <>
            <RowNames rows={rows} />
            <div className={styles.canvas} ref={ref} {...drag}>
              {width > 0 ? (
                <TimelinePicture
                  lives={shown} pod={shown[0]?.pod ?? ''} clock={state.clock} view={view} width={width}
                  height={height} metrics={metrics} onShow={show}
                />
              ) : null}
              {state.known && shown.length === 0 ? <EmptyTimeline firstFile={firstFile} /> : null}
            </div>
          </>
        )}
      </div>
      <TimeBar state={state} deletedAtMillis={deletedAt(shown)}>
        {names.length > 1 && !asList ? (
          <select className={styles.pods} aria-label={t('choosePod')} value={key ?? ''} onChange={(event) => setChosen(event.target.value)}>
            {names.map((name) => <option key={name.key} value={name.key}>{name.pod}</option>)}
          </select>
        ) : null}
        {view.leftMillis === null || asList ? null : (
          <button className="button" onClick={() => setView({ ...view, leftMillis: null })}>{t('now')}</button>
        )}
        {asList ? null : (
          <span className={styles.scale}>
            <ZoomButton label={t('farther')} icon={<Minus />} onClick={() => setView((old) => zoom(old, -1, now(), width))} />
            <ZoomButton label={t('nearer')} icon={<Plus />} onClick={() => setView((old) => zoom(old, 1, now(), width))} />
          </span>
        )}
        <SheetButtons />
        <button className="button button-bare" aria-pressed={asList} onClick={() => setAsList(!asList)}>
          {asList ? <Picture /> : <List />}<span className={styles.listWord}>{asList ? t('asPicture') : t('asList')}</span>
        </button>
      </TimeBar>
    </section>
  )
}

/** On a phone the editor and the terminal open over the text. */
function SheetButtons() {
  const t = useTranslations('lab')
  const { setSheet } = useDesk()
  return (
    <span className={styles.sheets}>
      <button className="button button-bare" onClick={() => setSheet('editor')}>{t('openEditor')}</button>
      <button className="button button-bare" onClick={() => setSheet('terminal')}>{t('openTerminal')}</button>
    </span>
  )
}

function ZoomButton({ label, icon, onClick }: {
  readonly label: string; readonly icon: React.ReactNode; readonly onClick: () => void
}) {
  return (
    <button className="button button-bare button-icon" aria-label={label} title={label} onClick={onClick}>{icon}</button>
  )
}

const GRACE_SHARE_PX = 70
const AXIS_AND_EDGE_PX = 28

/** Rows as high as there is room, within what reads well; where there is little, the two that matter. */
function useMetrics(height: number, width: number): Metrics {
  return useMemo(() => {
    if (height < 170) {
      return { pitch: 38, spanHeight: 22, graceHeight: Math.max(44, height - AXIS_AND_EDGE_PX - 38), only: ['container', 'grace'] }
    }
    const narrow = width < 900
    const pitch = narrow ? 28 : 32
    const rest = height - AXIS_AND_EDGE_PX - 5 * pitch
    return { pitch, spanHeight: narrow ? 20 : 22, graceHeight: Math.max(GRACE_SHARE_PX - 10, Math.min(96, rest)) }
  }, [height, width])
}

function useDrag(move: (px: number) => void) {
  const last = useRef<number | null>(null)
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button === 0) last.current = event.clientX
    },
    onPointerMove: (event: PointerEvent) => {
      if (last.current === null) return
      if (event.buttons === 0) {
        last.current = null
        return
      }
      move(last.current - event.clientX)
      last.current = event.clientX
    },
    onPointerUp: () => { last.current = null },
  }
}

/** Sideways wheel moves in time. React's own listener could not keep the page from going back. */
function useWheel(move: (px: number) => void) {
  const ref = useRef<HTMLDivElement>(null)
  const latest = useRef(move)
  useEffect(() => { latest.current = move })
  useEffect(() => {
    const element = ref.current
    const onWheel = (event: WheelEvent) => {
      const px = event.shiftKey ? event.deltaY : event.deltaX
      if (Math.abs(px) <= Math.abs(event.shiftKey ? event.deltaX : event.deltaY)) return
      event.preventDefault()
      latest.current(px)
    }
    element?.addEventListener('wheel', onWheel, { passive: false })
    return () => element?.removeEventListener('wheel', onWheel)
  }, [])
  return ref
}
