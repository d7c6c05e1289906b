import type { Container, Pod } from '../api/kinds.ts'
import type { Task } from '../time/tasks.ts'
import type { Because, EntryId } from '../trace/entries.ts'
import { graceBecause } from './because.ts'
import type { HookOutcome } from './hooks.ts'
import { runHook } from './hooks.ts'
import { findContainer, manifestPath, sidecars } from './pod.ts'
import type { RuntimeStatus } from './relist.ts'
import type { Rooms } from './rooms.ts'
import { TerminationOrder } from './termination-order.ts'
import { traceTarget } from './trace-target.ts'

/** Every stop gets this window, however little of the grace period is left. */
const minimumGraceSeconds = 2

export type KillReason = 'liveness' | 'startup' | 'other'

export interface Kill {
  readonly pod: Pod
  readonly container: Container
  readonly containerId: string
  /** Empty: the ordinary `Stopping container x`. */
  readonly message: string
  readonly reason: KillReason
  /** Set for a pod that is being deleted. */
  readonly graceOverride?: number
  readonly order?: TerminationOrder
  readonly cause: EntryId | undefined
  /** What decided that it has to go, if its pod goes on. */
  readonly because?: readonly Because[]
}

/** Models kubelet/kuberuntime/kuberuntime_container.go killContainer. */
export function* killContainer(rooms: Rooms, kill: Kill): Task {
  const { pod, container, containerId, cause } = kill
  const message = kill.message || `Stopping container ${container.name}`
  rooms.events.container(
    pod, container.name, 'Normal', 'Killing', message, cause, kill.because,
  )
  const probeField = probeGrace(kill)
  let grace = kill.graceOverride ?? pod.metadata.deletionGracePeriodSeconds
    ?? probeField?.seconds ?? Math.max(pod.spec.terminationGracePeriodSeconds, 0)
  const graceFields = graceBecause(pod, probeField)
  const graceEntry = rooms.trace.write(
    { kind: 'grace-start', target: traceTarget(pod, container.name), seconds: grace },
    cause, [...graceFields, ...kill.because ?? []],
  )
  let lastCause = graceEntry
  const because: Because[] = []
  if (container.lifecycle?.preStop && grace > 0) {
    const hook = yield* preStop(rooms, kill, grace, graceEntry)
    grace -= hook.seconds
    lastCause = hook.entry
    because.push({ rule: hook.abandoned ? 'hook-outlived-grace' : 'prestop-before-signal' })
  }
  if (kill.order && grace > 0) {
    grace -= yield* kill.order.waitForTurn(rooms.clock, container.name, grace)
  }
  if (grace < minimumGraceSeconds) {
    grace = minimumGraceSeconds
    because.push({ rule: 'minimum-stop-window-2s' })
  }
  because.push(...graceFields.filter((one) => 'field' in one))
  yield* rooms.runtime.stopContainer(containerId, grace, lastCause, because)
  kill.order?.terminated(container.name)
}

/**
 * Models executePreStopHook: the hook runs beside the wait, and is left to itself when the grace
 * period is over; a failure is recorded whenever it comes.
 */
function* preStop(
  rooms: Rooms, kill: Kill, graceSeconds: number, cause: EntryId,
): Task<{ readonly seconds: number; readonly entry: EntryId; readonly abandoned: boolean }> {
  const { pod, container, containerId } = kill
  const start = rooms.clock.now()
  const hook = rooms.scheduler.spawn<HookOutcome>(runHook(rooms, {
    pod, container, containerId, hook: 'preStop', handler: container.lifecycle!.preStop!, cause,
  }), (outcome) => {
    if (outcome.ok) return
    rooms.events.container(
      pod, container.name, 'Warning', 'FailedPreStopHook', 'PreStopHook failed', outcome.entry,
    )
  })
  const until = start + graceSeconds * 1000
  if (!hook.ended) yield { on: [hook.done], until }
  const seconds = Math.floor((rooms.clock.now() - start) / 1000)
  if (hook.ended) return { seconds, entry: hook.result?.entry ?? cause, abandoned: false }
  const entry = rooms.trace.write(
    { kind: 'hook-abandoned', target: traceTarget(pod, container.name), hook: 'preStop' },
    cause, [{ rule: 'hook-outlived-grace' }],
  )
  return { seconds, entry, abandoned: true }
}

/** A probe may bring its own grace period; it counts only when that probe kills. */
function probeGrace(
  { pod, container, reason }: Kill,
): { readonly field: string; readonly seconds: number } | undefined {
  if (reason === 'other') return undefined
  const field = reason === 'liveness' ? 'livenessProbe' : 'startupProbe'
  const seconds = container[field]?.terminationGracePeriodSeconds
  if (seconds === undefined) return undefined
  const path = `${manifestPath(pod, container.name)}.${field}.terminationGracePeriodSeconds`
  return { field: path, seconds }
}

/** Models killContainersWithSyncResult: all running containers at once; then the sandboxes. */
export function* killPod(
  rooms: Rooms, pod: Pod, seen: RuntimeStatus, graceOverride: number | undefined,
  cause: EntryId | undefined,
): Task {
  const running = seen.containers.filter((container) => container.state === 'running')
  const order = sidecars(pod).length
    ? { order: new TerminationOrder(pod, running.map(({ name }) => name)) } : {}
  const kills = running.flatMap(({ id, name }) => {
    const container = findContainer(pod, name)
    return container ? [rooms.scheduler.spawn(killContainer(rooms, {
      pod, container, containerId: id, message: '', reason: 'other', cause, ...order,
      ...(graceOverride === undefined ? {} : { graceOverride }),
    }))] : []
  })
  for (const kill of kills) while (!kill.ended) yield { on: [kill.done] }
  for (const sandbox of rooms.relist.current(pod.metadata.uid).sandboxes) {
    yield* rooms.runtime.stopSandbox(sandbox.id, cause)
  }
}
