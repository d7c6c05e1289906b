import type {
  Frame, Label, LayoutInput, Mark, Note, Row, Span, SpanKind, Thread, Wedge,
} from './layout-types.ts'

/** Distance of a label from the edge of its span. */
export const LABEL_INSET = 9
const LABEL_GAP = 4
/** No text reaches the playhead: right of it nothing has happened. */
const NOW_GAP_PX = 4
/** A name that something stands in the way of is tried behind it, so often. */
const TRIES = 4

interface Taken {
  readonly x1: number
  readonly x2: number
  /** The span that takes the place; its own texts may stand in it. */
  readonly by: string | null
}

export interface LabelWish {
  /** What it is the label of: the same in every layout, whatever the scale. */
  readonly key: string
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
  readonly y?: number
  /** It may follow the left edge between these. */
  readonly slide?: { readonly least: number; readonly most: number }
  /** Texts of one row that stand on different lines share no places. */
  readonly line?: string
}

const EVERYTHING: Frame = {
  fromX: -Infinity, toX: Infinity, top: -Infinity, bottom: Infinity,
}

type Draft<T> = { -readonly [K in keyof T]: T[K] }

/** A drawing in the making: knows which places of a row are taken, so that no two texts touch. */
export class Sketch {
  readonly spans: Draft<Span>[] = []
  readonly marks: Mark[] = []
  readonly labels: Draft<Label>[] = []
  readonly threads: Thread[] = []
  readonly wedges: Wedge[] = []
  readonly notes: Note[] = []
  readonly input: LayoutInput
  readonly frame: Frame
  /** The moment the playhead stands at. */
  readonly atX: number
  private readonly places = new Map<string, Taken[]>()
  private readonly sliding: { readonly label: Draft<Label>; readonly line: string }[] = []
  private readonly texts: (() => void)[] = []

  constructor(input: LayoutInput) {
    this.input = input
    this.frame = input.frame ?? EVERYTHING
    this.atX = this.x(input.atMillis ?? input.nowMillis)
  }

  x(millis: number): number {
    return (millis / 1_000) * this.input.pxPerSecond
  }

  millis(x: number): number {
    return (x / this.input.pxPerSecond) * 1_000
  }

  get nowX(): number {
    return this.x(this.input.nowMillis)
  }

  get leftX(): number {
    return this.x(this.input.leftMillis)
  }

  /** The stretch of time that is laid out. */
  get from(): number {
    return this.millis(this.frame.fromX)
  }

  get to(): number {
    return this.millis(this.frame.toX)
  }

  sees(x1: number, x2: number): boolean {
    return x2 >= this.frame.fromX && x1 <= this.frame.toX
  }

  isLater(x: number): boolean {
    return x > this.atX
  }

  take(row: Row, x1: number, x2: number, by: Span | null = null, line = ''): void {
    const place = { x1, x2, by: by?.key ?? null }
    const known = this.places.get(row.key + line)
    if (known) known.push(place)
    else this.places.set(row.key + line, [place])
  }

  /** Texts are placed when all shapes stand: none may hide another. */
  afterShapes(place: () => void): void {
    this.texts.push(place)
  }

  finish(): void {
    for (const place of this.texts) place()
    for (const { label, line } of this.sliding) this.bound(label, line)
  }

  /** Draws the text where it is wished if it fits there whole; otherwise leaves it out. */
  label(wish: LabelWish): boolean {
    const { row, text } = wish
    const bold = wish.bold ?? false
    const width = this.input.measure(text, bold)
    const x = wish.alignEnd ? wish.x - width : wish.x
    if (text === '' || x < (wish.minX ?? -Infinity)) return false
    if (x + width > Math.min(wish.maxX ?? Infinity, this.nowX - NOW_GAP_PX)) return false
    const line = row.key + (wish.line ?? '')
    if (this.inTheWay(line, x, x + width, wish.within) !== null) return false
    const label: Draft<Label> = {
      key: wish.key, text, x, width, bold, y: wish.y ?? row.y + row.height / 2,
      quiet: wish.quiet ?? false,
      later: this.isLater(x), pad: wish.pad ?? null, slide: wish.slide ?? null,
    }
    this.take(row, x, x + width, null, wish.line)
    this.labels.push(label)
    if (wish.slide) this.sliding.push({ label, line })
    return true
  }

  /** Where what is in the way ends; null: nothing is. */
  private inTheWay(line: string, x1: number, x2: number, within?: Span): number | null {
    if (x1 - LABEL_GAP < this.atX && x2 + LABEL_GAP > this.atX) return this.atX
    for (const place of this.places.get(line) ?? []) {
      if (place.by !== null && place.by === within?.key) continue
      if (x1 - LABEL_GAP < place.x2 && x2 + LABEL_GAP > place.x1) return place.x2
    }
    return null
  }

  /** A name inside a span: at its start, at the left edge, or behind what stands there. */
  spanLabel(row: Row, span: Span, text: string): boolean {
    if (span.count > 1) return false
    const width = this.input.measure(text, false)
    const least = span.x + LABEL_INSET
    const maxX = span.x + span.width - LABEL_INSET
    let x = Math.max(least, this.leftX + LABEL_INSET)
    for (let tried = 0; tried < TRIES && x + width <= maxX; tried++) {
      const wish = { key: `${span.key}-name`, row, text, x, maxX, pad: span.kind, within: span }
      if (this.label({ ...wish, slide: { least, most: maxX - width } })) return true
      const next = this.inTheWay(row.key, x, x + width, span)
      if (next === null) return false
      x = next + LABEL_GAP + 2
    }
    return false
  }

  /** A text that follows the left edge stays between its neighbours. */
  private bound(label: Draft<Label>, line: string): void {
    const { x, width } = label
    let { least, most } = label.slide ?? { least: x, most: x }
    const narrow = (x1: number, x2: number) => {
      if (x2 <= x) least = Math.max(least, x2 + LABEL_GAP)
      else if (x1 >= x + width) most = Math.min(most, x1 - LABEL_GAP - width)
    }
    for (const place of this.places.get(line) ?? []) {
      if (place.by === null) narrow(place.x1, place.x2)
    }
    narrow(this.atX, this.atX)
    most = Math.min(most, this.nowX - NOW_GAP_PX - width)
    label.slide = least < most ? { least: Math.min(least, x), most: Math.max(most, x) } : null
  }
}
