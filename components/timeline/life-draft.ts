import type { ContainerRef } from '../../simulator/trace/entries.ts'
import { signalName } from './moment.ts'
import type { Of } from './kinds.ts'
import type {
  ContainerLife, HookRun, Lane, PodLife, PointMark, ProcessLife, Pull, Run, SignalMark,
  StatusChange,
} from './pod-life.ts'

// How the lives of pods grow, entry by entry. Times and ids of what begins are kept; what ends,
// ends the one that is open.

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
type ProcessDraft = Omit<Mutable<ProcessLife>, 'signals'> & { signals: SignalMark[] }
type RunDraft = Omit<Mutable<Run>, 'hooks' | 'process'> & {
  hooks: Mutable<HookRun>[]
  process: ProcessDraft | null
}
type LaneDraft = Omit<Lane, 'processes'> & { readonly processes: ProcessDraft[] }
export type ContainerDraft = Omit<ContainerLife, 'runs' | 'pulls' | 'lanes' | 'marks'> & {
  readonly runs: RunDraft[]
  readonly pulls: Mutable<Pull>[]
  readonly lanes: LaneDraft[]
  readonly marks: Readonly<Record<'probe' | 'log', PointMark[]>>
}
export type LifeDraft = Omit<Mutable<PodLife>, 'statuses' | 'containers' | 'events'> & {
  readonly statuses: StatusChange[]
  readonly containers: ContainerDraft[]
  readonly events: PointMark[]
}

/** More processes than this at one moment share the last lane: rows stay few whatever is forked. */
const MOST_LANES = 10

/** All lives, found by what entries say of them. */
export class LifeDrafts {
  readonly lives: LifeDraft[] = []
  private readonly byUid = new Map<string, LifeDraft>()
  /** Events name their object: they belong to the latest pod of that name. */
  private readonly byName = new Map<string, LifeDraft>()

  life(pod: Pick<ContainerRef, 'namespace' | 'pod' | 'podUid'>): LifeDraft {
    const existing = this.byUid.get(pod.podUid)
    if (existing) return existing
    const created: LifeDraft = {
      namespace: pod.namespace, pod: pod.pod, uid: pod.podUid,
      statuses: [], gone: null, containers: [], events: [],
    }
    this.lives.push(created)
    this.byUid.set(pod.podUid, created)
    this.byName.set(`${pod.namespace}/${pod.pod}`, created)
    return created
  }

  named(namespace: string, pod: string): LifeDraft | undefined {
    return this.byName.get(`${namespace}/${pod}`)
  }

  container(target: ContainerRef): ContainerDraft {
    const { containers } = this.life(target)
    const existing = containers.find(({ name }) => name === target.container)
    if (existing) return existing
    const created: ContainerDraft = {
      name: target.container, runs: [], pulls: [], lanes: [], marks: { probe: [], log: [] },
    }
    containers.push(created)
    return created
  }

  run(target: ContainerRef): RunDraft | undefined {
    return this.container(target).runs.at(-1)
  }
}

export function readStatus(drafts: LifeDrafts, entry: Of<'pod-status'>): void {
  const life = drafts.life(entry)
  const { id, at, status } = entry
  if (status === '') life.gone = { at, entry: id }
  else if (life.statuses.at(-1)?.status !== status) life.statuses.push({ entry: id, at, status })
}

export function readPull(drafts: LifeDrafts, entry: Of<'pull-start'> | Of<'pull-end'>): void {
  const { pulls } = drafts.container(entry.target)
  const open = pulls.at(-1)
  if (entry.kind === 'pull-start') {
    pulls.push({ entry: entry.id, image: entry.image, from: entry.at, to: null, error: null })
  } else if (open?.to === null) {
    open.to = entry.at
    open.error = entry.error ?? null
  }
}

export function readStarted(drafts: LifeDrafts, entry: Of<'container-started'>): void {
  drafts.container(entry.target).runs.push(newRun(entry.id, entry.at, entry.attempt))
}

export function readExited(drafts: LifeDrafts, entry: Of<'container-exited'>): void {
  const run = drafts.run(entry.target)
  if (!run) return
  run.to = entry.at
  run.endEntry = entry.id
  run.exitCode = entry.exitCode
  run.reason = entry.reason
}

