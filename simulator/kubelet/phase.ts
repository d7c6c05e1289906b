import type { ContainerStatusView, Pod, PodPhase } from '../api/kinds.ts'
import { isSidecar, sidecars } from './pod.ts'

interface Counts {
  waiting: number
  running: number
  stopped: number
  succeeded: number
  unknown: number
}

/**
 * Models kubelet/kubelet_pods.go getPhase. `isTerminal`: the pod worker has stopped everything, so
 * the restart policy no longer counts. `initialized`: some regular container was started before.
 */
export function phaseOf(
  pod: Pod, statuses: readonly ContainerStatusView[], isTerminal: boolean, initialized: boolean,
): PodPhase {
  const init = countInit(pod, statuses)
  if (init.failed > 0 && pod.spec.restartPolicy === 'Never') return 'Failed'
  const counts = countRegular(pod, statuses)
  if (!initialized) addSidecars(pod, statuses, counts, init)
  else countInitializedSidecars(pod, statuses, counts)
  if (init.pending > 0 && !initialized) return 'Pending'
  if (counts.waiting > 0) return 'Pending'
  if (counts.running > 0 && counts.unknown === 0) return 'Running'
  if (counts.running === 0 && counts.stopped > 0 && counts.unknown === 0) {
    return phaseOfStopped(pod, counts, isTerminal)
  }
  return 'Pending'
}

function phaseOfStopped(pod: Pod, counts: Counts, isTerminal: boolean): PodPhase {
  const allSucceeded = counts.stopped === counts.succeeded
  if (isTerminal) return allSucceeded ? 'Succeeded' : 'Failed'
  if (pod.spec.restartPolicy === 'Always') return 'Running'
  if (allSucceeded) return 'Succeeded'
  return pod.spec.restartPolicy === 'Never' ? 'Failed' : 'Running'
}

function countInit(
  pod: Pod, statuses: readonly ContainerStatusView[],
): { pending: number; failed: number } {
  const result = { pending: 0, failed: 0 }
  for (const container of pod.spec.initContainers ?? []) {
    if (isSidecar(container)) continue
    const status = statuses.find((one) => one.name === container.name)
    if (!status || status.state.running) result.pending++
    else if (status.state.terminated) {
      if (status.state.terminated.exitCode !== 0) result.failed++
    } else if (status.state.waiting && status.lastState.terminated) {
      if (status.lastState.terminated.exitCode !== 0) result.failed++
      else result.pending++
    } else result.pending++
  }
  return result
}

function countRegular(pod: Pod, statuses: readonly ContainerStatusView[]): Counts {
  const counts: Counts = { waiting: 0, running: 0, stopped: 0, succeeded: 0, unknown: 0 }
  for (const container of pod.spec.containers) {
    const status = statuses.find((one) => one.name === container.name)
    if (!status) counts.unknown++
    else if (status.state.running) counts.running++
    else count(status.state.terminated ?? status.lastState.terminated, status, counts)
  }
  return counts
}

function count(
  ended: { readonly exitCode: number } | undefined, status: ContainerStatusView, counts: Counts,
): void {
  if (ended) {
    counts.stopped++
    if (ended.exitCode === 0) counts.succeeded++
  } else if (status.state.waiting) counts.waiting++
  else counts.unknown++
}

/** Before initialization a sidecar that has not started holds the pod back. */
function addSidecars(
  pod: Pod, statuses: readonly ContainerStatusView[], counts: Counts, init: { pending: number },
): void {
  for (const container of sidecars(pod)) {
    const status = statuses.find((one) => one.name === container.name)
    if (!status || (status.state.waiting && !status.lastState.terminated)) init.pending++
    else if (status.state.running) {
      if (status.started !== true) init.pending++
      counts.running++
    }
  }
}

/** Afterwards only whether it runs matters; its exit code never does. */
function countInitializedSidecars(
  pod: Pod, statuses: readonly ContainerStatusView[], counts: Counts,
): void {
  for (const container of sidecars(pod)) {
    const status = statuses.find((one) => one.name === container.name)
    if (status?.state.running) counts.running++
    else if (status?.state.waiting && !status.lastState.terminated) counts.waiting++
  }
}
