import type { Api } from '../api/types.ts'
import type { Clock } from '../time/clock.ts'
import type { Chance } from '../time/random.ts'

/** What a GET of the simulated internet came to. */
export type Fetched =
  | { readonly ok: true; readonly code: number; readonly text: string }
  | { readonly ok: false; readonly error: 'no-such-host' | 'bad-url'; readonly host: string }

export interface KubectlOptions {
  readonly api: Api
  readonly clock: Clock
  readonly chance: Chance
  /** While the learner holds the clock, commands take no virtual time, so that the prompt works. */
  readonly isPaused: () => boolean
  readonly fetch: (url: string) => Fetched
}

export const clientVersion = 'v1.34.9'
export const kustomizeVersion = 'v5.7.1'
