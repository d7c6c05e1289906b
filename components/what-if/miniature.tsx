import type { Outcome } from '../../server/what-if/types.ts'
import styles from './what-if.module.css'

// A cell is a miniature of how its timeline ends: the fill of the span it ended in, and the diamond
// of SIGKILL where that is what ended it. Shape tells the kind, colour only repeats it.

export const CELL_WIDTH = 27
export const CELL_HEIGHT = 18
/** One line a second in the timeline; here so many that they can be told from hatching. */
const STROKES = [5, 10, 17, 22]

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

export function Miniature({ outcome, x, y }: {
  readonly outcome: Outcome
  readonly x: number
  readonly y: number
}) {
  const box = { x: 0.5, y: 0.5, width: CELL_WIDTH - 1, height: CELL_HEIGHT - 1, rx: 2 }
  const look = lookOf(outcome)
  return (
    <g transform={`translate(${x} ${y})`} className={styles[look]}>
      <rect {...box} className={styles.fill} />
      {look === 'inHook' ? <rect {...box} fill="url(#cell-prestop)" stroke="none" /> : null}
      {look === 'after' ? (
        <path
          className={styles.strokes}
          d={STROKES.map((at) => `M${at}.5 1v${CELL_HEIGHT - 2}`).join('')}
        />
      ) : null}
      <rect {...box} className={styles.edge} />
      {look === 'inHook' || look === 'after' ? <Kill /> : null}
      {outcome.hook === 'failed' ? (
        <path className={styles.flag} d="M3.5 3.5h7L9 6l1.5 2.5h-7z" />
      ) : null}
    </g>
  )
}

function Kill() {
  return (
    <g transform={`translate(${CELL_WIDTH / 2} ${CELL_HEIGHT / 2})`}>
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
      <Miniature outcome={outcome} x={0} y={0} />
    </svg>
  )
}
