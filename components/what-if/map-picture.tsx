'use client'

import type { Settings } from '../../server/what-if/types.ts'
import {
  CELL_GAP, cellName, cliffPath, cornerOf, PITCH_Y, placeOf, settingsAt, sizeOf, type Plane,
} from './map-layout.ts'
import { CELL_HEIGHT, Miniature, MiniaturePatterns } from './miniature.tsx'
import type { PlayedMap } from './use-map.ts'
import styles from './what-if.module.css'

interface MapPictureProps {
  readonly plane: Plane
  readonly played: PlayedMap
  readonly own: Settings
  readonly settings: Settings
}

/** What the eye sees of a map; the grid over it says the same in words. */
export function MapPicture(props: MapPictureProps) {
  const { width, height } = sizeOf(props.plane)
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
function Miniatures({ plane, played, settings }: MapPictureProps) {
  const { plan, pitchX } = plane
  const nameAt = (column: number, row: number) =>
    cellName(plan, settingsAt(plan, column, row, settings))
  const cells = plan.up.state.axis.flatMap((_, row) =>
    plan.across.state.axis.map((__, column) => ({ column, row, name: nameAt(column, row) })))
  const cliff = cliffPath(plane, (column, row) => {
    const name = nameAt(column, row)
    return played.fresh.has(name) ? played.outcomes.get(name) : undefined
  })
  return (
    <>
      {cells.map(({ column, row, name }) => {
        const outcome = played.outcomes.get(name)
        const { x, y } = cornerOf(plane, column, row)
        const middle = { x: x + pitchX / 2 - 1, y: y + PITCH_Y / 2 - 1 }
        return outcome ? (
          <g key={name} className={played.fresh.has(name) ? undefined : styles.stale}>
            <Miniature outcome={outcome} x={x + 1.5} y={y + 1.5} width={pitchX - CELL_GAP} />
          </g>
        ) : <rect key={name} className={styles.pending} {...middle} width="2" height="2" />
      })}
      <path className={styles.cliff} d={cliff} />
    </>
  )
}

/** Where the chosen settings and the learner's own stand. */
function Places({ plane, own, settings }: MapPictureProps) {
  const [chosen, mine] = [placeOf(plane, settings), placeOf(plane, own)]
  const size = { width: plane.pitchX + 1, height: CELL_HEIGHT + 4 }
  return (
    <>
      {mine ? (
        <circle
          className={styles.ownMark}
          cx={mine.x + plane.pitchX / 2}
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
