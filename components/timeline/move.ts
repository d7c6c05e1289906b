import { formatMoment } from './moment.ts'

export const PILL_PX = 58
/** Figures of the axis nearer than this to the pill would touch it. */
const FIGURE_PX = 46
/** Figures of the axis nearer than this to an edge would be cut by it. */
const FIGURE_EDGE_PX = 17
/** A text that would be cut by an edge is left out. */
const EDGE_PX = 2

/** Where everything stands in this frame, in pixels. */
export interface Stand {
  readonly leftX: number
  readonly nowX: number
  readonly atX: number
  /** The moment looked at; in the present, the same as now. */
  readonly atMillis: number
  readonly width: number
}

interface MovingLabel {
  readonly element: SVGElement
  readonly x: number
  readonly y: number
  readonly width: number
  readonly least: number
  readonly most: number
  shift: number
  isHidden: boolean
}

/** The elements that a frame moves, found once after each rendering. */
export interface Parts {
  readonly contents: readonly SVGElement[]
  readonly pasts: readonly SVGElement[]
  readonly veils: readonly SVGElement[]
  readonly nows: readonly SVGElement[]
  readonly playheads: readonly SVGElement[]
  readonly pills: readonly SVGElement[]
  readonly times: readonly SVGElement[]
  readonly labels: readonly MovingLabel[]
  readonly figures: readonly MovingLabel[]
}

export function partsOf(root: HTMLElement): Parts {
  const all = (part: string) => [...root.querySelectorAll<SVGElement>(`[data-part=${part}]`)]
  return {
    contents: all('content'), pasts: all('past'), veils: all('veil'), nows: all('now'),
    playheads: all('line'), pills: all('pill'), times: all('time'),
    labels: all('label').map(labelOf), figures: all('figure').map(labelOf),
  }
}

function labelOf(element: SVGElement): MovingLabel {
  const read = (name: string) => element.getAttribute(`data-${name}`)
  const at = Number(read('x'))
  return {
    element, x: at, y: Number(read('y')), width: Number(read('width')),
    least: Number(read('least') ?? at), most: Number(read('most') ?? at),
    shift: 0, isHidden: element.style.visibility === 'hidden',
  }
}

const clamp = (value: number, least: number, most: number) =>
  Math.min(most, Math.max(least, value))

/** Everything that a frame changes, without a new layout. */
export function moveTo(parts: Parts, stand: Stand): void {
  const { leftX, width } = stand
  const nowX = clamp(stand.nowX - leftX, 0, width + PILL_PX)
  const atX = clamp(stand.atX - leftX, -PILL_PX, width + PILL_PX)
  const pillX = clamp(atX, PILL_PX / 2, width + PILL_PX)
  set(parts.contents, 'transform', `translate(${-leftX} 0)`)
  set(parts.pasts, 'width', String(clamp(nowX, 0, width)))
  const veilX = clamp(atX, 0, width)
  set(parts.veils, 'x', String(veilX))
  set(parts.veils, 'width', String(Math.max(0, Math.min(width, nowX) - veilX)))
  set(parts.nows, 'transform', `translate(${nowX} 0)`)
  set(parts.playheads, 'transform', `translate(${atX} 0)`)
  set(parts.pills, 'transform', `translate(${pillX} 0)`)
  const text = formatMoment(stand.atMillis)
  for (const time of parts.times) if (time.textContent !== text) time.textContent = text
  for (const label of parts.labels) moveLabel(label, stand)
  for (const figure of parts.figures) {
    const x = figure.x - leftX
    // The first figure stands beside its tick, every other in the middle of it.
    const isCut = x < (figure.x === 0 ? 0 : FIGURE_EDGE_PX) || x > stand.width - FIGURE_EDGE_PX
    hide(figure, isCut || Math.abs(x - pillX) < FIGURE_PX)
  }
}

/** A name follows the left edge within its span; what an edge would cut is not drawn. */
function moveLabel(label: MovingLabel, { leftX, nowX, width }: Stand): void {
  const inset = 9
  const x = label.least < label.most ? clamp(leftX + inset, label.least, label.most) : label.x
  const shift = x - label.x
  if (shift !== label.shift) {
    label.shift = shift
    label.element.setAttribute('transform', `translate(${x} ${label.y})`)
  }
  const isCut = x < leftX + EDGE_PX || x + label.width > leftX + width - EDGE_PX
  hide(label, isCut || x + label.width > nowX)
}

function hide(label: MovingLabel, isHidden: boolean): void {
  if (label.isHidden === isHidden) return
  label.isHidden = isHidden
  label.element.style.visibility = isHidden ? 'hidden' : ''
}

function set(elements: readonly SVGElement[], name: string, value: string): void {
  for (const element of elements) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value)
  }
}
