import type { SignalOutcome } from '../../simulator/trace/entries.ts'
import type { PhaseName } from './phases.ts'

// What the renderer draws. Every x is in content pixels: moment × scale, before scrolling.

export type RowKind = 'pod' | 'container' | 'hook' | 'process' | 'events' | 'grace'

export interface Row {
  readonly kind: RowKind
  /** The container it belongs to, '' for the pod's own rows. */
  readonly container: string
  /** Second part of the row's name: the pod, the container, `PID 1`. */
  readonly object: string
  readonly y: number
  readonly height: number
}

export type SpanKind = PhaseName | 'process' | 'not-awaited'

export interface Label {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly bold: boolean
  /** Second ink, for what came of it. */
  readonly quiet: boolean
  /** Stands still at the left edge, because its span began before it. */
  readonly pinned: boolean
  /** The kind whose fill the pad takes; null: no pad. */
  readonly pad: SpanKind | null
}

/** What a pointer, the keyboard and a screen reader are told of a span or mark. */
export interface Tip {
  readonly name: string
  readonly from: number
  /** Null: goes on. Equal to `from`: a moment. */
  readonly to: number | null
  readonly sentence: string
}

export interface Span {
  readonly key: string
  readonly kind: SpanKind
  readonly x: number
  readonly width: number
  readonly y: number
  readonly height: number
  /** Goes on: the right edge is not drawn yet. */
  readonly open: boolean
  readonly tip: Tip
}

export type MarkKind = 'signal' | 'kill' | 'event' | 'warning' | 'restart' | 'gone' | 'status'

export interface Mark {
  readonly key: string
  readonly kind: MarkKind
  readonly x: number
  readonly y: number
  readonly text: string
  readonly tip: Tip
}

/** Dotted line of the pod row, from one status to the next. */
export interface Thread {
  readonly key: string
  readonly x1: number
  readonly x2: number
  readonly y: number
}

export interface WedgePart {
  readonly kind: SpanKind
  readonly x1: number
  readonly x2: number
}

export interface Wedge {
  readonly key: string
  readonly x1: number
  /** Where the budget is spent, whether or not that moment has come. */
  readonly x2: number
  /** How far it has drained: the end of the container, or now. */
  readonly until: number
  readonly draining: boolean
  readonly top: number
  readonly base: number
  readonly parts: readonly WedgePart[]
  /** Block below the base line: more time than the budget had. */
  readonly overdraft: WedgePart | null
  readonly tip: Tip
}

export interface Layout {
  readonly rows: readonly Row[]
  readonly spans: readonly Span[]
  readonly marks: readonly Mark[]
  readonly labels: readonly Label[]
  readonly threads: readonly Thread[]
  readonly wedges: readonly Wedge[]
  readonly height: number
}

export interface Metrics {
  readonly pitch: number
  readonly spanHeight: number
  readonly graceHeight: number
  /** The rows that there is room for; absent: all. */
  readonly only?: readonly RowKind[]
}

/** The reader's language. Every function returns the finished words. */
export interface Words {
  readonly phase: (name: PhaseName) => string
  readonly exit: (code: number) => string
  readonly hookFailed: string
  readonly notAwaited: string
  readonly outcome: (outcome: SignalOutcome) => string
  readonly gone: string
  readonly budget: (seconds: string) => string
  readonly left: (seconds: string) => string
  readonly hookSpent: (seconds: string) => string
  readonly stopSpent: (seconds: string, ignored: boolean) => string
  readonly overdraft: (seconds: string) => string
  readonly restart: (count: number) => string
  readonly grace: string
  readonly sentence: (of: SpanKind | MarkKind | 'grace', values: Record<string, string>) => string
}

export interface LayoutInput {
  readonly nowMillis: number
  readonly leftMillis: number
  readonly pxPerSecond: number
  readonly metrics: Metrics
  readonly words: Words
  readonly measure: (text: string, bold: boolean) => number
}
