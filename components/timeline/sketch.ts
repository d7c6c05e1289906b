import type {
  Label,
  LayoutInput,
  Mark,
  Row,
  Span,
  SpanKind,
  Thread,
  Wedge,
} from './layout-types.ts'

/** Distance of a label from the edge of its span. */
export const LABEL_INSET = 9
const LABEL_GAP = 4
/** No text reaches the playhead: right of it nothing has happened. */
const NOW_GAP_PX = 4

interface Taken {
  readonly row: number
  readonly x1: number
  readonly x2: number
  /** The span that takes the place; its own texts may stand in it. */
  readonly by: string | null
}

export interface LabelWish {
  readonly row: Row
  readonly text: string
  /** Left edge of the text, or right edge when `alignEnd`. */
  readonly x: number
  readonly alignEnd?: boolean
  /** The text must stay left of this. */
  readonly maxX?: number
  readonly minX?: number
  readonly bold?: boolean
  readonly quiet?: boolean
  readonly pad?: SpanKind
  /** The span that the text belongs into. */
  readonly within?: Span
  readonly pinned?: boolean
  readonly y?: number
}

/** A drawing in the making: knows which places of a row are taken, so that no two texts touch. */
export class Sketch {
  readonly spans: Span[] = []
  readonly marks: Mark[] = []
  readonly labels: Label[] = []
  readonly threads: Thread[] = []
  readonly wedges: Wedge[] = []
  private readonly taken: Taken[] = []
  private readonly texts: (() => void)[] = []
  readonly input: LayoutInput

  constructor(input: LayoutInput) {
    this.input = input
  }

  x(millis: number): number {
    return (millis / 1_000) * this.input.pxPerSecond
  }

  get nowX(): number {
    return this.x(this.input.nowMillis)
  }

  get leftX(): number {
    return this.x(this.input.leftMillis)
  }

  take(row: Row, x1: number, x2: number, by: Span | null = null): void {
    this.taken.push({ row: row.y, x1, x2, by: by?.key ?? null })
  }

  /** Texts are placed when all shapes stand: none may hide another. */
  afterShapes(place: () => void): void {
    this.texts.push(place)
  }

  finish(): void {
    for (const place of this.texts) place()
  }

  /** Draws the text where it is wished if it fits there whole; otherwise leaves it out. */
  label(wish: LabelWish): boolean {
    const bold = wish.bold ?? false
    const width = this.input.measure(wish.text, bold)
    const x = wish.alignEnd ? wish.x - width : wish.x
    if (wish.text === '' || x < (wish.minX ?? -Infinity)) return false
    if (x + width > Math.min(wish.maxX ?? Infinity, this.nowX - NOW_GAP_PX)) return false
    const free = this.taken.every(
      (place) =>
        place.row !== wish.row.y ||
        (place.by !== null && place.by === wish.within?.key) ||
        x - LABEL_GAP >= place.x2 ||
        x + width + LABEL_GAP <= place.x1,
    )
    if (!free) return false
    this.take(wish.row, x, x + width)
    this.labels.push({
      text: wish.text,
      x,
      y: wish.y ?? wish.row.y + wish.row.height / 2,
      width,
      bold,
      quiet: wish.quiet ?? false,
      pinned: wish.pinned ?? false,
      pad: wish.pad ?? null,
    })
    return true
  }

  /** A name inside a span, at its start or, where that lies in the unseen past, at the left edge. */
  spanLabel(row: Row, span: Span, text: string): boolean {
    const pinned = span.x < this.leftX
    const start = pinned ? this.leftX : span.x
    return this.label({
      row,
      text,
      x: start + LABEL_INSET,
      maxX: span.x + span.width - LABEL_INSET,
      pad: span.kind,
      pinned,
      within: span,
    })
  }
}
