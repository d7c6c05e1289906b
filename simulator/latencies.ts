import type { Millis } from './time/clock.ts'
import { roundToMicros } from './time/clock.ts'
import type { Chance } from './time/random.ts'

// Delays of a real cluster, in milliseconds, around the medians of the recordings
// (facts of one v1.34 node; see docs/fidelity.md). The only place that holds them.

export interface Range { readonly low: number; readonly high: number }

export const latencies = {
  /** One relist clock per node: period and phase decide when the kubelet sees what happened. */
  relistPeriod: 1003,
  bind: { low: 3, high: 12 },
  /** From a delete until the garbage collector has done what was asked for the dependents. */
  garbageCollection: { low: 5, high: 15 },
  firstStatus: { low: 8, high: 20 },
  /** Token volume (0.3 s poll), then the sandbox: together 0.41 s in the median. */
  volumes: { low: 300, high: 325 },
  sandbox: { low: 85, high: 125 },
  stopSandbox: { low: 50, high: 65 },
  /** From the kubelet's request until the stop signal is sent. */
  stopSignal: { low: 2, high: 12 },
  createContainer: { low: 8, high: 20 },
  startContainer: { low: 45, high: 80 },
  /** From the start of a container until it has found that its program cannot be executed. */
  execFailure: { low: 1, high: 5 },
  cachedPull: { low: 12, high: 40 },
  execStart: { low: 15, high: 40 },
  /** From the end of a hook's or probe's command until the kubelet has its result. */
  execEnd: { low: 5, high: 20 },
  /** From the end of PID 1 until the runtime knows; stopSandbox and statusWrite follow. */
  exitNotice: { low: 30, high: 60 },
  statusWrite: { low: 5, high: 15 },
  killStart: { low: 2, high: 20 },
  /** Process time of kubectl by what it does, until its first output. */
  kubectlGet: { low: 50, high: 80 },
  kubectlApply: { low: 110, high: 190 },
  kubectlDelete: { low: 50, high: 80 },
  kubectlExec: { low: 90, high: 140 },
  kubectlLocal: { low: 30, high: 60 },
  /** What `kubectl -v=6` says a request took; part of the process time above. */
  apiRoundTrip: { low: 1, high: 12 },
  /** From the kubelet's notice that a followed container has ended until the reader has it. */
  logFollowEnd: { low: 20, high: 70 },
} as const

/** A delay of this range for one object and occasion, to the microsecond. */
export function drawMillis(
  chance: Chance, { low, high }: Range, purpose: string, object: string, ordinal?: number | string,
): Millis {
  return roundToMicros(chance.between(low, high, purpose, object, ordinal))
}
