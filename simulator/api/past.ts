import { Clock, type Millis } from '../time/clock.ts'
import type { Entry } from '../trace/entries.ts'
import { readOnly } from './reads.ts'
import { route } from './routes.ts'
import { Refusal, unknownPath } from './status.ts'
import { Store } from './store.ts'
import type { Api, ApiObject } from './types.ts'

/**
 * The API as it would have answered reads of these resources at an earlier moment. The trace kept
 * every object as it was stored, so nothing has to run again.
 */
export function apiAt(past: {
  readonly entries: readonly Entry[]
  readonly startEpochMillis: number
  readonly atMillis: Millis
  readonly resources: readonly string[]
}): Pick<Api, 'request'> {
  const clock = new Clock(past.startEpochMillis)
  clock.passTo(past.atMillis)
  const store = storeOf(past.entries, past.atMillis, past.resources)
  return {
    request: (request) => {
      const at = route(request.path)
      if (!at || request.method !== 'GET') return unknownPath().response()
      try {
        return { code: 200, body: readOnly({ store, clock }, at, request), warnings: [] }
      } catch (error) {
        if (error instanceof Refusal) return error.response()
        throw error
      }
    },
  }
}

function storeOf(
  entries: readonly Entry[], atMillis: Millis, resources: readonly string[],
): Store {
  const store = new Store()
  for (const entry of entries) {
    if (entry.at > atMillis) break
    if (entry.kind !== 'object' || !resources.includes(entry.resource)) continue
    // The trace holds what the store held.
    store.restore(entry.change, entry.resource, entry.object as ApiObject)
  }
  return store
}
