import type { HookName, ProcessRole, SignalOutcome } from '../../simulator/trace/entries.ts'
import type { Told } from './facts.ts'

// What the timeline draws of one pod, in the order it happened. `entry` is always the trace entry
// that a thing stands for: the one that "Why?" is asked of.

export interface StatusChange {
  readonly entry: number
  readonly at: number
  readonly status: string
}

export interface HookRun {
  readonly entry: number
  readonly hook: HookName
  readonly handler: string
  readonly from: number
  readonly to: number | null
  readonly endEntry: number | null
  /** The moment at which the kubelet stopped waiting for it, if it did. */
  readonly abandoned: { readonly at: number; readonly entry: number } | null
  readonly ok: boolean | null
  readonly exitCode: number | null
}

export interface SignalMark {
  readonly entry: number
  readonly at: number
  readonly signal: string
  readonly outcome: SignalOutcome
}

export interface ProcessLife {
  readonly entry: number
  readonly pid: number
  readonly role: ProcessRole
  readonly command: string
  readonly from: number
  readonly to: number | null
  readonly exitCode: number | null
  readonly signals: readonly SignalMark[]
}

/** One start of a container until its end. */
export interface Run {
  readonly entry: number
  readonly attempt: number
  readonly from: number
  readonly to: number | null
  readonly endEntry: number | null
  readonly exitCode: number | null
  readonly reason: string
  readonly stop: { readonly at: number; readonly entry: number; readonly signal: string } | null
  readonly hooks: readonly HookRun[]
  readonly process: ProcessLife | null
  readonly grace: {
    readonly from: number
    readonly seconds: number
    readonly entry: number
  } | null
}

export interface Pull {
  readonly entry: number
  readonly image: string
  readonly from: number
  readonly to: number | null
  readonly error: string | null
}

/** Rows that hold marks and nothing else. */
export type MarkRow = 'events' | 'probe' | 'log'

/** Shapes of such marks; `bad` ones lead where several become one. */
export type PointKind = 'event' | 'warning' | 'probe' | 'probe-failed' | 'log'

export interface PointMark {
  readonly entry: number
  readonly at: number
  readonly kind: PointKind
  readonly bad: boolean
  readonly name: string
  /** What may stand beside it, the longest first; the first that fits is drawn. */
  readonly texts: readonly string[]
  readonly told: Told
}

/** Processes that never ran at the same time share a lane. */
export interface Lane {
  readonly role: ProcessRole
  readonly processes: readonly ProcessLife[]
}

export interface ContainerLife {
  readonly name: string
  readonly runs: readonly Run[]
  readonly pulls: readonly Pull[]
  /** Every process but the main one. */
  readonly lanes: readonly Lane[]
  readonly marks: Readonly<Record<'probe' | 'log', readonly PointMark[]>>
}

/** One pod, from its first status to its end. A pod created anew under its name is another life. */
export interface PodLife {
  readonly namespace: string
  readonly pod: string
  readonly uid: string
  readonly statuses: readonly StatusChange[]
  readonly gone: { readonly at: number; readonly entry: number } | null
  readonly containers: readonly ContainerLife[]
  readonly events: readonly PointMark[]
}
