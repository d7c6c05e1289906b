import type {
  ErrorCode, RunUntil, ServerMessage, StepState, TimelineEntry,
} from '../../server/protocol.ts'
import type { WorkstationFile } from '../../simulator/lab-types.ts'

export type LinkStatus = 'connecting' | 'online' | 'offline' | 'refused'

/** Virtual time as the server last told it, and the wall moment at which that arrived. */
export interface ClockReading {
  readonly nowMillis: number
  readonly pace: number
  readonly readAtMillis: number
  /** What the reader has seen already: a moving clock waits here rather than go back. */
  readonly notBeforeMillis?: number
}

type Of<T extends ServerMessage['t']> = Omit<Extract<ServerMessage, { t: T }>, 't'>

/** How the last "run until" ended, and the wall moment at which the page heard of it. */
export interface RanReading extends Of<'ran'> { readonly readAtMillis: number }

/** The last quiet stretch that was left out, and the wall moment at which the page heard of it. */
export interface SkippedReading extends Of<'skipped'> { readonly readAtMillis: number }

/** What a page knows of its lab. Replaced as a whole on every change, never edited. */
export interface LabState {
  readonly status: LinkStatus
  /** True from the first welcome on: what follows is the lab's and not a blank page's. */
  readonly known: boolean
  /** Wall moment of the last return after the server restarted, or null. */
  readonly recoveredAtMillis: number | null
  readonly error: { readonly code: ErrorCode; readonly detail: string } | null
  readonly held: string | null
  readonly tabs: readonly string[]
  readonly files: readonly WorkstationFile[]
  readonly steps: readonly StepState[]
  readonly entries: readonly TimelineEntry[]
  readonly clock: ClockReading
  readonly startEpochMillis: number
  /** Long quiet stretches are left out while a command waits. */
  readonly skipsQuiet: boolean
  /** The open branch; empty until the first welcome. */
  readonly branchId: string
  /** What this page has asked time to run to, until that has ended. */
  readonly running: RunUntil | null
  readonly ran: RanReading | null
  readonly skipped: SkippedReading | null
}

export const blankLab: LabState = {
  status: 'connecting',
  known: false,
  recoveredAtMillis: null,
  error: null,
  held: null,
  tabs: [],
  files: [],
  steps: [],
  entries: [],
  clock: { nowMillis: 0, pace: 0, readAtMillis: 0 },
  startEpochMillis: 0,
  skipsQuiet: false,
  branchId: '',
  running: null,
  ran: null,
  skipped: null,
}

/** The server says the time every two seconds; without word from it the clock soon stands still. */
const EXTRAPOLATION_MILLIS = 4_000
/** … and twice a second where time goes fast: a minute of virtual time is soon guessed wrong. */
const FAST_EXTRAPOLATION_MILLIS = 1_000

/** Virtual time at a wall moment: goes on at the lab's pace, but not long without the server. */
export function virtualNow(clock: ClockReading, wallMillis: number): number {
  const longest = clock.pace > 1 ? FAST_EXTRAPOLATION_MILLIS : EXTRAPOLATION_MILLIS
  const elapsed = Math.max(0, Math.min(wallMillis - clock.readAtMillis, longest))
  return Math.max(clock.nowMillis + elapsed * clock.pace, clock.notBeforeMillis ?? 0)
}

/** The next reading. A clock in motion never shows less than it has shown; at rest it is exact. */
export function readClock(
  before: ClockReading, told: { readonly nowMillis: number; readonly pace: number },
  wallMillis: number,
): ClockReading {
  const reading = { nowMillis: told.nowMillis, pace: told.pace, readAtMillis: wallMillis }
  if (told.pace === 0 || before.pace === 0) return reading
  return { ...reading, notBeforeMillis: virtualNow(before, wallMillis) }
}

/** Adds entries that are new; the server may send some twice after a reconnect. */
export function appendEntries(
  known: readonly TimelineEntry[], arrived: readonly TimelineEntry[],
): readonly TimelineEntry[] {
  const last = known.at(-1)?.id ?? -1
  const fresh = arrived.filter((entry) => entry.id > last)
  return fresh.length === 0 ? known : [...known, ...fresh]
}
