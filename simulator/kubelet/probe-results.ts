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
  readonly changed = new Wakeable()

  constructor(private readonly onUpdate: (update: ProbeUpdate) => void) {}

  get(containerId: string): ProbeResult | undefined {
    return this.results.get(containerId)
  }

  set(podUid: string, containerId: string, result: ProbeResult, cause?: EntryId): void {
    if (this.results.get(containerId) === result) return
    this.results.set(containerId, result)
    this.onUpdate({ podUid, containerId, result, cause })
  }

  remove(containerId: string): void {
    this.results.delete(containerId)
  }
}
