import type { Arrow } from './arrow.ts'
import styles from './compare.module.css'
import { DISC_RADIUS } from './discs.ts'
import type { Ghost } from './ghosts.ts'
import type { Sheet } from './sheet.ts'

// What the comparison draws over a branch's picture. All of it is told in the list, in words.

/** Dashed outlines where the other branch was. */
export function Ghosts({ ghosts }: { readonly ghosts: readonly Ghost[] }) {
  return ghosts.map((ghost) => (
    <path key={`${ghost.as}-${ghost.key}`} className={styles.ghost} d={outline(ghost)} />
  ))
}

function outline(ghost: Ghost): string {
  switch (ghost.as) {
    case 'box': {
      const { x, width, y, height } = ghost
      const right = x + width - 3
      const end = `q3 0 3 3v${height - 7}q0 3 -3 3`
      return ghost.isAlone
        ? `M${x + 3} ${y + 0.5}H${right}${end}H${x + 3}q-3 0 -3 -3v${7 - height}q0 -3 3 -3`
        : `M${x} ${y + 0.5}H${right}${end}H${x}`
    }
    case 'slope': return `M${ghost.x1} ${ghost.y1}L${ghost.x2} ${ghost.y2}`
    case 'end': return `M${ghost.x} ${ghost.y - 4}v${ghost.height + 8}`
  }
}

const HEAD_PX = 5
const PAD_PX = 8

export function ArrowShape({ arrow }: { readonly arrow: Arrow | null }) {
  if (!arrow) return null
  const { x1, x2, y, text, points } = arrow
  const tip = points === 'left' ? x1 : x2
  const back = points === 'left' ? HEAD_PX : -HEAD_PX
  return (
    <g className={styles.arrow}>
      <path d={`M${x1} ${y}H${text.x - PAD_PX}M${text.x + text.width + PAD_PX} ${y}H${x2}`} />
      <path d={`M${tip + back} ${y - HEAD_PX}L${tip} ${y}L${tip + back} ${y + HEAD_PX}`} />
      <text x={text.x} y={y + 4.2}>{text.words}</text>
    </g>
  )
}

/** Numbers at what differs. `lit`: the one that the reader looks at in the list. */
export function Discs({ discs, lit, onPoint }: {
  readonly discs: Sheet['discs']
  readonly lit: number | null
  readonly onPoint: (number: number | null) => void
}) {
  return discs.map(({ number, x, y }) => (
    <g
      key={number} transform={`translate(${x} ${y})`} data-disc={number}
      className={`${styles.disc} ${number === lit ? styles.lit : ''}`}
      onPointerEnter={() => onPoint(number)} onPointerLeave={() => onPoint(null)}
    >
      <circle r={DISC_RADIUS} />
      <text textAnchor="middle" y="4">{number}</text>
    </g>
  ))
}
