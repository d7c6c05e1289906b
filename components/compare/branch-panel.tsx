'use client'

import { useMemo, useRef } from 'react'
import { useTranslations } from '../i18n/translations.tsx'
import { itemsOf, useTipText } from '../timeline/items.tsx'
import type { Row } from '../timeline/layout-types.ts'
import { PictureBody } from '../timeline/picture-body.tsx'
import { RowNames } from '../timeline/row-names.tsx'
import { usePointed } from '../timeline/timeline-picture.tsx'
import timeline from '../timeline/timeline.module.css'
import { TipCard } from '../timeline/tip-card.tsx'
import type { Reading } from '../timeline/trace-reader.ts'
import { usePaper } from '../timeline/use-pointing.ts'
import { useWalk } from '../timeline/use-walk.ts'
import styles from './compare.module.css'
import { ArrowShape, Discs, Ghosts } from './overlay.tsx'
import type { Sheet } from './sheet.ts'
import type { TwoViews } from './two-views.ts'
import { useMoved, type Moved } from './use-moved.ts'

export interface PanelProps {
  readonly sheet: Sheet
  readonly reading: Reading
  readonly name: string
  readonly moved: Moved
  readonly forkMillis: number
  readonly viewport: TwoViews
  readonly lit: number | null
  readonly onPoint: (number: number | null) => void
  readonly onToggle: (row: Row) => void
  readonly onScrub: (millis: number) => void
  readonly setCanvas?: (element: HTMLElement | null) => void
}

const FRAME_PX = 400

/** One branch's rows, over the axis that both share. */
export function BranchPanel(props: PanelProps) {
  const { sheet, reading, name, moved, forkMillis, viewport, setCanvas, lit, onPoint } = props
  const { drawn } = sheet
  const t = useTranslations('compare')
  const root = useRef<HTMLDivElement | null>(null)
  const items = useMemo(() => itemsOf(drawn), [drawn])
  const pointing = usePointed(items)
  const onHide = () => pointing.point(null)
  const onKeyDown = useWalk({ root, viewport, reading, items, onItem: () => undefined, onHide })
  const paper = usePaper(viewport, {
    onScrub: props.onScrub, onItem: () => undefined, onUndoScrub: () => undefined,
  })
  useMoved(root, moved)
  const { width, pxPerSecond } = moved
  const leftX = (moved.leftMillis / 1_000) * pxPerSecond
  const forkX = (forkMillis / 1_000) * pxPerSecond
  const tipText = useTipText()
  return (
    <div
      ref={(box) => { root.current = box }}
      className={styles.rows} style={{ height: drawn.height }} onKeyDown={onKeyDown}
      onPointerDown={onHide}
    >
      <RowNames rows={drawn.rows} onToggle={props.onToggle} />
      <div
        className={`${timeline.canvas} ${styles.canvas}`} data-part="canvas"
        ref={setCanvas} {...paper}
      >
        {width > 0 ? (
          <svg
            className={`${timeline.picture} ${styles.picture}`} width={width} height={drawn.height}
            role="group" aria-label={t('picture', { branch: name })} {...pointing.handlers}
          >
            <g data-part="content">
              <rect
                className={styles.sharedPast} x={leftX - FRAME_PX} height={drawn.height}
                width={Math.max(0, forkX - leftX + FRAME_PX)}
              />
            </g>
            <PictureBody
              {...{ drawn, width, height: drawn.height, tipText }}
              window={{ fromX: leftX - FRAME_PX, toX: leftX + width + FRAME_PX, pxPerSecond }}
              stopKey={pointing.stopKey} canAsk={false} nowMillis={moved.nowMillis}
              isPast={false}
            />
            <g data-part="content" aria-hidden="true">
              <Ghosts ghosts={sheet.ghosts} />
              <ArrowShape arrow={sheet.arrow} />
              <path className={styles.forkLine} d={`M${forkX} 0V${drawn.height}`} />
              <Discs discs={sheet.discs} lit={lit} onPoint={onPoint} />
            </g>
          </svg>
        ) : null}
      </div>
      {pointing.item ? (
        <TipCard item={pointing.item} root={root} fullHeight={drawn.height} hint="" />
      ) : null}
    </div>
  )
}
