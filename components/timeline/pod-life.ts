import type { TimelineEntry } from '../../server/protocol.ts'
import { signalName } from './moment.ts'
import type { HookName, SignalOutcome } from '../../simulator/trace/entries.ts'

// The trace read as lives: what the timeline draws of one pod, in the order it happened.

/** `to` is null while it goes on. */
export interface Interval { readonly from: number; readonly to: number | null }

export interface StatusChange { readonly at: number; readonly status: string }

export interface HookRun {
  readonly hook: HookName
  readonly handler: string
  readonly from: number
  readonly to: number | null
  /** The moment at which the kubelet stopped waiting for it, if it did. */
  readonly abandonedAt: number | null
  readonly ok: boolean | null
  readonly exitCode: number | null
}

export interface SignalMark {
  readonly at: number
  readonly signal: string
  readonly outcome: SignalOutcome
}

export interface ProcessLife {
  readonly pid: number
  readonly command: string
  readonly from: number
  readonly to: number | null
  readonly exitCode: number | null
  readonly signals: readonly SignalMark[]
}

/** One start of a container until its end. */
export interface Run {
  readonly attempt: number
  readonly from: number
  readonly to: number | null
  readonly exitCode: number | null
  readonly reason: string
  readonly stopAt: number | null
  readonly hooks: readonly HookRun[]
  readonly process: ProcessLife | null
  readonly grace: { readonly from: number; readonly seconds: number } | null
}

export interface ContainerLife { readonly name: string; readonly runs: readonly Run[] }

export interface EventMark {
  readonly at: number
  readonly warning: boolean
  readonly reason: string
  readonly message: string
}

/** One pod, from its first status to its end. A pod created anew under its name is another life. */
export interface PodLife {
  readonly namespace: string
  readonly pod: string
  readonly uid: string
  readonly statuses: readonly StatusChange[]
  readonly goneAt: number | null
  readonly containers: readonly ContainerLife[]
  readonly events: readonly EventMark[]
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
interface RunDraft extends Omit<Mutable<Run>, 'hooks' | 'process'> {
  hooks: Mutable<HookRun>[]
  process: (Omit<Mutable<ProcessLife>, 'signals'> & { signals: SignalMark[] }) | null
}
interface LifeDraft extends Omit<Mutable<PodLife>, 'statuses' | 'containers' | 'events'> {
  statuses: StatusChange[]
  containers: Map<string, RunDraft[]>
  events: EventMark[]
}

/** Every pod's life in the order of appearance. */
export function podLives(entries: readonly TimelineEntry[]): readonly PodLife[] {
  const drafts = new Map<string, LifeDraft>()
  for (const entry of entries) {
    if (entry.kind === 'event') takeEvent(drafts, entry)
    else if (entry.kind === 'pod-status') takeStatus(lifeOf(drafts, entry), entry)
    else if ('target' in entry && entry.target) {
      takeContainer(lifeOf(drafts, entry.target), entry.target.container, entry)
    }
  }
  return [...drafts.values()].map((draft) => ({
    ...draft,
    containers: [...draft.containers].map(([name, runs]) => ({ name, runs })),
  }))
}

function lifeOf(
  drafts: Map<string, LifeDraft>,
  pod: { readonly namespace: string; readonly pod: string; readonly podUid: string },
): LifeDraft {
  const existing = drafts.get(pod.podUid)
  if (existing) return existing
  const created: LifeDraft = {
    namespace: pod.namespace, pod: pod.pod, uid: pod.podUid,
    statuses: [], goneAt: null, containers: new Map(), events: [],
  }
  drafts.set(pod.podUid, created)
  return created
}

function takeStatus(life: LifeDraft, entry: Extract<TimelineEntry, { kind: 'pod-status' }>): void {
  if (entry.status === '') life.goneAt = entry.at
  else if (life.statuses.at(-1)?.status !== entry.status) {
    life.statuses.push({ at: entry.at, status: entry.status })
  }
}

/** Events name their object; they belong to the latest pod of that name. */
function takeEvent(
  drafts: Map<string, LifeDraft>, entry: Extract<TimelineEntry, { kind: 'event' }>,
): void {
  if (entry.objectKind !== 'Pod') return
  const life = [...drafts.values()].reverse()
    .find((draft) => draft.pod === entry.name && draft.namespace === entry.namespace)
  life?.events.push({
    at: entry.at, warning: entry.type === 'Warning', reason: entry.reason, message: entry.message,
  })
}

function takeContainer(life: LifeDraft, container: string, entry: TimelineEntry): void {
  const runs = life.containers.get(container) ?? []
  life.containers.set(container, runs)
  const run = runs.at(-1)
  if (entry.kind === 'container-started') runs.push(newRun(entry.at, entry.attempt))
  else if (entry.kind === 'process-start' && entry.role === 'main') startProcess(runs, entry)
  else if (run) takeRun(run, entry)
}

function newRun(at: number, attempt: number): RunDraft {
  return {
    attempt, from: at, to: null, exitCode: null, reason: '', stopAt: null,
    hooks: [], process: null, grace: null,
  }
}

/** The main process may be seen a moment before the runtime reports the start, or after it. */
function startProcess(
  runs: RunDraft[], entry: Extract<TimelineEntry, { kind: 'process-start' }>,
): void {
  let run = runs.at(-1)
  if (!run || run.to !== null) {
    run = newRun(entry.at, (run?.attempt ?? -1) + 1)
    runs.push(run)
  }
  run.process = {
    pid: entry.pid, command: entry.argv.join(' '), from: entry.at, to: null, exitCode: null,
    signals: [],
  }
}

function takeRun(run: RunDraft, entry: TimelineEntry): void {
  switch (entry.kind) {
    case 'container-exited':
      run.to = entry.at
      run.exitCode = entry.exitCode
      run.reason = entry.reason
      return
    case 'hook-start':
      run.hooks.push({
        hook: entry.hook, handler: entry.handler, from: entry.at, to: null,
        abandonedAt: null, ok: null, exitCode: null,
      })
      return
    case 'hook-end': return endHook(run, entry)
    case 'hook-abandoned': {
      const hook = openHook(run, entry.hook)
      if (hook) hook.abandonedAt = entry.at
      return
    }
    case 'grace-start':
      run.grace ??= { from: entry.at, seconds: entry.seconds }
      return
    case 'stop':
      run.stopAt ??= entry.at
      return
    case 'process-exec':
      // A shell that becomes its last command is still the same process, under another name.
      if (run.process?.pid === entry.pid) run.process.command = entry.argv.join(' ')
      return
    case 'process-end': return endProcess(run, entry)
    case 'signal':
      if (run.process?.pid === entry.pid && run.process.to === null) {
        const signal = signalName(entry.signal)
        run.process.signals.push({ at: entry.at, signal, outcome: entry.outcome })
      }
      return
    default:
  }
}

function openHook(run: RunDraft, hook: HookName): Mutable<HookRun> | undefined {
  return run.hooks.findLast((one) => one.hook === hook && one.to === null)
}

function endHook(run: RunDraft, entry: Extract<TimelineEntry, { kind: 'hook-end' }>): void {
  const hook = openHook(run, entry.hook)
  if (!hook) return
  hook.to = entry.at
  hook.ok = entry.ok
  hook.exitCode = entry.exitCode ?? null
}

function endProcess(run: RunDraft, entry: Extract<TimelineEntry, { kind: 'process-end' }>): void {
  if (!run.process || entry.role !== 'main' || entry.pid !== run.process.pid) return
  run.process.to = entry.at
  run.process.exitCode = entry.exitCode
}
