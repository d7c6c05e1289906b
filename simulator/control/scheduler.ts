import { createClient } from '../api/client.ts'
import type { Client, TypedWatch } from '../api/client.ts'
import type { NodeObject, Pod } from '../api/kinds.ts'
import type { Api } from '../api/types.ts'
import { drawMillis, latencies } from '../latencies.ts'
import type { Clock, Millis } from '../time/clock.ts'
import { rfc3339 } from '../time/dates.ts'
import type { Chance } from '../time/random.ts'
import type { Running, Scheduler, Task } from '../time/tasks.ts'
import type { EntryId } from '../trace/entries.ts'
import type { Trace } from '../trace/trace.ts'
import { unfitBecause } from './fit-because.ts'
import { fit, fitMessage } from './fit.ts'
import type { Fit } from './fit.ts'
import { SchedulerEvents } from './scheduler-events.ts'

export interface SchedulerOptions {
  readonly api: Api
  readonly clock: Clock
  readonly chance: Chance
  readonly scheduler: Scheduler
  readonly trace: Trace
}

const SCHEDULER_NAME = 'default-scheduler'

const BACK_OFF_FIRST_MILLIS = 1_000
const BACK_OFF_MOST_MILLIS = 10_000

/** A pod that waits for a node. */
interface Waiting {
  readonly namespace: string
  readonly name: string
  readonly uid: string
  cause: EntryId | undefined
  attempts: number
  /** When it may be tried next; undefined: when something changes that could help. */
  due: Millis | undefined
  /** What the last attempt found, to tell which changes could help. */
  found: Fit | undefined
  lastTried: Millis
}

/** kube-scheduler: one pod after the other, woken by watch events only. */
export function startScheduler(options: SchedulerOptions): Running<void> {
  return options.scheduler.spawn(new PodScheduler(options).run())
}

/** Models pkg/scheduler/schedule_one.go and its queue. */
class PodScheduler {
  private readonly client: Client
  private readonly pods: TypedWatch<Pod>
  private readonly nodes: TypedWatch<NodeObject>
  private readonly events: SchedulerEvents
  private readonly queue = new Map<string, Waiting>()

  constructor(private readonly options: SchedulerOptions) {
    this.client = createClient({ api: options.api, userAgent: SCHEDULER_NAME })
    this.events = new SchedulerEvents(this.client, options.clock)
    this.pods = this.client.watch('pods')
    this.nodes = this.client.watch('nodes')
  }

  *run(): Task {
    const { clock } = this.options
    for (;;) {
      this.takeEvents()
      const next = this.nextDue()
      if (next?.due !== undefined && next.due <= clock.now()) {
        yield* this.attempt(next)
        continue
      }
      yield {
        ...(next?.due === undefined ? {} : { until: next.due }),
        on: [this.pods.arrived, this.nodes.arrived],
      }
    }
  }

  /** The first in line; pods that wait for a change have no time. */
  private nextDue(): Waiting | undefined {
    let first: Waiting | undefined
    for (const waiting of this.queue.values()) {
      if (waiting.due === undefined) continue
      if (first?.due === undefined || waiting.due < first.due) first = waiting
    }
    return first
  }

  private takeEvents(): void {
    for (let event = this.pods.next(); event; event = this.pods.next()) {
      const gone = event.type === 'DELETED'
      if (gone || !wantsNode(event.object)) this.queue.delete(event.object.metadata.uid)
      else this.enqueue(event.object, event.entry)
      if (event.object.spec.nodeName && (gone || isFinished(event.object))) this.retryAll()
    }
    for (let event = this.nodes.next(); event; event = this.nodes.next()) this.retryChanged()
  }

  private enqueue(pod: Pod, cause: EntryId | undefined): void {
    const { uid, name, namespace = 'default' } = pod.metadata
    const known = this.queue.get(uid)
    if (known) {
      known.cause = cause ?? known.cause
      if (known.found) this.retryIfChanged(known, pod)
      return
    }
    this.queue.set(uid, {
      namespace, name, uid, cause, attempts: 0, found: undefined, lastTried: 0,
      due: this.options.clock.now(),
    })
  }

