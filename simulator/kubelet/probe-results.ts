import { Wakeable } from '../time/tasks.ts'
import type { EntryId } from '../trace/entries.ts'

export type ProbeResult = 'success' | 'failure' | 'unknown'

export interface ProbeUpdate {
  readonly podUid: string
  readonly containerId: string
  readonly result: ProbeResult
  readonly cause: EntryId | undefined
}

/** Models kubelet/prober/results: last result by container; a change is announced. */
export class ProbeResults {
  private readonly results = new Map<string, ProbeResult>()
  private readonly causes = new Map<string, EntryId>()
  readonly changed = new Wakeable()

  constructor(private readonly onUpdate: (update: ProbeUpdate) => void) {}

  get(containerId: string): ProbeResult | undefined {
    return this.results.get(containerId)
  }

  set(podUid: string, containerId: string, result: ProbeResult, cause?: EntryId): void {
    if (this.results.get(containerId) === result) return
    this.results.set(containerId, result)
    if (cause === undefined) this.causes.delete(containerId)
    else this.causes.set(containerId, cause)
    this.onUpdate({ podUid, containerId, result, cause })
  }

  /** The entry of the probe that decided the result. */
  cause(containerId: string): EntryId | undefined {
    return this.causes.get(containerId)
  }

  remove(containerId: string): void {
    this.results.delete(containerId)
    this.causes.delete(containerId)
  }
}
