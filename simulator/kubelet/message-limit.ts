import type { ContainerStateView, ContainerStatusView, Pod, PodStatus } from '../api/kinds.ts'
import { allContainers } from './pod.ts'

/** All termination messages of a pod together (MaxPodTerminationMessageLogLength). */
const maxPodChars = 12_288

const statusLists =
  ['initContainerStatuses', 'containerStatuses', 'ephemeralContainerStatuses'] as const

/** Models status_manager.go normalizeStatus: each container has an equal part of the limit. */
export function withinMessageLimit(pod: Pod, status: PodStatus): PodStatus {
  const max = Math.floor(maxPodChars / [...allContainers(pod)].length)
  let result = status
  for (const list of statusLists) {
    const statuses = status[list]
    if (statuses?.some((one) => isLong(one.state, max) || isLong(one.lastState, max))) {
      result = { ...result, [list]: statuses.map((one) => shortened(one, max)) }
    }
  }
  return result
}

function isLong({ terminated }: ContainerStateView, max: number): boolean {
  return (terminated?.message?.length ?? 0) > max
}

function shortened(status: ContainerStatusView, max: number): ContainerStatusView {
  return { ...status, state: cut(status.state, max), lastState: cut(status.lastState, max) }
}

function cut(state: ContainerStateView, max: number): ContainerStateView {
  const { terminated } = state
  if (!terminated || !isLong(state, max)) return state
  return { ...state, terminated: { ...terminated, message: terminated.message!.slice(0, max) } }
}