  /** Something on a node has ended: room may be there for those that wait. */
  private retryAll(): void {
    for (const waiting of this.queue.values()) this.retry(waiting)
  }

  /** Models the queueing hints: a node's change counts where it changes what was found. */
  private retryChanged(): void {
    for (const waiting of this.queue.values()) {
      const pod = this.client.get('pods', waiting.namespace, waiting.name)
      if (pod) this.retryIfChanged(waiting, pod)
    }
  }

  private retryIfChanged(waiting: Waiting, pod: Pod): void {
    const found = this.fit(pod)
    if (found.node !== undefined || fitMessage(found) !== fitMessage(waiting.found)) {
      this.retry(waiting)
    }
  }

  /** Not before its back-off: 1 s after the first attempt, doubled up to 10 s. */
  private retry(waiting: Waiting): void {
    if (waiting.due !== undefined) return
    const backOff = Math.min(
      BACK_OFF_MOST_MILLIS, BACK_OFF_FIRST_MILLIS * 2 ** (waiting.attempts - 1))
    waiting.due = Math.max(this.options.clock.now(), waiting.lastTried + backOff)
  }

  private *attempt(waiting: Waiting): Task {
    const { clock, chance } = this.options
    const key = `${waiting.namespace}/${waiting.name}`
    const delay = drawMillis(
      chance, latencies.bind, 'bind', key, `${waiting.uid}/${waiting.attempts}`)
    yield { until: clock.now() + delay }
    waiting.attempts++
    waiting.due = undefined
    waiting.lastTried = clock.now()
    const pod = this.client.get('pods', waiting.namespace, waiting.name)
    if (!pod || pod.metadata.uid !== waiting.uid || !wantsNode(pod)) {
      this.queue.delete(waiting.uid)
      return
    }
    const found = this.fit(pod)
    waiting.found = found
    if (found.node === undefined) this.refuse(pod, found, waiting.cause)
    else this.bind(pod, found.node, waiting.cause)
  }

  private fit(pod: Pod): Fit {
    const placed = this.client.list('pods').filter((one) => {
      return one.spec.nodeName && !isFinished(one)
    })
    return fit(pod, this.client.list('nodes'), placed)
  }

  private bind(pod: Pod, node: string, cause: EntryId | undefined): void {
    const { namespace, name } = pod.metadata
    const bound = this.client.bind(pod, node, cause)
    if (!bound.ok) return
    this.queue.delete(pod.metadata.uid)
    this.events.record({
      pod, type: 'Normal', reason: 'Scheduled', action: 'Binding', cause: bound.entry ?? cause,
      message: `Successfully assigned ${namespace}/${name} to ${node}`,
    })
  }

  private refuse(pod: Pod, found: Fit, cause: EntryId | undefined): void {
    const message = fitMessage(found)
    const old = pod.status.conditions?.find((one) => one.type === 'PodScheduled')
    const changed = old?.status !== 'False' || old.reason !== 'Unschedulable'
      || old.message !== message
    if (changed) {
      const condition = {
        type: 'PodScheduled', status: 'False' as const, reason: 'Unschedulable', message,
        lastProbeTime: null, lastTransitionTime: old?.status === 'False' ? old.lastTransitionTime
          : rfc3339(this.options.clock.epochMillis()),
      }
      const others = (pod.status.conditions ?? []).filter((one) => one.type !== 'PodScheduled')
      const conditions = [...others, condition]
      this.client.patchStatus('pods', pod, { ...pod.status, conditions }, cause)
    }
    this.events.record({
      pod, type: 'Warning', reason: 'FailedScheduling', action: 'Scheduling', message, cause,
      because: unfitBecause(pod, found),
    })
  }
}

function wantsNode(pod: Pod): boolean {
  return !pod.spec.nodeName && pod.spec.schedulerName === SCHEDULER_NAME
    && pod.metadata.deletionTimestamp === undefined && !pod.spec.schedulingGates?.length
    && !isFinished(pod)
}

function isFinished(pod: Pod): boolean {
  return pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed'
}
