import type { Container, Pod } from '../api/kinds.ts'
import type { ContainerStatus } from '../runtime/types.ts'
import { newestOf, shouldBeRestarted } from './container-statuses.ts'
import { initActions } from './init-actions.ts'
import type { KillReason } from './kill-container.ts'
import type { RuntimeStatus } from './relist.ts'

/** A running container that has to go, and why. */
export interface ToKill {
  readonly container: Container
  readonly id: string
  readonly message: string
  readonly reason: KillReason
}

/** What one sync has to do; models kubelet/kuberuntime's podActions. */
export interface PodActions {
  killPod: boolean
  createSandbox: boolean
  readonly ephemeral: Container[]
  init: Container[]
  containers: Container[]
  readonly kills: ToKill[]
}

/** What the decision needs to know beside the pod. */
export interface ActionFacts {
  readonly livenessFailed: (containerId: string) => boolean
  readonly startupResult: (containerId: string) => 'success' | 'failure' | 'unknown' | undefined
  readonly definitionChanged: (container: Container, status: ContainerStatus) => boolean
}

/** Models kuberuntime_manager.go computePodActions. */
export function podActions(facts: ActionFacts, pod: Pod, seen: RuntimeStatus): PodActions {
  const [newest] = seen.sandboxes
  const needsSandbox = !newest?.ready
  const actions: PodActions = {
    killPod: needsSandbox, createSandbox: needsSandbox,
    ephemeral: [], init: [], containers: [], kills: [],
  }
  if (needsSandbox) {
    forNewSandbox(pod, seen, actions)
    return actions
  }
  for (const container of pod.spec.ephemeralContainers ?? []) {
    if (!newestOf(seen, container.name)) actions.ephemeral.push(container)
  }
  const initialized = initActions(facts, pod, seen, actions)
  if (actions.killPod || !initialized) return actions
  const kept = regularActions(facts, pod, seen, actions)
  if (kept === 0 && actions.containers.length === 0) {
    actions.killPod = true
    actions.init = []
  }
  return actions
}

/** A pod begins anew in a new sandbox, unless what it had to do is done. */
function forNewSandbox(pod: Pod, seen: RuntimeStatus, actions: PodActions): void {
  const { restartPolicy, initContainers = [], containers } = pod.spec
  const isRetry = seen.sandboxes.length > 0
  if (restartPolicy === 'Never' && isRetry && seen.containers.length > 0) {
    actions.createSandbox = false
    return
  }
  const toStart = containers.filter((container) => restartPolicy !== 'OnFailure'
    || !hasSucceeded(newestOf(seen, container.name)))
  if (toStart.length === 0 && containers.some(({ name }) => newestOf(seen, name))) {
    actions.createSandbox = false
    return
  }
  if (initContainers.length > 0) actions.init = [initContainers[0]!]
  else actions.containers = toStart
}

function hasSucceeded(status: ContainerStatus | undefined): boolean {
  return status?.state === 'exited' && status.exitCode === 0
}

/** Returns how many containers simply go on. */
function regularActions(
  facts: ActionFacts, pod: Pod, seen: RuntimeStatus, actions: PodActions,
): number {
  let kept = 0
  for (const container of pod.spec.containers) {
    const status = newestOf(seen, container.name)
    if (status?.state !== 'running') {
      if (shouldBeRestarted(container, pod, seen)) actions.containers.push(container)
      continue
    }
    const complaint = complaintAbout(facts, container, status)
    if (!complaint) {
      kept++
      continue
    }
    const restart = complaint.always || pod.spec.restartPolicy !== 'Never'
    const message = `Container ${container.name} ${complaint.text}`
    if (restart) actions.containers.push(container)
    actions.kills.push({
      container, id: status.id, reason: complaint.reason,
      message: restart ? `${message}, will be restarted` : message,
    })
  }
  return kept
}

/** The first reason to end a running container; `always`: whatever the restart policy says. */
export function complaintAbout(
  facts: ActionFacts, container: Container, status: ContainerStatus,
): { readonly text: string; readonly reason: KillReason; readonly always: boolean } | undefined {
  if (facts.definitionChanged(container, status)) {
    return { text: 'definition changed', reason: 'other', always: true }
  }
  if (facts.livenessFailed(status.id)) {
    return { text: 'failed liveness probe', reason: 'liveness', always: false }
  }
  if (facts.startupResult(status.id) === 'failure') {
    return { text: 'failed startup probe', reason: 'startup', always: false }
  }
  return undefined
}
