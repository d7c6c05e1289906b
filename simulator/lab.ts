import { apiAt } from './api/past.ts'
import { createCluster, type Cluster } from './cluster.ts'
import { lookAtCluster } from './kubectl/look.ts'
import type {
  ClusterView, Input, InputBody, InputResult, LabFace, LabStart, TerminalOutput, WorkstationFile,
} from './lab-types.ts'
import { limits } from './limits.ts'
import type { Millis } from './time/clock.ts'
import type { EntryId } from './trace/entries.ts'
import type { Trace } from './trace/trace.ts'
import { Workstation } from './workstation.ts'

/**
 * One lab: a cluster and a workstation, driven only by its inputs and by time passing. The same
 * start and the same inputs give the same bytes, however the time between them is sliced.
 */
export class Lab implements LabFace {
  readonly cluster: Cluster
  readonly workstation: Workstation
  readonly epochMillis: Millis
  private pace = 1
  /** Moment of the last input: where a paused lab stands, until a run leads on from there. */
  private standsAt: Millis = 0

  constructor(start: LabStart) {
    this.epochMillis = start.startEpochMillis
    const namespace = start.namespace ?? 'default'
    this.cluster = createCluster({
      seed: start.seed, startEpochMillis: start.startEpochMillis,
      namespaces: namespace === 'default' ? [] : [namespace],
    })
    this.workstation = new Workstation(this.cluster, {
      files: start.files, namespace,
      isPaused: () => this.pace === 0 && this.nowMillis === this.standsAt,
    })
    this.advance(0)
  }

  get trace(): Trace {
    return this.cluster.trace
  }

  get nowMillis(): Millis {
    return this.cluster.clock.now()
  }

  get tabs(): readonly string[] {
    return this.workstation.tabs
  }

  get held(): string | undefined {
    return this.trace.isFull() ? 'traceEntries' : undefined
  }

  nextDue(): Millis | undefined {
    if (this.held) return undefined
    return this.cluster.scheduler.isBusy() ? this.nowMillis : this.cluster.clock.nextDue()
  }

  advance(toMillis: Millis, maxSteps?: number): boolean {
    if (this.held) return true
    return this.cluster.scheduler.advance(Math.max(toMillis, this.nowMillis), maxSteps)
  }

  apply(input: Input): InputResult {
    this.advance(input.atMillis)
    this.standsAt = this.nowMillis
    if (this.held) return refused('limit', this.held)
    const { kind } = input.body
    const cause = kind === 'clock-mark'
      ? undefined : this.trace.write({ kind: 'input', input: kind, summary: summary(input.body) })
    const result = this.perform(input.body, cause)
    this.advance(input.atMillis)
    return result
  }

  private perform(body: InputBody, cause: EntryId | undefined): InputResult {
    switch (body.kind) {
      case 'tab-open':
        if (this.tabs.length >= limits.tabsPerLab) return refused('limit', 'tabsPerLab')
        this.workstation.openTab(body.tab, body, cause)
        return { ok: true }
      case 'tab-close':
      case 'tab-resize':
      case 'keys':
        return this.inTab(body, cause)
      case 'file-write':
        return this.workstation.saveFile(body, cause)
      case 'pace':
        this.pace = body.pace
        return { ok: true }
      case 'clock-mark':
        return { ok: true }
    }
  }

  private inTab(
    body: Extract<InputBody, { kind: 'tab-close' | 'tab-resize' | 'keys' }>,
    cause: EntryId | undefined,
  ): InputResult {
    if (!this.tabs.includes(body.tab)) return refused('no-such-tab', body.tab)
    if (body.kind === 'keys') this.workstation.type(body.tab, body.text, cause)
    else if (body.kind === 'tab-resize') this.workstation.resize(body.tab, body)
    else this.workstation.closeTab(body.tab, cause)
    return { ok: true }
  }

  output(tab: string, fromOffset: number): TerminalOutput {
    return this.workstation.output(tab, fromOffset)
  }

  onOutput(listener: (output: TerminalOutput) => void): () => void {
    return this.workstation.onOutput(listener)
  }

  files(): readonly WorkstationFile[] {
    return this.workstation.listFiles()
  }

  onFilesChanged(listener: () => void): () => void {
    return this.workstation.onFilesChanged(listener)
  }

  look(atMillis: Millis = this.nowMillis): ClusterView {
    const { api, clock } = this.cluster
    const isPast = atMillis < this.nowMillis
    return lookAtCluster({
      api: isPast ? this.apiAt(atMillis) : api, now: clock.epochMillis(atMillis),
      namespace: this.workstation.namespaceAt(atMillis),
    })
  }

  private apiAt(atMillis: Millis) {
    return apiAt({
      entries: this.trace.entries, startEpochMillis: this.epochMillis, atMillis,
      resources: ['pods', 'events'],
    })
  }

  /** Whether a pod is `running`, `ready`, `gone`, `terminating`, … : what scenarios wait for. */
  podIs(namespace: string, name: string, what: string, count = 0): boolean {
    const path = `/api/v1/namespaces/${namespace}/pods/${name}`
    const response = this.cluster.api.request({ method: 'GET', path, userAgent: 'observer' })
    if (what === 'gone') return response.code === 404
    return response.code === 200 && podState(response.body as ObservedPod, what, count)
  }
}

interface ObservedPod {
  readonly metadata: { readonly deletionTimestamp?: string }
  readonly status?: {
    readonly phase?: string
    readonly conditions?: readonly { readonly type: string; readonly status: string }[]
    readonly containerStatuses?: readonly {
      readonly restartCount: number; readonly state?: { readonly running?: unknown }
    }[]
  }
}

function podState(pod: ObservedPod, what: string, count: number): boolean {
  const { phase, conditions = [], containerStatuses = [] } = pod.status ?? {}
  switch (what) {
    case 'running': return phase === 'Running'
    case 'ready': return conditions.some((c) => c.type === 'Ready' && c.status === 'True')
    case 'terminating': return pod.metadata.deletionTimestamp !== undefined
    case 'succeeded': return phase === 'Succeeded'
    case 'failed': return phase === 'Failed'
    case 'restarts': return containerStatuses.some((c) => c.restartCount >= count)
    default: return false
  }
}

function refused(
  error: Extract<InputResult, { ok: false }>['error'], detail: string,
): InputResult {
  return { ok: false, error, detail }
}

/** What the trace says of an input; keys are not repeated there. */
function summary(body: InputBody): string {
  switch (body.kind) {
    case 'keys':
    case 'tab-open':
    case 'tab-close':
    case 'tab-resize': return body.tab
    case 'file-write': return body.path
    case 'pace': return String(body.pace)
    case 'clock-mark': return ''
  }
}