function newRun(entry: number, at: number, attempt: number): RunDraft {
  return {
    entry, attempt, from: at, to: null, endEntry: null, exitCode: null, reason: '', stop: null,
    hooks: [], process: null, grace: null,
  }
}

export function readHookStart(drafts: LifeDrafts, entry: Of<'hook-start'>): void {
  drafts.run(entry.target)?.hooks.push({
    entry: entry.id, hook: entry.hook, handler: entry.handler, from: entry.at, to: null,
    endEntry: null, abandoned: null, ok: null, exitCode: null,
  })
}

export function readHookEnd(
  drafts: LifeDrafts, entry: Of<'hook-end'> | Of<'hook-abandoned'>,
): void {
  const hook = drafts.run(entry.target)?.hooks
    .findLast((one) => one.hook === entry.hook && one.to === null)
  if (!hook) return
  if (entry.kind === 'hook-abandoned') {
    hook.abandoned = { at: entry.at, entry: entry.id }
    return
  }
  hook.to = entry.at
  hook.endEntry = entry.id
  hook.ok = entry.ok
  hook.exitCode = entry.exitCode ?? null
}

export function readGrace(drafts: LifeDrafts, entry: Of<'grace-start'>): void {
  const run = drafts.run(entry.target)
  if (run) run.grace ??= { from: entry.at, seconds: entry.seconds, entry: entry.id }
}

export function readStop(drafts: LifeDrafts, entry: Of<'stop'>): void {
  const run = drafts.run(entry.target)
  const signal = signalName(entry.signal)
  if (run) run.stop ??= { at: entry.at, entry: entry.id, signal }
}

export function readProcessStart(drafts: LifeDrafts, entry: Of<'process-start'>): void {
  if (!entry.target) return
  const container = drafts.container(entry.target)
  const process: ProcessDraft = {
    entry: entry.id, pid: entry.pid, role: entry.role, command: entry.argv.join(' '),
    from: entry.at, to: null, exitCode: null, signals: [],
  }
  if (entry.role !== 'main') return joinLane(container, process)
  // The main process may be seen a moment before the runtime reports the start, or after it.
  let run = container.runs.at(-1)
  if (!run || run.to !== null) {
    run = newRun(entry.id, entry.at, (run?.attempt ?? -1) + 1)
    container.runs.push(run)
  }
  run.process = process
}

function joinLane(container: ContainerDraft, process: ProcessDraft): void {
  const isFree = (lane: LaneDraft) => lane.processes.at(-1)?.to !== null
  const lane = container.lanes.find((one) => one.role === process.role && isFree(one))
  if (lane) lane.processes.push(process)
  else if (container.lanes.length < MOST_LANES) {
    container.lanes.push({ role: process.role, processes: [process] })
  } else container.lanes.at(-1)?.processes.push(process)
}

/** A process of that number that is alive, or was a moment ago. */
function processOf(
  drafts: LifeDrafts, entry: { readonly target?: ContainerRef; readonly pid: number },
): ProcessDraft | undefined {
  if (!entry.target) return undefined
  const container = drafts.container(entry.target)
  const main = container.runs.at(-1)?.process
  if (main?.pid === entry.pid) return main
  for (const lane of container.lanes) {
    const found = lane.processes.findLast((one) => one.to === null)
    if (found?.pid === entry.pid) return found
  }
  return container.lanes.at(-1)?.processes
    .findLast((one) => one.pid === entry.pid && one.to === null)
}

/** A shell that becomes its last command is still the same process, under another name. */
export function readExec(drafts: LifeDrafts, entry: Of<'process-exec'>): void {
  const process = processOf(drafts, entry)
  if (process) process.command = entry.argv.join(' ')
}

export function readProcessEnd(drafts: LifeDrafts, entry: Of<'process-end'>): void {
  const process = processOf(drafts, entry)
  if (!process || process.to !== null) return
  process.to = entry.at
  process.exitCode = entry.exitCode
}

export function readSignal(drafts: LifeDrafts, entry: Of<'signal'>): void {
  const process = processOf(drafts, entry)
  if (!process || process.to !== null) return
  const { id, at, outcome } = entry
  process.signals.push({ entry: id, at, signal: signalName(entry.signal), outcome })
}
