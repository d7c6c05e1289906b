import type { Outcome } from '../../server/what-if/types.ts'
import styles from './what-if.module.css'

// A cell is a miniature of how its timeline ends: the fill of the span it ended in, and the diamond
// of SIGKILL where that is what ended it. Shape tells the kind, colour only repeats it.

const CELL_WIDTH = 27
export const CELL_HEIGHT = 18
/** Upright lines, left and right of the diamond: so many that they are told from hatching. */
const STROKES = [0.18, 0.36, 0.64, 0.82]
/** Where the cell is narrow, so is the diamond. */
const NARROW_PX = 18

/** Patterns of this page; the timeline on it has its own. */
export function MiniaturePatterns() {
  return (
    <defs>
      <pattern id="cell-prestop" width="6" height="6" patternUnits="userSpaceOnUse">
        <path d="M-1.5 4.5 1.5 7.5M0 0 6 6M4.5 -1.5 7.5 1.5" className={styles.hatch} />
      </pattern>
    </defs>
  )
}

export function Miniature({ outcome, x, y, width }: {
  readonly outcome: Outcome
  readonly x: number
  readonly y: number
  readonly width: number
}) {
  const box = { x: 0.5, y: 0.5, width: width - 1, height: CELL_HEIGHT - 1, rx: 2 }
  const look = lookOf(outcome)
  return (
    <g transform={`translate(${x} ${y})`} className={styles[look]}>
      <rect {...box} className={styles.fill} />
      {look === 'inHook' ? <rect {...box} fill="url(#cell-prestop)" stroke="none" /> : null}
      {look === 'after' ? (
        <path
          className={styles.strokes}
          d={STROKES.map((at) => `M${Math.floor(at * width) + 0.5} 1v${CELL_HEIGHT - 2}`).join('')}
        />
      ) : null}
      <rect {...box} className={styles.edge} />
      {look === 'inHook' || look === 'after' ? <Kill width={width} /> : null}
      {outcome.hook === 'failed' ? (
        <path className={styles.flag} d="M3.5 3.5h7L9 6l1.5 2.5h-7z" />
      ) : null}
    </g>
  )
}

function Kill({ width }: { readonly width: number }) {
  const scale = width < NARROW_PX ? ' scale(0.75)' : ''
  return (
    <g transform={`translate(${width / 2} ${CELL_HEIGHT / 2})${scale}`}>
      <path className={styles.kill} d="M0 -6.5 6.5 0 0 6.5 -6.5 0Z" />
      <path className={styles.killCross} d="M-1.8 -1.8 1.8 1.8M1.8 -1.8-1.8 1.8" />
    </g>
  )
}

function lookOf({ kind, hook, exitCode }: Outcome) {
  switch (kind) {
    case 'exited':
      return hook === 'cut' ? 'exitedCut' : exitCode === 0 ? 'exited' : 'exitedWith'
    case 'killed-in-hook': return 'inHook'
    case 'killed-after': return 'after'
    default: return 'open'
  }
}

/** One miniature beside its words. */
export function MiniatureKey({ outcome }: { readonly outcome: Outcome }) {
  return (
    <svg
      className={styles.miniature}
      width={CELL_WIDTH}
      height={CELL_HEIGHT}
      viewBox={`0 0 ${CELL_WIDTH} ${CELL_HEIGHT}`}
      aria-hidden="true"
    >
      <Miniature outcome={outcome} x={0} y={0} width={CELL_WIDTH} />
    </svg>
  )
}
