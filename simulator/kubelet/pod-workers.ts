import type { Pod } from '../api/kinds.ts'
import type { Clock, Millis } from '../time/clock.ts'
import type { Scheduler, Task } from '../time/tasks.ts'
import { Wakeable } from '../time/tasks.ts'
import type { EntryId } from '../trace/entries.ts'
import { isTerminalPhase } from './pod.ts'
import type { Relist } from './relist.ts'
import type { SyncResult, Work } from './sync-pod.ts'
import type { CancelSignal } from './volume-wait.ts'

/** Why a worker is asked to look at its pod. */
export interface Update {
  readonly pod: Pod
  /** `kill`: the pod is gone from the API. */
  readonly kind: 'sync' | 'kill'
  readonly cause: EntryId | undefined
}

interface Options {
  readonly clock: Clock
  readonly scheduler: Scheduler
  readonly relist: Relist
  readonly syncPod: (work: Work, cancel: CancelSignal) => Task<SyncResult>
  readonly syncTerminating: (work: Work, graceSeconds: number | undefined) => Task
  readonly syncTerminated: (work: Work) => void
  /** A sync has ended: `error` asks for another try, anything else takes that back. */
  readonly onSynced: (podUid: string, result: SyncResult) => void
  /** The worker has done all it ever will. */
  readonly onFinished: (podUid: string) => void
}

/** Where one pod stands; models kubelet/pod_workers.go podSyncStatus. */
class Worker {
  readonly wake = new Wakeable()
  readonly cancel = { requested: false, on: new Wakeable() }
  pending: Update | undefined
  active: Update | undefined
  phase: 'sync' | 'terminating' | 'terminated' | 'finished' = 'sync'
  /** Set when an update tells how long the pod has; it can only shrink. */
  graceSeconds: number | undefined
  /** What made it terminate: later updates do not change why it is stopped. */
  endCause: EntryId | undefined
  lastSync: Millis = -Infinity
  ordinal = 0
}

/** One strand of work for each pod, which does one thing at a time and keeps the newest request. */
export class PodWorkers {
  private readonly workers = new Map<string, Worker>()

  constructor(private readonly options: Options) {}

  /** Models UpdatePod. */
  update(update: Update): void {
    const { uid } = update.pod.metadata
    let worker = this.workers.get(uid)
    const isNew = worker === undefined
    worker ??= new Worker()
    if (worker.phase === 'finished') return
    this.workers.set(uid, worker)
    const hurried = this.noteTermination(worker, update)
    const cause = update.cause ?? worker.pending?.cause ?? worker.active?.cause
    worker.pending = { ...update, cause }
    worker.wake.wake()
    if (hurried) {
      worker.cancel.requested = true
      worker.cancel.on.wake()
    }
    if (isNew) this.options.scheduler.spawn(this.loop(uid, worker))
  }

  /** Whether the pod's containers may still run, as the status manager asks. */
  couldRun(podUid: string): boolean {
    const worker = this.workers.get(podUid)
    return worker !== undefined && (worker.phase === 'sync' || worker.phase === 'terminating')
  }

  isFinished(podUid: string): boolean {
    const worker = this.workers.get(podUid)
    return worker === undefined || worker.phase === 'finished'
  }

  knows(podUid: string): boolean {
    return this.workers.has(podUid)
  }

  forget(podUid: string): void {
    this.workers.delete(podUid)
  }

  /** True if what the worker waits for now is no longer wanted. */
  private noteTermination(worker: Worker, { pod, kind, cause }: Update): boolean {
    const ends = pod.metadata.deletionTimestamp !== undefined || kind === 'kill'
      || isTerminalPhase(pod.status.phase)
    const becameTerminating = worker.phase === 'sync' && ends
    if (becameTerminating) {
      worker.phase = 'terminating'
      worker.endCause = cause
    }
    if (worker.phase !== 'terminating') return false
    const before = worker.graceSeconds
    worker.graceSeconds = effectiveGrace(pod, before)
    return becameTerminating || (before !== undefined && worker.graceSeconds < before)
  }

  private *loop(uid: string, worker: Worker): Task {
    for (;;) {
      while (!worker.pending) yield { on: [worker.wake] }
      const update = worker.pending
      worker.active = update
      worker.pending = undefined
      worker.cancel.requested = false
      const kind = worker.phase
      const graceSeconds = worker.graceSeconds
      const seen = yield* this.options.relist.newerThan(uid, worker.lastSync)
      const cause = kind === 'sync' ? update.cause : worker.endCause ?? update.cause
      const work = { pod: update.pod, seen, cause, ordinal: worker.ordinal++ }
      const result = yield* this.run(worker, kind, work, graceSeconds)
      worker.lastSync = this.options.clock.now()
      this.complete(worker, kind, result)
      this.options.onSynced(uid, result)
      if (kind === 'terminated') break
    }
    worker.phase = 'finished'
    this.options.onFinished(uid)
  }

  private *run(
    worker: Worker, kind: Worker['phase'], work: Work, graceSeconds: number | undefined,
  ): Task<SyncResult> {
    if (kind === 'sync') return yield* this.options.syncPod(work, worker.cancel)
    if (kind === 'terminating') yield* this.options.syncTerminating(work, graceSeconds)
    else this.options.syncTerminated(work)
    return 'done'
  }

  /** Models completeSync and completeTerminating: the next phase follows at once. */
  private complete(worker: Worker, kind: Worker['phase'], result: SyncResult): void {
    if (kind === 'sync' && result === 'terminal' && worker.phase === 'sync') {
      worker.phase = 'terminating'
      worker.endCause = worker.active?.cause
      worker.pending ??= worker.active
    } else if (kind === 'terminating') {
      worker.phase = 'terminated'
      worker.pending ??= worker.active
    }
  }
}

/** Models calculateEffectiveGracePeriod: never less than a second, and never more than before. */
function effectiveGrace(pod: Pod, before: number | undefined): number {
  const asked = pod.metadata.deletionGracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds
  return Math.max(1, Math.min(asked, before ?? Infinity))
}
