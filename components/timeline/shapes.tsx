import { memo } from 'react'
import { strokeSeconds } from './axis.ts'
import { isSame } from './same.ts'
import type { Label, Mark, Span, SpanKind, Wedge, WedgePart } from './layout-types.ts'
import styles from './timeline.module.css'

// The grammar's shapes. Shape tells the kind, colour only repeats it.

/** Hatching for the two hooks; rising for postStart, falling for preStop. */
export function Patterns() {
  return (
    <defs>
      <pattern id="hatch-poststart" width="8" height="8" patternUnits="userSpaceOnUse">
        <path d="M-2 2 2 -2M0 8 8 0M6 10 10 6" className={styles.hatchPoststart} />
      </pattern>
      <pattern id="hatch-prestop" width="8" height="8" patternUnits="userSpaceOnUse">
        <path d="M-2 6 2 10M0 0 8 8M6 -2 10 2" className={styles.hatchPrestop} />
      </pattern>
    </defs>
  )
}

const hatched = (kind: SpanKind) => kind === 'prestop' || kind === 'poststart'

/** The part of the picture that is drawn: what is far outside needs no lines. */
export interface Window {
  readonly fromX: number
  readonly toX: number
  readonly pxPerSecond: number
}

/** Upright lines, one a second or fewer, from the moment the signal was sent. */
function strokes(x1: number, x2: number, window: Window, line: (x: number) => string): string {
  const step = strokeSeconds(window.pxPerSecond) * window.pxPerSecond
  const first = Math.max(1, Math.ceil((window.fromX - x1) / step))
  const end = Math.min(x2, window.toX)
  const parts: string[] = []
  for (let x = x1 + first * step; x < end - 1; x += step) parts.push(line(x))
  return parts.join('')
}

export function SpanShape({ span, window }: { readonly span: Span; readonly window: Window }) {
  const { x, y, width, height, kind } = span
  const box = { x, y: y + 0.5, width, height: height - 1, rx: 3 }
  if (!hatched(kind) && kind !== 'stopping' && kind !== 'pulling') {
    return <rect {...box} className={`${styles[kind]} ${styles.plain}`} />
  }
  return (
    <g className={styles[kind]}>
      <rect {...box} className={styles.fill} />
      {hatched(kind) ? <rect {...box} fill={`url(#hatch-${kind})`} /> : null}
      {kind === 'stopping' ? (
        <path
          className={styles.stroke}
          d={strokes(x, x + width, window, (at) => `M${at} ${y + 1}v${height - 2}`)}
        />
      ) : null}
      {kind === 'pulling' ? (
        <path className={styles.stroke} d={`M${x + 1} ${y + height - 2}h${Math.max(1, width - 2)}`} />
      ) : null}
      <rect {...box} className={styles.edge} />
    </g>
  )
}

/** Height of the slope above the base line at some x. */
function slope(wedge: Wedge, x: number): number {
  return (wedge.base - wedge.top) * Math.max(0, 1 - (x - wedge.x1) / (wedge.x2 - wedge.x1))
}

function WedgePartShape({
  wedge,
  part,
  window,
}: {
  readonly wedge: Wedge
  readonly part: WedgePart
  readonly window: Window
}) {
  const { base } = wedge
  const d = `M${part.x1} ${base}V${base - slope(wedge, part.x1)}L${part.x2} ${base - slope(wedge, part.x2)}V${base}Z`
  return (
    <g className={styles[part.kind]}>
      <path d={d} className={styles.fill} />
      {hatched(part.kind) ? (
        <path d={d} fill={`url(#hatch-${part.kind})`} />
      ) : (
        <path
          className={styles.stroke}
          d={strokes(part.x1, part.x2, window, (x) => `M${x} ${base}V${base - slope(wedge, x)}`)}
        />
      )}
      <path className={styles.stroke} d={`M${part.x1} ${base}V${base - slope(wedge, part.x1)}`} />
    </g>
  )
}

