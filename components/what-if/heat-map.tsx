'use client'

import { useRef, useState, type KeyboardEvent } from 'react'
import type { Settings } from '../../server/what-if/types.ts'
import { useTranslations } from '../i18n/translations.tsx'
import {
  CELL_GAP, cellName, cornerOf, figuresOf, PITCH_Y, settingsAt, sizeOf, type MapPlan, type Plane,
} from './map-layout.ts'
import { MapPicture } from './map-picture.tsx'
import { cellWords } from './outcome-words.ts'
import type { PlayedMap } from './use-map.ts'
import styles from './what-if.module.css'

interface HeatMapProps {
  readonly plane: Plane
  readonly played: PlayedMap
  readonly own: Settings
  readonly settings: Settings
  readonly onSettings: (settings: Settings) => void
}

/** The cells of a map: a picture for the eye, and over it a grid for pointer, keys and ear. */
export function HeatMap(props: HeatMapProps) {
  const t = useTranslations('whatIf')
  const { plane } = props
  const { plan, pitchX } = plane
  const size = sizeOf(plane)
  return (
    <div className={styles.map}>
      <p className={styles.upName}>{t('axis', { knob: t(`knob.${plan.up.knob}`) })}</p>
      <div className={styles.upFigures} style={{ height: size.height }} aria-hidden="true">
        {figuresOf(plan.up.state).map((value) => (
          <span
            key={value}
            className="figures"
            style={{ top: cornerOf(plane, 0, plan.up.state.axis.indexOf(value)).y + PITCH_Y / 2 }}
          >
            {value}
          </span>
        ))}
      </div>
      <div className={styles.plane} style={size}>
        <MapPicture {...props} />
        <Cells {...props} />
      </div>
      <div className={styles.acrossFigures} style={{ width: size.width }} aria-hidden="true">
        {figuresOf(plan.across.state).map((value) => (
          <span
            key={value}
            className="figures"
            style={{ left: plan.across.state.axis.indexOf(value) * pitchX + pitchX / 2 }}
          >
            {value}
          </span>
        ))}
      </div>
      <p className={styles.acrossName}>{t('axis', { knob: t(`knob.${plan.across.knob}`) })}</p>
    </div>
  )
}

/** Rows from the top: the largest value of the upright axis first. */
function Cells({ plane, played, settings, onSettings }: HeatMapProps) {
  const t = useTranslations('whatIf')
  const { plan, pitchX } = plane
  const { stop, setStop, onKeyDown, grid } = useRoving(plan)
  const { across, up } = plan
  const rows = up.state.axis.map((_, row) => row).reverse()
  return (
    <div
      ref={grid}
      role="grid"
      className={styles.grid}
      aria-label={t('mapName', {
        across: t(`knob.${across.knob}`), up: t(`knob.${up.knob}`),
      })}
      onKeyDown={onKeyDown}
    >
      {rows.map((row) => (
        <div role="row" key={row}>
          {across.state.axis.map((value, column) => {
            const here = settingsAt(plan, column, row, settings)
            const outcome = played.outcomes.get(cellName(plan, here))
            const { x, y } = cornerOf(plane, column, row)
            return (
              <div
                key={value}
                role="gridcell"
                data-cell={`${column}/${row}`}
                className={styles.cell}
                style={{ left: x, top: y, width: pitchX - CELL_GAP, height: PITCH_Y - CELL_GAP }}
                tabIndex={stop.column === column && stop.row === row ? 0 : -1}
                aria-label={cellWords(t, here, outcome)}
                aria-selected={cellName(plan, settings) === cellName(plan, here)}
                title={cellWords(t, here, outcome)}
                onFocus={() => setStop({ column, row })}
                onClick={() => onSettings(here)}
              />
            )
          })}
        </div>
      ))}
    </div>
  )
}

/** One cell takes part in the Tab order; arrow keys go on from there. */
function useRoving(plan: MapPlan) {
  const grid = useRef<HTMLDivElement>(null)
  const columns = plan.across.state.axis.length
  const rows = plan.up.state.axis.length
  const [stop, setStop] = useState({ column: 0, row: 0 })
  const go = (column: number, row: number): void => {
    const place = `${Math.min(columns - 1, Math.max(0, column))}/${Math.min(rows - 1, Math.max(0, row))}`
    grid.current?.querySelector<HTMLElement>(`[data-cell="${place}"]`)?.focus()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const { column, row } = stop
    const [left, right] = event.ctrlKey ? [-rows, rows] : [0, 0]
    switch (event.key) {
      case 'ArrowLeft': go(column - 1, row); break
      case 'ArrowRight': go(column + 1, row); break
      case 'ArrowUp': go(column, row + 1); break
      case 'ArrowDown': go(column, row - 1); break
      case 'Home': go(0, row - left); break
      case 'End': go(columns - 1, row - right); break
      case 'Enter':
      case ' ': if (event.target instanceof HTMLElement) event.target.click(); break
      default: return
    }
    event.preventDefault()
  }
  return { grid, stop, setStop, onKeyDown }
}
