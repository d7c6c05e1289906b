import { formatMoment } from './moment.ts'
import { leftEdge, type View } from './view.ts'

export const PILL_PX = 58
/** Figures of the axis nearer than this to the pill would touch it. */
const FIGURE_PX = 46
/** A text that would be cut by the left edge is left out. */
const EDGE_PX = 2

/** Everything that a frame changes, without a new layout. */
export function moveTo(
  svg: SVGSVGElement | null,
  nowMillis: number,
  view: View,
  width: number,
): void {
  if (!svg) return
  const px = (millis: number) => (millis / 1_000) * view.pxPerSecond
  const leftX = px(leftEdge(view, nowMillis, width))
  const nowX = Math.min(width + PILL_PX, px(nowMillis) - leftX)
  const pillX = Math.max(PILL_PX / 2, nowX)
  for (const part of svg.querySelectorAll('[data-part=content]')) {
    part.setAttribute('transform', `translate(${-leftX} 0)`)
  }
  for (const part of svg.querySelectorAll('rect[data-part=past]')) {
    part.setAttribute('width', String(Math.max(0, Math.min(width, nowX))))
  }
  svg.querySelector('[data-part=line]')?.setAttribute('transform', `translate(${nowX} 0)`)
  svg.querySelector('[data-part=pill]')?.setAttribute('transform', `translate(${pillX} 0)`)
  const time = svg.querySelector('[data-part=time]')
  const text = formatMoment(nowMillis)
  if (time && time.textContent !== text) time.textContent = text
  for (const label of svg.querySelectorAll<SVGGElement>('[data-label]')) {
    label.style.visibility = Number(label.dataset.label) < leftX + EDGE_PX ? 'hidden' : 'visible'
  }
  for (const figure of svg.querySelectorAll<SVGTextElement>('[data-figure]')) {
    const x = Number(figure.dataset.figure) - leftX
    figure.style.visibility = Math.abs(x - pillX) < FIGURE_PX ? 'hidden' : 'visible'
  }
}
