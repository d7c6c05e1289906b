import type { KernelProcess } from './process.ts'
import type { Pid } from './types.ts'

/** A PID namespace: processes by number. When its init ends, all others are killed. */
export class PidNamespace {
  readonly processes = new Map<Pid, KernelProcess>()
  private nextPid: Pid = 1
  init: KernelProcess | undefined
  /** Nothing can be started any more. */
  ended = false

  add(process: KernelProcess): void {
    if (process.pid === 1) this.init = process
    this.processes.set(process.pid, process)
  }

  allocate(): Pid {
    return this.nextPid++
  }

  skip(count: number): void {
    this.nextPid += count
  }

  * inGroup(group: Pid): Iterable<KernelProcess> {
    for (const process of this.processes.values()) {
      if (process.group === group && !process.isEnding) yield process
    }
  }

  * inSession(session: Pid): Iterable<KernelProcess> {
    for (const process of this.processes.values()) {
      if (process.session === session && !process.isEnding) yield process
    }
  }
}
