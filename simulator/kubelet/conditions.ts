import type {
  ContainerStatusView, Pod, PodCondition, PodPhase, PodStatus,
} from '../api/kinds.ts'
import { isSidecar, sidecars } from './pod.ts'

/** Conditions that only the kubelet writes; all others are kept as the API server has them. */
export const kubeletConditions: ReadonlySet<string> = new Set([
  'PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled',
  'PodResizePending', 'PodResizeInProgress',
])

interface Statuses {
  readonly phase: PodPhase
  readonly init: readonly ContainerStatusView[]
  readonly regular: readonly ContainerStatusView[]
}

/** A condition before the status manager knows when it last changed. */
export type Verdict = Pick<PodCondition, 'type' | 'status' | 'reason' | 'message'>

/** Models kubelet/status/generate.go GeneratePodReadyCondition and the like, in list order. */
export function podConditions(
  pod: Pod, statuses: Statuses, sandboxReady: boolean, foreign: readonly PodCondition[],
): readonly Verdict[] {
  const containers = containersReady(pod, statuses)
  return [
    { type: 'PodReadyToStartContainers', status: sandboxReady ? 'True' : 'False' },
    initialized(pod, statuses),
    ready(pod, containers, foreign),
    containers,
    { type: 'PodScheduled', status: 'True' },
  ]
}

/** Ready and ContainersReady alone: what a probe's result can change between syncs. */
export function readyConditions(pod: Pod, status: PodStatus): readonly Verdict[] {
  const containers = containersReady(pod, {
    phase: status.phase, init: status.initContainerStatuses ?? [],
    regular: status.containerStatuses ?? [],
  })
  return [ready(pod, containers, status.conditions ?? []), containers]
}

function containersReady(pod: Pod, statuses: Statuses): Verdict {
  const type = 'ContainersReady'
  const watched = [...sidecars(pod), ...pod.spec.containers]
  const all = [...statuses.init, ...statuses.regular]
  const unknown = watched.filter(({ name }) => !all.some((status) => status.name === name))
  const unready = watched.filter(({ name }) => all.some((one) => one.name === name && !one.ready))
  if (statuses.phase === 'Succeeded' && unknown.length === 0) {
    return { type, status: 'False', reason: 'PodCompleted' }
  }
  if (statuses.phase === 'Failed') return { type, status: 'False', reason: 'PodFailed' }
  const messages: string[] = []
  if (unknown.length) messages.push(`containers with unknown status: ${names(unknown)}`)
  if (unready.length) messages.push(`containers with unready status: ${names(unready)}`)
  if (messages.length === 0) return { type, status: 'True' }
  return { type, status: 'False', reason: 'ContainersNotReady', message: messages.join(', ') }
}

function ready(pod: Pod, containers: Verdict, conditions: readonly PodCondition[]): Verdict {
  if (containers.status !== 'True') return { ...containers, type: 'Ready' }
  const messages: string[] = []
  for (const { conditionType } of pod.spec.readinessGates ?? []) {
    const found = conditions.find((one) => one.type === conditionType)
    if (!found) {
      messages.push(`corresponding condition of pod readiness gate "${conditionType}" `
        + 'does not exist.')
    } else if (found.status !== 'True') {
      messages.push(`the status of pod readiness gate "${conditionType}" is not "True", `
        + `but ${found.status}`)
    }
  }
  if (messages.length === 0) return { type: 'Ready', status: 'True' }
  return {
    type: 'Ready', status: 'False', reason: 'ReadinessGatesNotReady', message: messages.join(', '),
  }
}

/** Models GeneratePodInitializedCondition. */
function initialized(pod: Pod, statuses: Statuses): Verdict {
  const type = 'Initialized'
  if (statuses.phase === 'Succeeded') return { type, status: 'True', reason: 'PodCompleted' }
  if (anyRegularStarted(statuses.regular)) return { type, status: 'True' }
  const incomplete = (pod.spec.initContainers ?? []).filter((container) => {
    const status = statuses.init.find((one) => one.name === container.name)
    if (!status) return true
    return isSidecar(container) ? status.started !== true : !status.ready
  })
  if (incomplete.length === 0) return { type, status: 'True' }
  return {
    type, status: 'False', reason: 'ContainersNotInitialized',
    message: `containers with incomplete status: ${names(incomplete)}`,
  }
}

/** Models kubelet/container/helpers.go HasAnyRegularContainerStarted: not one that waits again. */
function anyRegularStarted(regular: readonly ContainerStatusView[]): boolean {
  return regular.some(({ state }) => state.running !== undefined || state.terminated !== undefined)
}

/** Models HasAnyActiveRegularContainerStarted, which the phase goes by: also one in back-off. */
export function anyRegularCreated(regular: readonly ContainerStatusView[]): boolean {
  return anyRegularStarted(regular)
    || regular.some(({ lastState }) => lastState.terminated !== undefined)
}

function names(containers: readonly { readonly name: string }[]): string {
  return `[${containers.map(({ name }) => name).join(' ')}]`
}
