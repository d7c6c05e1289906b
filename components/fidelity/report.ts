// The shape of `generated/fidelity.json`, which `tools/fidelity.ts` writes.

export interface FidelityReport {
  readonly kubernetes: string
  readonly seeds: readonly number[]
  readonly scenarios: readonly ScenarioReport[]
  /** kubectl commands that say "not simulated". */
  readonly unsimulated: readonly string[]
}

export interface ScenarioReport {
  readonly name: string
  /** What was done, a line each. */
  readonly steps: readonly string[]
  /** How many of the seeds agree with the recording. */
  readonly agreeing: number
  /** The seed that is drawn and whose differences are listed: the first that agrees, if one does. */
  readonly seed: number
  /** How that seed's run differs; empty: it agrees. */
  readonly differences: readonly string[]
  readonly recorded: readonly Life[]
  readonly simulated: readonly Life[]
}

/** One container of a pod. */
export interface Life {
  readonly pod: string
  readonly container: string
  readonly spans: readonly LifeSpan[]
  /** Seconds at which the API server no longer had the pod, or null. */
  readonly gone: number | null
}

export interface LifeSpan {
  readonly kind: 'waiting' | 'running' | 'terminating' | 'ended'
  /** Seconds since the scenario began. */
  readonly from: number
  readonly to: number
  /** Waiting: its reason; ended: its exit code. */
  readonly word: string
}
