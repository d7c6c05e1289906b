'use client'

import { useLayoutEffect, useMemo, useRef } from 'react'
import { useTranslations } from '../i18n/translations.tsx'
import { Axis, AXIS_PX, Pill } from './axis-shape.tsx'
import { useTipText } from './items.tsx'
import { layout } from './layout.ts'
import type { Choice, Row } from './layout-types.ts'
import { moveTo, partsOf } from './move.ts'
import { PictureBody } from './picture-body.tsx'
import { useRowObject } from './row-names.tsx'
import styles from './timeline.module.css'
import type { Reading } from './trace-reader.ts'
import { useMeasure } from './use-measure.ts'
import { timelineWords } from './words.ts'

const NAMES_PX = 168
const METRICS = { pitch: 32, spanHeight: 22, graceHeight: 72 }

export interface StillProps {
  readonly reading: Reading
  readonly choice: Choice
  readonly nowMillis: number
  readonly atMillis: number | null
  readonly leftMillis: number
  readonly pxPerSecond: number
  /** Of the whole picture, with the names of the rows. */
  readonly width: number
}

/** One moment of the timeline as one drawing, all rows with their names: for files and paper. */
export function StillPicture(props: StillProps) {
  const { reading, choice, nowMillis, atMillis, leftMillis, pxPerSecond, width } = props
  const t = useTranslations('timeline')
  const words = useMemo(() => timelineWords(t), [t])
  const measure = useMeasure()
  const objectOf = useRowObject()
  const tipText = useTipText()
  const root = useRef<HTMLDivElement>(null)
  const canvas = width - NAMES_PX
  const leftX = (leftMillis / 1_000) * pxPerSecond
  const drawn = layout(reading.lives, {
    nowMillis, atMillis, leftMillis, pxPerSecond, words, measure, choice, metrics: METRICS,
    frame: { fromX: leftX, toX: leftX + canvas, top: -Infinity, bottom: Infinity },
  })
  useLayoutEffect(() => {
    if (!root.current) return
    const at = atMillis ?? nowMillis
    const px = (millis: number) => (millis / 1_000) * pxPerSecond
    moveTo(partsOf(root.current), {
      leftX, nowX: px(nowMillis), atX: px(at), atMillis: at, width: canvas,
    })
  })
  const height = drawn.height + AXIS_PX
  return (
    <div ref={root}>
      <svg
        xmlns="http://www.w3.org/2000/svg" className={styles.still}
        width={width} height={height} viewBox={`0 0 ${width} ${height}`}
        role="img" aria-label={t('name')}
      >
        <rect className={styles.axisGround} width={width} height={height} />
        <rect className={styles.past} width={NAMES_PX} height={drawn.height} />
        {drawn.rows.map((row) => (
          <RowName key={row.key} row={row} name={t(row.kind)} object={objectOf(row)} />
        ))}
        <svg x={NAMES_PX} width={canvas} height={height} aria-hidden="true">
          <PictureBody
            {...{ drawn, width: canvas, height: drawn.height, tipText }}
            window={{ fromX: leftX, toX: leftX + canvas, pxPerSecond }}
            stopKey={null} canAsk={false} isStill nowMillis={nowMillis} isPast={atMillis !== null}
          />
          <g transform={`translate(0 ${drawn.height})`}>
            <Axis
              fromX={leftX} toX={leftX + canvas} pxPerSecond={pxPerSecond} width={canvas}
              notes={drawn.notes}
            />
            <Pill />
          </g>
        </svg>
      </svg>
    </div>
  )
}

function RowName({ row, name, object }: {
  readonly row: Row
  readonly name: string
  readonly object: string
}) {
  return (
    <text className={styles.stillName} x="20" y={row.y + row.height / 2 + 4.5}>
      {name}
      <tspan dx="8" className={styles.stillObject}>{object}</tspan>
    </text>
  )
}
