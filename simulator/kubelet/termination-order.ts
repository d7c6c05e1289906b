import type { Pod } from '../api/kinds.ts'
import type { Clock, Millis } from '../time/clock.ts'
import type { Task } from '../time/tasks.ts'
import { Wakeable } from '../time/tasks.ts'
import { sidecars } from './pod.ts'

/**
 * Models kubelet/kuberuntime/kuberuntime_termination_order.go: side-cars wait for the regular
 * containers, and each for those that were started after it.
 */
export class TerminationOrder {
  private readonly running: Set<string>
  private readonly ended = new Wakeable()

  constructor(private readonly pod: Pod, runningNames: Iterable<string>) {
    this.running = new Set(runningNames)
  }

  /** Whole seconds spent waiting, at most `graceSeconds`. */
  *waitForTurn(clock: Clock, name: string, graceSeconds: number): Task<number> {
    const before = this.mustEndBefore(name)
    const start: Millis = clock.now()
    const until = start + graceSeconds * 1000
    while (before.some((other) => this.running.has(other))) {
      if (clock.now() >= until) return graceSeconds
      yield { on: [this.ended], until }
    }
    return Math.floor((clock.now() - start) / 1000)
  }

  terminated(name: string): void {
    this.running.delete(name)
    this.ended.wake()
  }

  private mustEndBefore(name: string): readonly string[] {
    const order = sidecars(this.pod).map((container) => container.name)
    const at = order.indexOf(name)
    if (at < 0) return []
    return [...this.pod.spec.containers.map((container) => container.name), ...order.slice(at + 1)]
  }
}
