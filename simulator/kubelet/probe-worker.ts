import type { Container, ContainerStatusView, Pod, Probe } from '../api/kinds.ts'
import type { Millis } from '../time/clock.ts'
import { roundToMicros } from '../time/clock.ts'
import { parseRfc3339 } from '../time/dates.ts'
import type { Task } from '../time/tasks.ts'
import { Wakeable } from '../time/tasks.ts'
import type { Because, EntryId } from '../trace/entries.ts'
import { probeBecause } from './because.ts'
import type { ProbeKind } from './pod.ts'
import type { ProbeResults } from './probe-results.ts'
import type { ProbeOutcome } from './prober.ts'
import { runProbe } from './prober.ts'
import type { Rooms } from './rooms.ts'
import { traceTarget } from './trace-target.ts'

type Outcome = 'success' | 'failure'

/** `idle`: nothing to ask at present; it changes only with the pod's status. */
type Turn = 'stop' | 'again' | 'idle'

const titles = { liveness: 'Liveness', readiness: 'Readiness', startup: 'Startup' } as const
const initial = { liveness: 'success', readiness: 'failure', startup: 'unknown' } as const

/** Models kubelet/prober/worker.go: asks one container one question, once a period. */
export class ProbeWorker {
  private containerId = ''
  private onHold = false
  private lastResult: Outcome | undefined
  private run = 0
  private stopped = false
  private triggered = false
  private readonly signal = new Wakeable()
  private readonly because: readonly Because[]

  constructor(
    private readonly rooms: Rooms,
    private readonly results: ProbeResults,
    /** As it was when the worker began: a later deletion does not reach it. */
    private readonly pod: Pod,
    private readonly container: Container,
    private readonly kind: ProbeKind,
    private readonly probe: Probe,
  ) {
    this.because = probeBecause(pod, container, kind, probe)
  }

  stop(): void {
    this.stopped = true
    this.signal.wake()
  }

  /** Asks at once; the period then counts from here. */
  trigger(): void {
    this.triggered = true
    this.signal.wake()
  }

  *work(onEnd: () => void): Task {
    const { clock } = this.rooms
    const period = this.probe.periodSeconds * 1000
    let tick = clock.now() + period
    for (;;) {
      const turn = yield* this.turn()
      if (turn === 'stop' || this.stopped) break
      if (turn === 'idle') {
        yield* this.sleepUntilNews()
        tick = nextTick(tick, period, clock.now())
      }
      // One tick that came while a probe ran is kept: the next one then follows at once.
      if (!this.triggered && !this.stopped) yield* this.sleep(tick)
      if (this.stopped) break
      tick = this.triggered ? clock.now() + period : nextTick(tick, period, clock.now())
      this.triggered = false
    }
    if (this.containerId !== '') this.results.remove(this.containerId)
    onEnd()
  }

  /** Nothing can come of a tick before the status changes, so none is waited for. */
  private *sleepUntilNews(): Task {
    const before = this.rooms.status.get(this.pod.metadata.uid)
    while (!this.triggered && !this.stopped
      && this.rooms.status.get(this.pod.metadata.uid) === before) {
      yield { on: [this.signal, this.rooms.status.changed] }
    }
  }

  private *sleep(until: Millis): Task {
    while (!this.triggered && !this.stopped && this.rooms.clock.now() < until) {
      yield { on: [this.signal], until }
    }
  }

  /** Models doProbe. */
  private *turn(): Task<Turn> {
    const { uid } = this.pod.metadata
    const status = this.rooms.status.get(uid)
    if (!status) return 'idle'
    if (status.phase === 'Failed' || status.phase === 'Succeeded') return 'stop'
    const found = [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? [])]
      .find(({ name }) => name === this.container.name)
    if (!found?.containerID) return 'idle'
    this.noticeContainer(found.containerID)
    if (this.onHold) return 'idle'
    if (!found.state.running) {
      this.results.set(uid, this.containerId, 'failure')
      const over = found.state.terminated && this.pod.spec.restartPolicy === 'Never'
      return over ? 'stop' : 'idle'
    }
    if (this.isEarly(found)) return 'again'
    if (found.started === (this.kind === 'startup')) return 'idle'
    yield* this.ask(status.podIP ?? '')
    return 'again'
  }

  private noticeContainer(id: string): void {
    if (this.containerId === id) return
    if (this.containerId !== '') this.results.remove(this.containerId)
    this.containerId = id
    this.results.set(this.pod.metadata.uid, id, initial[this.kind])
    this.onHold = false
  }

  private isEarly(status: ContainerStatusView): boolean {
    const { initialDelaySeconds = 0 } = this.probe
    if (initialDelaySeconds === 0) return false
    const started = parseRfc3339(status.state.running?.startedAt ?? '') ?? 0
    const seconds = Math.trunc((this.rooms.clock.epochMillis() - started) / 1000)
    return seconds < initialDelaySeconds
  }

  private *ask(podIp: string): Task {
    const asked = this.containerId
    const id = asked.replace('containerd://', '')
    const started = this.rooms.runtime.container(id)?.startEntry
    const outcome = yield* this.attempt(podIp, id, started)
    const cause = this.record(outcome, started)
    if (outcome.result === 'error' || asked !== this.containerId) return
    const result: Outcome = outcome.result === 'failure' ? 'failure' : 'success'
    this.run = this.lastResult === result ? this.run + 1 : 1
    this.lastResult = result
    const threshold = result === 'failure'
      ? this.probe.failureThreshold : this.probe.successThreshold
    if (this.run < threshold) return
    this.results.set(this.pod.metadata.uid, this.containerId, result, cause)
    if (this.kind === 'startup' || (this.kind === 'liveness' && result === 'failure')) {
      this.onHold = true
      this.run = 0
    }
  }

  /** Models probe: up to three tries while the prober itself cannot ask. */
  private *attempt(
    podIp: string, containerId: string, cause: EntryId | undefined,
  ): Task<ProbeOutcome> {
    const { pod, container, probe } = this
    for (let tries = 1; ; tries++) {
      const outcome = yield* runProbe(this.rooms, {
        pod, container, probe, podIp, containerId, cause,
      })
      if (outcome.result !== 'error' || tries === 3) return outcome
    }
  }

  private record({ result, output }: ProbeOutcome, cause: EntryId | undefined): EntryId {
    const { pod, container, kind } = this
    const entry = this.rooms.trace.write({
      kind: 'probe', target: traceTarget(pod, container.name), probe: kind, output,
      result: result === 'warning' ? 'success' : result,
    }, cause, this.because)
    if (result === 'success') return entry
    const say = (reason: string, message: string): void =>
      this.rooms.events.container(pod, container.name, 'Warning', reason, message, entry)
    const title = titles[kind]
    if (result === 'failure') say('Unhealthy', `${title} probe failed: ${output}`)
    if (result === 'warning') say('ProbeWarning', `${title} probe warning: ${output}`)
    if (result === 'error') {
      say('Unhealthy', `${title} probe errored and resulted in unknown state: ${output}`)
    }
    return entry
  }
}

/** First tick after `now` of a ticker that has one at `tick`. */
function nextTick(tick: Millis, period: Millis, now: Millis): Millis {
  // Sums of fractions are off by less than this; without it a tick could come twice.
  const microsecond = 0.001
  return roundToMicros(tick + (Math.floor((now - tick + microsecond) / period) + 1) * period)
}
