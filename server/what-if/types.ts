import type { TimelineEntry } from '../protocol.ts'

// What the routes under /api/labs/<id>/what-if say. A cell is one setting, played by the simulator.

export const knobs = ['grace', 'hook', 'app'] as const
/** The grace period, the preStop hook's duration, the time the app needs after the stop signal. */
export type Knob = (typeof knobs)[number]

/** Seconds of each; null: as it is in the learner's file. */
export interface Settings {
  readonly grace: number | null
  readonly hook: number | null
  readonly app: number | null
}

/** Why a knob cannot be turned. */
export type KnobTrouble =
  /** The manifest has no preStop hook; it has several; its command has no `sleep N`, or two. */
  | 'no-hook' | 'several-hooks' | 'no-sleep' | 'several-sleeps'
  /** An anchor shares the value with another place. */
  | 'shared'
  /** The lesson names no line that holds it; the line is not where the lesson says. */
  | 'not-declared' | 'no-line'

export type KnobState =
  | {
      readonly can: true
      /** Seconds as applied; null: none (an app whose line is its own). */
      readonly own: number | null
      /** Seconds from … to …, and the distance of the map's values. */
      readonly least: number
      readonly most: number
      readonly step: number
      /** Values of the map's axis, the learner's own among them. */
      readonly axis: readonly number[]
      /** Line (from 1) in the manifest; null: it is a flag of the delete, or a default. */
      readonly line: number | null
    }
  | { readonly can: false; readonly own: number | null; readonly why: KnobTrouble }

export interface Shutdown {
  readonly podUid: string
  readonly pod: string
  readonly namespace: string
  /** When the API server noted the deletion. */
  readonly atMillis: number
}

/** Why there is nothing to vary. */
export type NoSubject =
  /** Nothing has been deleted yet. */
  | 'no-shutdown'
  /** The pod is not among the deleted ones of the open branch. */
  | 'not-found'
  /** It came from no file and carries no annotation of `kubectl apply`. */
  | 'no-manifest'
  /** It was deleted with --force: there is no shutdown to vary. */
  | 'forced'

/** `GET /api/labs/<id>/what-if?pod=<uid>`; without `pod`: the last shutdown. */
export interface WhatIfSubject {
  readonly shutdowns: readonly Shutdown[]
  readonly chosen: ChosenShutdown | { readonly none: NoSubject }
}

export interface ChosenShutdown extends Shutdown {
  readonly file: string
  /** The delete as it will be typed. */
  readonly command: string
  readonly knobs: Readonly<Record<Knob, KnobState>>
  /** The app's line in the file, where a lesson declares another for the knob. */
  readonly ownScript: string | null
  /** What the lesson puts there, with `{seconds}`. */
  readonly appScript: string | null
}

export type OutcomeKind =
  /** The container ended by itself, before SIGKILL. */
  | 'exited'
  /** The grace period was over before the hook; the kubelet's last two seconds were not enough. */
  | 'killed-in-hook'
  /** The hook had ended, or there was none. */
  | 'killed-after'
  /** The pod did not get to run, so that there was nothing to stop. */
  | 'not-run'
  /** It did not end within the bounds of a cell. */
  | 'too-long'
  /** The simulation of this cell broke. */
  | 'failed'

/** What became of the container that ended last. Seconds count from the delete. */
export interface Outcome {
  readonly kind: OutcomeKind
  /** `cut`: no longer awaited, and ended with the container. */
  readonly hook: 'none' | 'ok' | 'failed' | 'cut'
  readonly exitCode: number | null
  readonly signalSeconds: number | null
  readonly killSeconds: number | null
  readonly endSeconds: number | null
  readonly goneSeconds: number | null
}

/** Body of `POST /api/labs/<id>/what-if`: one cell with its picture, or a map of cells. */
export type WhatIfQuestion =
  | { readonly pod: string; readonly cell: Settings }
  | {
      readonly pod: string
      readonly map: {
        readonly across: { readonly knob: Knob; readonly values: readonly number[] }
        readonly up: { readonly knob: Knob; readonly values: readonly number[] }
        /** The knob that is not an axis; those of the axes are ignored. */
        readonly fixed: Settings
      }
    }

/** A line of the answer. The last one says how it ended. */
export type WhatIfLine =
  | {
      readonly settings: Settings
      readonly outcome: Outcome
      /** For a single cell: what the timeline draws, from the apply on. */
      readonly entries?: readonly TimelineEntry[]
      /** When the delete is typed. */
      readonly deleteMillis?: number
    }
  | { readonly end: 'done' | 'superseded' | 'stopped' }
