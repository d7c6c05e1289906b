import { Clock } from '../time/clock.ts'
import { Chance } from '../time/random.ts'
import { Scheduler } from '../time/tasks.ts'
import type { Entry, EntryKind } from '../trace/entries.ts'
import { Trace } from '../trace/trace.ts'
import { createApi } from './api.ts'
import { objectOf, textOf } from './json.ts'
import type { Api, ApiRequest, ApiResponse, Watch } from './types.ts'

type Rest = Partial<Omit<ApiRequest, 'method' | 'path'>>

/** An API server alone, with short ways to ask it. */
export class ApiTestbed {
  readonly clock = new Clock(1_795_000_000_000)
  readonly scheduler = new Scheduler(this.clock)
  readonly trace = new Trace(this.clock, 10_000)
  readonly chance: Chance
  readonly api: Api

  constructor(seed = 1, namespaces: readonly string[] = []) {
    this.chance = new Chance(seed)
    this.api = createApi({
      clock: this.clock, chance: this.chance, trace: this.trace, namespaces,
    })
  }

  request(method: ApiRequest['method'], path: string, rest: Rest = {}): ApiResponse {
    return this.api.request({ method, path, userAgent: 'test', ...rest })
  }

  get(path: string, rest: Rest = {}): Readonly<Record<string, unknown>> {
    return objectOf(this.request('GET', path, rest).body)
  }

  /** Creates a pod in the namespace default, as kubectl would send it. */
  createPod(pod: object, query: Readonly<Record<string, string>> = STRICT): ApiResponse {
    return this.request('POST', PODS, { body: pod, query })
  }

  watch(path: string, rest: Rest = {}): Watch {
    const watch = this.api.watch({ method: 'GET', path, userAgent: 'test', ...rest })
    if (!('arrived' in watch)) throw new Error(message(watch))
    return watch
  }

  /** All that a watch has to tell now, as `TYPE resourceVersion`-free words. */
  drain(watch: Watch): readonly string[] {
    const told: string[] = []
    for (let event = watch.next(); event; event = watch.next()) {
      told.push(`${event.type} ${textOf(objectOf(objectOf(event.object)['metadata'])['name'])}`)
    }
    return told
  }

  passSeconds(seconds: number): void {
    this.scheduler.advance(this.clock.now() + seconds * 1000)
  }

  entries<K extends EntryKind>(kind: K): readonly Extract<Entry, { kind: K }>[] {
    return this.trace.entries
      .filter((entry): entry is Extract<Entry, { kind: K }> => entry.kind === kind)
  }
}

export const STRICT = { fieldValidation: 'Strict', fieldManager: 'test' }
export const PODS = '/api/v1/namespaces/default/pods'

/** The smallest pod there is; `spec` and `container` over it. */
export function podOf(name: string, spec: object = {}, container: object = {}): object {
  const one = { name: 'c', image: 'busybox', command: ['sleep', '1000'], ...container }
  return {
    apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { containers: [one], ...spec },
  }
}

export function message(response: ApiResponse): string {
  return textOf(objectOf(response.body)['message'])
}
