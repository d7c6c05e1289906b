import type { TimelineEntry } from '../../server/protocol.ts'

/**
 * The timeline as data. `entries` are the trace's own (see `simulator/trace/entries.ts`), without
 * the bodies of API objects; their `at` counts milliseconds of the lab's time from `startedAt`.
 */
export interface TimelineFile {
  readonly format: 'grace-timeline'
  readonly version: 1
  /** The lab's date at its moment zero, ISO 8601. */
  readonly startedAt: string
  readonly nowMillis: number
  readonly entries: readonly TimelineEntry[]
}

export function timelineFile(
  startEpochMillis: number, nowMillis: number, entries: readonly TimelineEntry[],
): TimelineFile {
  const startedAt = new Date(startEpochMillis).toISOString()
  return { format: 'grace-timeline', version: 1, startedAt, nowMillis, entries }
}

/** What decides how a shape looks; everything else is in its attributes. */
const PROPERTIES = [
  'fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linejoin', 'stroke-linecap',
  'opacity', 'font-family', 'font-size', 'font-weight', 'font-variant-numeric', 'clip-path',
] as const
/** What only a page needs. */
const FOR_PAGES = ['class', 'role', 'tabindex', 'style'] as const

/** The drawing with its styles of this moment written into it: it looks the same anywhere. */
export function selfContained(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true)
  if (!(copy instanceof SVGSVGElement)) return ''
  const originals = [svg, ...svg.querySelectorAll<SVGElement>('*')]
  const copies = [copy, ...copy.querySelectorAll<SVGElement>('*')]
  for (const [index, original] of originals.entries()) {
    const element = copies[index]
    if (!element) continue
    const style = getComputedStyle(original)
    if (style.visibility === 'hidden') {
      element.remove()
      continue
    }
    for (const name of PROPERTIES) {
      const value = style.getPropertyValue(name)
      if (value !== '' && value !== 'none') element.setAttribute(name, value)
      else if (name === 'fill' || name === 'stroke') element.setAttribute(name, 'none')
    }
    for (const name of FOR_PAGES) element.removeAttribute(name)
    for (const name of element.getAttributeNames()) {
      if (name.startsWith('data-') || name.startsWith('aria-')) element.removeAttribute(name)
    }
  }
  return new XMLSerializer().serializeToString(copy)
}

const PNG_SCALE = 2

/** The same drawing in points, twice as many as the page has. */
export async function pngOf(svg: string, width: number, height: number): Promise<Blob> {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = width * PNG_SCALE
  canvas.height = height * PNG_SCALE
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.scale(PNG_SCALE, PNG_SCALE)
  context.drawImage(image, 0, 0, width, height)
  return await new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png')
  })
}

/** A browser has begun to read the file by then. */
const KEPT_MILLIS = 10_000

export function save(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MILLIS)
}
