import type { ProcessRole, SignalOutcome } from '../../simulator/trace/entries.ts'
import type { Told } from './facts.ts'
import type { PhaseName } from './phases.ts'
import type { PointKind } from './pod-life.ts'

// What the renderer draws. Every x is in content pixels: moment × scale, before scrolling.

export type RowKind =
  | 'pod' | 'container' | 'hook' | 'process' | 'lane' | 'probe' | 'log' | 'events' | 'grace'

export interface Row {
  /** The same for the same row of every layout. */
  readonly key: string
  readonly kind: RowKind
  /** `namespace/name` of the pod it belongs to. */
  readonly pod: string
  /** The container it belongs to, '' for the pod's own rows. */
  readonly container: string
  /** Second part of the row's name: the pod, the container, `PID 1`, seconds. */
  readonly object: string
  /** For a lane: what its processes were started for. */
  readonly role: ProcessRole | null
  /** For a lane: which of the container's. */
  readonly lane: number
  readonly y: number
  readonly height: number
  /** A pod that can be folded, a container whose processes can be shown; null: neither. */
  readonly isOpen: boolean | null
  /** The first row of a pod that is not the first. */
  readonly begins: boolean
}

export type SpanKind = PhaseName | 'process' | 'not-awaited'

export interface Label {
  readonly key: string
  readonly text: string
  /** Where it stands at the layout's left edge. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly bold: boolean
  /** Second ink, for what came of it. */
  readonly quiet: boolean
  /** Of what came after the moment looked at. */
  readonly later: boolean
  /** The kind whose fill the pad takes; null: no pad. */
  readonly pad: SpanKind | null
  /** Between these it follows the left edge, so that a span that began before it has its name. */
  readonly slide: { readonly least: number; readonly most: number } | null
}

/** What a pointer, the keyboard and a screen reader are told of a span or mark. */
export interface Tip {
  readonly name: string
  readonly from: number
  /** Null: goes on. Equal to `from`: a moment. */
  readonly to: number | null
  readonly sentence: string
}

/** Anything that can be pointed at and asked why. */
interface Thing {
  readonly key: string
  /** The trace entry it stands for. */
  readonly entry: number
  /** How many things this one stands for: 1, or those too close to be told apart. */
  readonly count: number
  readonly tip: Tip
}

export interface Span extends Thing {
  readonly kind: SpanKind
  readonly x: number
  readonly width: number
  readonly y: number
  readonly height: number
  /** Goes on: the right edge is not drawn yet. */
  readonly open: boolean
}

export type MarkKind = PointKind | 'signal' | 'kill' | 'restart' | 'gone' | 'status'

export interface Mark extends Thing {
  readonly kind: MarkKind
  readonly x: number
  readonly y: number
  readonly text: string
  readonly later: boolean
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

export interface Wedge extends Thing {
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
}

/** A word on the axis, where there is no room for rows that say it. */
export interface Note {
  readonly x: number
  readonly text: string
  readonly width: number
}

export interface Layout {
  readonly rows: readonly Row[]
  readonly spans: readonly Span[]
  readonly marks: readonly Mark[]
  readonly labels: readonly Label[]
  readonly threads: readonly Thread[]
  readonly wedges: readonly Wedge[]
  readonly notes: readonly Note[]
  readonly height: number
}

export interface Metrics {
  readonly pitch: number
  readonly spanHeight: number
  readonly graceHeight: number
  /** Seconds of grace that fill the row: pictures with the same draw a second equally high. */
  readonly graceSeconds?: number
  /** The rows that there is room for; absent: all. */
  readonly only?: readonly RowKind[]
}

/** Which rows the reader wants: pods folded to one row, containers with their processes and log. */
export interface Choice {
  readonly folded: ReadonlySet<string>
  /** Keys `namespace/pod/container`. */
  readonly open: ReadonlySet<string>
}

/** The part of the picture that is seen, in content pixels; what lies outside is not laid out. */
export interface Frame {
  readonly fromX: number
  readonly toX: number
  readonly top: number
  readonly bottom: number
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
  /** The budget with its name, where no row's name says it. */
  readonly namedBudget: (seconds: string) => string
  readonly left: (seconds: string) => string
  readonly hookSpent: (seconds: string) => string
  readonly stopSpent: (seconds: string, ignored: boolean) => string
  readonly overdraft: (seconds: string) => string
  readonly restart: (count: number) => string
  readonly many: (count: number) => string
  readonly grace: string
  /** The delete, as a note on the axis. */
  readonly deleted: string
  readonly sentence: (
    of: SpanKind | 'signal' | 'kill' | 'restart' | 'gone' | 'status' | 'grace',
    values: Record<string, string>,
  ) => string
  readonly told: (told: Told) => string
}

export interface LayoutInput {
  /** The present: nothing after it is drawn but the end of a budget that drains. */
  readonly nowMillis: number
  /** The moment looked at: what came after it is pale. Absent or null: the present. */
  readonly atMillis?: number | null
  readonly leftMillis: number
  readonly pxPerSecond: number
  readonly metrics: Metrics
  readonly words: Words
  readonly measure: (text: string, bold: boolean) => number
  /** Absent: everything is laid out. */
  readonly frame?: Frame
  /** Absent: nothing is folded, no processes but the main ones. */
  readonly choice?: Choice
}
