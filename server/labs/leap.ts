import type { RunUntil } from '../protocol.ts'
import { isSought } from './drawn.ts'
import { serverLimits } from './limits.ts'
import type { RunEnd, RunGoal } from './run.ts'
import type { LeapMessage } from './watcher.ts'

/** Why time runs ahead: what it seeks, whether it stands still then, and what is said of it. */
export interface Leap extends RunGoal {
  readonly pauses: boolean
  tell(fromMillis: number, end: RunEnd): LeapMessage | undefined
}

/** A learner's "run until". */
export function runTo(until: RunUntil): Leap {
  return {
    pauses: true,
    reachMillis: serverLimits.runReachMillis,
    isSought: (noticed) => isSought(until, noticed),
    tell: (fromMillis, end) => ({ t: 'ran', until, fromMillis, ...end }),
  }
}

/** A quiet stretch is left out: to the next happening, where time goes on as before. */
export const skip: Leap = {
  pauses: false,
  reachMillis: serverLimits.skipReachMillis,
  isSought: ({ isDrawn }) => isDrawn,
  tell: (fromMillis, { toMillis }) =>
    toMillis - fromMillis < serverLimits.skipToldMillis
      ? undefined : { t: 'skipped', fromMillis, toMillis },
}
