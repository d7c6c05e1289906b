import type { Clock } from '../time/clock.ts'
import { rfc3339 } from '../time/dates.ts'
import type { Chance } from '../time/random.ts'
import type { Trace } from '../trace/trace.ts'
import type { Planned, Store } from './store.ts'
import type { ApiObject, ApiResponse } from './types.ts'

/** What every part of the API server works with. */
export interface Server {
  readonly store: Store
  readonly clock: Clock
  readonly chance: Chance
  readonly trace: Trace
  readonly names: Names
  /** Of the certificate authority: the same text in every namespace. */
  readonly caCertificate: string
}

/** An answer, and what is to change in the store for it to be true. */
export interface Outcome {
  readonly code: number
  readonly body: unknown
  readonly changes: readonly Planned[]
  readonly warnings: readonly string[]
  /** Name in the trace, where the request's path has none. */
  readonly name?: string
  readonly namespace?: string
}

export function outcome(
  body: unknown, changes: readonly Planned[] = [], more: Partial<Outcome> = {},
): Outcome {
  return { code: 200, body, changes, warnings: [], ...more }
}

export function answer(result: Outcome): ApiResponse {
  return { code: result.code, body: result.body, warnings: result.warnings }
}

export function nowText(server: Server): string {
  return rfc3339(server.clock.epochMillis())
}

/** Uids and random parts of names, keyed by what they name and how often it was made before. */
export class Names {
  private readonly made = new Map<string, number>()

  constructor(private readonly chance: Chance) {}

  uid(key: string): string {
    return this.chance.uuid('uid', key, this.made.get(key) ?? 0)
  }

  /** Five characters of the alphabet of apimachinery/pkg/util/rand. */
  suffix(purpose: string, key: string): string {
    return this.chance.text(
      5, 'bcdfghjklmnpqrstvwxz2456789', purpose, key, this.made.get(key) ?? 0)
  }

  /** From here on, what is made under this key is another one. */
  used(key: string): void {
    this.made.set(key, (this.made.get(key) ?? 0) + 1)
  }
}

/** Key of an object in `Names`. */
export function nameKey(resource: string, object: ApiObject): string {
  const { name, namespace, generateName } = object.metadata
  return `${resource}/${namespace ?? ''}/${generateName || name || ''}`
}