/** The budget as far as it has drained. */
export function WedgeShape({ wedge, window }: { readonly wedge: Wedge; readonly window: Window }) {
  const { x1, base, overdraft } = wedge
  // While it drains, the playhead cuts it: so it goes on with every frame.
  const end = wedge.draining ? wedge.x2 : wedge.until
  const last = wedge.parts.length - 1
  const edge = `M${x1} ${base}V${wedge.top}L${end} ${base - slope(wedge, end)}V${base}`
  return (
    <g>
      {wedge.parts.map((part, index) => (
        <WedgePartShape
          key={part.x1}
          wedge={wedge}
          part={index === last ? { ...part, x2: end } : part}
          window={window}
        />
      ))}
      <path className={styles.wedgeEdge} d={`${edge}M${x1} ${base}H${end}`} />
      {overdraft ? (
        <g className={styles.stopping}>
          <rect
            x={overdraft.x1}
            y={base}
            width={overdraft.x2 - overdraft.x1}
            height={9}
            className={styles.fill}
          />
          <rect
            x={overdraft.x1}
            y={base}
            width={overdraft.x2 - overdraft.x1}
            height={9}
            className={styles.edge}
          />
        </g>
      ) : null}
    </g>
  )
}

/** The end of a budget that is already draining: the only thing drawn in the future. */
export function WedgeAhead({ wedge }: { readonly wedge: Wedge }) {
  if (!wedge.draining) return null
  const { x1, x2, top, base } = wedge
  return <path className={styles.ahead} d={`M${x1} ${top}L${x2} ${base}H${x1}`} />
}

export function MarkShape({ mark }: { readonly mark: Mark }) {
  const at = `translate(${mark.x} ${mark.y})`
  switch (mark.kind) {
    case 'signal':
      return <path transform={at} className={styles.signal} d="M-6.5 -5.5H6.5L0 6Z" />
    case 'kill':
      return (
        <g transform={at}>
          <path className={styles.kill} d="M0 -8.5 8.5 0 0 8.5 -8.5 0Z" />
          <path className={styles.killCross} d="M-2.6 -2.6 2.6 2.6M2.6 -2.6-2.6 2.6" />
        </g>
      )
    case 'event':
      return <path transform={at} className={styles.event} d="M0 6V-5.5H9L6.5 -2.5 9 0.5H0" />
    case 'warning':
      return (
        <g transform={at}>
          <path className={styles.warning} d="M0 -5.5H9.5L7 -2.5 9.5 0.5H0Z" />
          <path className={styles.warningPole} d="M0 6V-5.5" />
        </g>
      )
    case 'probe':
      return <circle transform={at} className={styles.probe} r="4.5" />
    case 'probe-failed':
      return (
        <g transform={at} className={styles.probeFailed}>
          <circle r="5" />
          <path d="M-2.2 -2.2 2.2 2.2M2.2 -2.2-2.2 2.2" />
        </g>
      )
    case 'log':
      return <path transform={at} className={styles.log} d="M0.5 -5V5" />
    case 'restart':
      return (
        <g transform={at} className={styles.restart}>
          <circle r="8.5" />
          <text textAnchor="middle" y="4">
            {mark.text}
          </text>
        </g>
      )
    case 'gone':
      return <rect x={mark.x} y={mark.y - 9} width="3" height="18" className={styles.gone} />
    case 'status':
      return <path transform={at} className={styles.statusTick} d="M0 -10V10" />
  }
}

export function Labels({ labels }: { readonly labels: readonly Label[] }) {
  return labels.map((label) => <LabelShape key={label.key} label={label} />)
}

const LabelShape = memo(function LabelShape({ label }: { readonly label: Label }) {
  const { x, y, width, pad, slide } = label
  const weight = `${label.bold ? styles.bold : ''} ${label.quiet ? styles.quiet : ''}`
  return (
    <g
      data-part="label"
      data-x={x}
      data-y={y}
      data-width={width}
      transform={`translate(${x} ${y})`}
      data-least={slide?.least}
      data-most={slide?.most}
      className={`${styles.text} ${pad ? styles[pad] : ''} ${label.later ? styles.later : ''}`}
      aria-hidden="true"
    >
      {pad ? (
        <rect x="-4" y="-8" width={width + 8} height="16" className={styles.pad} />
      ) : null}
      <text y="4.2" className={`${styles.label} ${weight}`}>
        {label.text}
      </text>
    </g>
  )
}, (one, other) => isSame(one.label, other.label))
