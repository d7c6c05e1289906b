'use client'

import {
  useEffect, useLayoutEffect, useMemo, useRef, useState, type FocusEvent,
  type ReactNode, type RefObject,
} from 'react'
import { useTranslations } from '../i18n/translations.tsx'
import type { ClockReading } from '../lab/lab-state.ts'
import { AXIS_PX } from './axis-shape.tsx'
import { AxisBar } from './axis-bar.tsx'
import { itemsOf, useTipText, type Item } from './items.tsx'
import { layout } from './layout.ts'
import type { Choice, Layout, LayoutInput, Row } from './layout-types.ts'
import { PictureBody } from './picture-body.tsx'
import { RowNames } from './row-names.tsx'
import styles from './timeline.module.css'
import { TipCard } from './tip-card.tsx'
import type { Reading } from './trace-reader.ts'
import { useMeasure } from './use-measure.ts'
import { useElementSize, useMetrics, useScrollTop } from './use-metrics.ts'
import { frameOf, usePlacing, type Placed } from './use-placing.ts'
import { usePaper, useWheel } from './use-pointing.ts'
import { useWalk } from './use-walk.ts'
import type { Viewport } from './viewport.ts'
import { timelineWords } from './words.ts'

/** Where this branch left another. */
export interface Fork {
  readonly atMillis: number
  readonly name: string
}

export interface PictureProps {
  readonly reading: Reading
  readonly clock: ClockReading
  readonly viewport: Viewport
  readonly choice: Choice
  /** A pod is folded or unfolded, the processes of a container are shown or hidden. */
  readonly onToggle: (row: Row) => void
  /** The moment looked at; null: the present, which is then followed. */
  readonly atMillis: number | null
  readonly fork?: Fork | null
  /** Looks at a moment. Absent: there is no looking back. */
  readonly onScrub?: (millis: number) => void
  readonly onNow?: () => void
  /** A thing was chosen: the trace entry it stands for, and its shape. */
  readonly onWhy?: (entry: number, anchor: Element) => void
  /** What stands on the empty paper. */
  readonly children?: ReactNode
}

/** The strip's picture: what happened left of the playhead, blank paper right of it. */
export function TimelinePicture(props: PictureProps) {
  const { reading, viewport, atMillis, onWhy } = props
  const t = useTranslations('timeline')
  const [element, setElement] = useState<HTMLElement | null>(null)
  const root = useRef<HTMLElement | null>(null)
  const { setElement: setScroller, height } = useElementSize()
  const { setElement: setCanvas, width } = useElementSize()
  const { top, onScroll } = useScrollTop()
  const scrub = useScrub(props)
  useFollowing(viewport, reading, atMillis, width)
  const placed = usePlacing({ ...props, root, latestMillis: reading.latestMillis })
  const { input, drawn } = useDrawn(props, placed, { width, height, top })
  const { pointing, onHide, onItem, onKeyDown } = useItems(props, drawn, root)
  const paper = usePaper(viewport, { ...scrub, onItem })
  useWheel(element, viewport)
  const fullHeight = Math.max(drawn.height, height)
  const tipText = useTipText()
  return (
    <div
      className={styles.figureBox}
      ref={(box) => {
        root.current = box
        setElement(box)
      }}
      onKeyDown={onKeyDown}
      onPointerDown={onHide}
    >
      <div className={styles.rows} ref={setScroller} onScroll={onScroll}>
        <RowNames rows={drawn.rows} onToggle={props.onToggle} />
        <div className={styles.canvas} data-part="canvas" ref={setCanvas} {...paper}>
          {placed.width > 0 ? (
            <svg
              className={styles.picture} width={width} height={fullHeight}
              role="group" aria-label={t('picture', { pod: podsOf(drawn.rows) })}
              {...pointing.handlers}
            >
              <PictureBody
                {...{ drawn, width, height: fullHeight, tipText }}
                window={{ ...input.frame, pxPerSecond: placed.pxPerSecond }}
                stopKey={pointing.stopKey} canAsk={onWhy !== undefined}
                nowMillis={input.nowMillis} isPast={atMillis !== null}
              />
            </svg>
          ) : null}
          {props.children}
        </div>
      </div>
      <AxisBar
        {...{ viewport, placed, atMillis, width, notes: drawn.notes, fork: props.fork ?? null }}
        onScrub={scrub.onScrub} onNow={props.onNow}
      />
      {pointing.item ? (
        <TipCard
          item={pointing.item} root={root} fullHeight={height + AXIS_PX}
          hint={onWhy ? t('whyHint') : ''}
        />
      ) : null}
    </div>
  )
}

