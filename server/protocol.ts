import type { InputBody, InputResult, WorkstationFile } from '../simulator/lab-types.ts'
import type { Entry } from '../simulator/trace/entries.ts'

// What the browser and the server say to each other about one lab, over `/ws/labs/<id>`.
// Inputs are numbered by the client and exactly-once; output carries offsets and is resent.

export type ClientMessage =
  /** First message. `client` names this page for as long as it lives; `offsets` is what it has. */
  | {
      readonly t: 'hello'; readonly client: string
      readonly offsets: Readonly<Record<string, number>>; readonly entries: number
      /** Last virtual moment this page saw: after a crash the lab is replayed at least to it. */
      readonly seenMillis: number
      /** The branch it stood on. If another is open by now, the page must begin from nothing. */
      readonly branchId?: string
    }
  | { readonly t: 'input'; readonly n: number; readonly body: InputBody }
  /** Time runs at once to the next moment of this kind, and stops there. */
  | { readonly t: 'run'; readonly until: RunUntil }

/** Moments that time can run to; `next-event`: whatever the timeline draws next. */
export const runUntil = [
  'next-event', 'hook-start', 'hook-end', 'sigterm', 'sigkill', 'container-exit', 'pod-gone',
  'step-done',
] as const
export type RunUntil = (typeof runUntil)[number]

export type ServerMessage =
  | {
      readonly t: 'welcome'
      readonly nowMillis: number
      readonly startEpochMillis: number
      readonly pace: number
      /** Long quiet stretches are skipped while a command waits. */
      readonly skipsQuiet: boolean
      /** The open branch. */
      readonly branchId: string
      readonly acked: number
      readonly recovered: boolean
      readonly tabs: readonly {
        readonly tab: string
        readonly offset: number
        readonly text: string
      }[]
      readonly files: readonly WorkstationFile[]
      readonly steps: readonly StepState[]
    }
  /** The input is in the database and applied. */
  | { readonly t: 'ack'; readonly n: number; readonly result: InputResult }
  | { readonly t: 'out'; readonly tab: string; readonly offset: number; readonly text: string }
  /** Tabs that exist, in order; sent when they change. */
  | { readonly t: 'tabs'; readonly tabs: readonly string[] }
  | { readonly t: 'files'; readonly files: readonly WorkstationFile[] }
  /** Entries of the trace that the page does not have yet, in order. */
  | { readonly t: 'entries'; readonly entries: readonly TimelineEntry[] }
  /** Virtual time now, and how it goes on; sent on change and every 2 s while somebody watches. */
  | {
      readonly t: 'clock'; readonly nowMillis: number; readonly pace: number
      readonly skipsQuiet: boolean
    }
  /** A run has ended: the clock is paused at `toMillis`. `entry`: what it was that happened. */
  | {
      readonly t: 'ran'; readonly until: RunUntil; readonly fromMillis: number
      readonly toMillis: number; readonly entry: number | null
      /** `nothing-due`: it never happens as things stand; `too-far`: not within the bound. */
      readonly why: 'reached' | 'nothing-due' | 'too-far' | 'stopped'
    }
  /** A quiet stretch was skipped. */
  | { readonly t: 'skipped'; readonly fromMillis: number; readonly toMillis: number }
  | { readonly t: 'steps'; readonly steps: readonly StepState[] }
  | { readonly t: 'held'; readonly reason: string }
  | { readonly t: 'error'; readonly code: ErrorCode; readonly detail: string }

/** The trace without API objects' bodies; log lines are cut to `serverLimits.drawnLogChars`. */
export type TimelineEntry =
  | Exclude<Entry, { kind: 'object' }>
  | Omit<Extract<Entry, { kind: 'object' }>, 'object'>

/** Closed list; the sentence for each, in both languages, stands in `content/messages`. */
export type ErrorCode =
  | 'bad-message' | 'not-found' | 'forbidden' | 'too-many-labs' | 'too-large' | 'too-fast'
  | 'database-unavailable' | 'internal' | 'journal-full'
  /** A bound on branches or links, a branch that is open, a view that a newer one has overtaken. */
  | 'too-many-branches' | 'branch-open' | 'too-many-shares' | 'superseded'

export interface StepState {
  readonly id: string
  /** Virtual moment at which the step's check became true. */
  readonly doneAtMillis: number | null
  /** Index of the lesson's `notYet` note that applies now, if any, and when it was seen. */
  readonly note: { readonly id: string; readonly atMillis: number } | null
}

/** Why a line was ended. `refused` is final; after `restarted` a page begins from nothing. */
export const closeCodes = {
  refused: 1008,
  notFound: 4404,
  restarted: 4001,
  replaced: 4002,
  broken: 1011,
  closing: 1012,
} as const
