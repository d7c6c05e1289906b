'use client'

import type { Settings } from '../../server/what-if/types.ts'
import {
  cellName, cliffPath, cornerOf, PITCH_X, PITCH_Y, placeOf, settingsAt, sizeOf, type MapPlan,
} from './map-layout.ts'
import { CELL_HEIGHT, CELL_WIDTH, Miniature, MiniaturePatterns } from './miniature.tsx'
import type { PlayedMap } from './use-map.ts'
import styles from './what-if.module.css'

interface MapPictureProps {
  readonly plan: MapPlan
  readonly played: PlayedMap
  readonly own: Settings
  readonly settings: Settings
}

/** What the eye sees of a map; the grid over it says the same in words. */
export function MapPicture(props: MapPictureProps) {
  const { width, height } = sizeOf(props.plan)
  return (
    <svg
      className={styles.picture}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
    >
      <MiniaturePatterns />
      <Miniatures {...props} />
      <Places {...props} />
    </svg>
  )
}

/** The cells and the cliff between them; a dot where nothing has been played yet. */
function Miniatures({ plan, played, settings }: MapPictureProps) {
  const nameAt = (column: number, row: number) =>
    cellName(plan, settingsAt(plan, column, row, settings))
  const cells = plan.up.state.axis.flatMap((_, row) =>
    plan.across.state.axis.map((__, column) => ({ column, row, name: nameAt(column, row) })))
  const cliff = cliffPath(plan, (column, row) => {
    const name = nameAt(column, row)
    return played.fresh.has(name) ? played.outcomes.get(name) : undefined
  })
  return (
    <>
      {cells.map(({ column, row, name }) => {
        const outcome = played.outcomes.get(name)
        const { x, y } = cornerOf(plan, column, row)
        const middle = { x: x + PITCH_X / 2 - 1, y: y + PITCH_Y / 2 - 1 }
        return outcome ? (
          <g key={name} className={played.fresh.has(name) ? undefined : styles.stale}>
            <Miniature outcome={outcome} x={x + 1.5} y={y + 1.5} />
          </g>
        ) : <rect key={name} className={styles.pending} {...middle} width="2" height="2" />
      })}
      <path className={styles.cliff} d={cliff} />
    </>
  )
}

/** Where the chosen settings and the learner's own stand. */
function Places({ plan, own, settings }: MapPictureProps) {
  const [chosen, mine] = [placeOf(plan, settings), placeOf(plan, own)]
  const size = { width: CELL_WIDTH + 4, height: CELL_HEIGHT + 4 }
  return (
    <>
      {mine ? (
        <circle
          className={styles.ownMark}
          cx={mine.x + PITCH_X / 2}
          cy={mine.y + PITCH_Y / 2}
          r="4"
        />
      ) : null}
      {chosen ? (
        <rect
          className={styles.chosen}
          x={chosen.x - 0.5}
          y={chosen.y - 0.5}
          {...size}
          rx="4"
        />
      ) : null}
    </>
  )
}