/** What can be pointed at, and what pointing, the keys and a click do with it. */
function useItems(
  { reading, viewport, onWhy }: PictureProps, drawn: Layout, root: RefObject<HTMLElement | null>,
) {
  const items = useMemo(() => itemsOf(drawn), [drawn])
  const pointing = usePointed(items)
  const onItem = (shape: Element) => {
    const item = items.find(({ key }) => key === shape.getAttribute('data-item'))
    if (item) onWhy?.(item.entry, shape)
  }
  const onHide = () => pointing.point(null)
  const onKeyDown = useWalk({ root, viewport, reading, items, onItem, onHide })
  return { pointing, onHide, onItem, onKeyDown }
}

const podsOf = (rows: readonly Row[]) =>
  rows.filter(({ kind }) => kind === 'pod').map(({ object }) => object).join(', ')

interface Seen {
  readonly width: number
  readonly height: number
  readonly top: number
}

/** The layout of what is seen and a little more. */
function useDrawn(props: PictureProps, placed: Placed, { width, height, top }: Seen) {
  const { reading, choice, atMillis } = props
  const t = useTranslations('timeline')
  const words = useMemo(() => timelineWords(t), [t])
  const measure = useMeasure()
  const metrics = useMetrics(height, width)
  const input = useMemo(() => {
    const { leftMillis, pxPerSecond } = placed
    return {
      nowMillis: Math.max(placed.nowMillis, reading.latestMillis),
      leftMillis, pxPerSecond, metrics, words, measure, choice, atMillis,
      frame: frameOf(placed, top, height),
    } satisfies LayoutInput
  }, [placed, reading, metrics, words, measure, choice, atMillis, top, height])
  const drawn = useMemo(() => layout(reading.lives, input), [reading, input])
  return { input, drawn }
}

/** While the past is looked at, the picture stands still; back in the present, it follows. */
function useFollowing(
  viewport: Viewport, reading: Reading, atMillis: number | null, width: number,
): void {
  useLayoutEffect(() => {
    viewport.firstMillis = reading.firstMillis
    viewport.resize(width)
  })
  const wasPast = useRef(false)
  useEffect(() => {
    if (atMillis !== null) {
      if (!wasPast.current) viewport.hold()
      viewport.show(atMillis)
    } else if (wasPast.current) viewport.follow()
    wasPast.current = atMillis !== null
  }, [viewport, atMillis])
}

/** Looking at a moment; from now on is now. A double click takes back what its clicks did. */
function useScrub({ viewport, atMillis, onScrub, onNow }: PictureProps) {
  const before = useRef<{ readonly millis: number | null; readonly wall: number } | null>(null)
  const look = (millis: number | null) => {
    if (millis === null || millis >= viewport.nowMillis) onNow?.()
    else onScrub?.(Math.max(0, millis))
  }
  return {
    onScrub: onScrub && ((millis: number) => {
      const wall = performance.now()
      const isSecond = before.current !== null && wall - before.current.wall < DOUBLE_CLICK_MILLIS
      if (!isSecond) before.current = { millis: atMillis, wall }
      look(millis)
    }),
    onUndoScrub: () => {
      if (onScrub) look(before.current?.millis ?? null)
    },
  }
}

const DOUBLE_CLICK_MILLIS = 600

/** What the pointer or the focus is on. One listener for the whole picture. */
export function usePointed(items: readonly Item[]) {
  const [key, point] = useState<string | null>(null)
  const [stop, setStop] = useState<string | null>(null)
  const keyOf = (target: EventTarget) =>
    target instanceof Element
      ? (target.closest('[data-item]')?.getAttribute('data-item') ?? null)
      : null
  const stopKey = items.some((item) => item.key === stop) ? stop : (items.at(-1)?.key ?? null)
  return {
    item: key === null ? undefined : items.find((item) => item.key === key),
    stopKey,
    point,
    handlers: {
      onPointerOver: (event: { readonly target: EventTarget }) => point(keyOf(event.target)),
      onPointerLeave: () => point(null),
      onFocus: (event: FocusEvent) => {
        setStop(keyOf(event.target))
        if (event.target.matches(':focus-visible')) point(keyOf(event.target))
      },
      onBlur: () => point(null),
    },
  }
}
