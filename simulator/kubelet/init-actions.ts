import type { Container, Pod } from '../api/kinds.ts'
import type { ContainerStatus } from '../runtime/types.ts'
import { newestOf } from './container-statuses.ts'
import { isSidecar } from './pod.ts'
import type { ActionFacts, PodActions } from './pod-actions.ts'
import { complaintAbout } from './pod-actions.ts'
import type { RuntimeStatus } from './relist.ts'

/**
 * Models kuberuntime_container.go computeInitContainerActions: from the last init container back to
 * the first, since earlier ones may have been removed. Returns whether regular containers may run.
 */
export function initActions(
  facts: ActionFacts, pod: Pod, seen: RuntimeStatus, actions: PodActions,
): boolean {
  const containers = pod.spec.initContainers ?? []
  if (containers.length === 0) return true
  const walk = { initialized: anyRegularCreated(pod, seen), reached: false }
  walk.reached = walk.initialized
  for (let i = containers.length - 1; i >= 0; i--) {
    const container = containers[i]!
    const status = newestOf(seen, container.name)
    if (!status) {
      if (walk.reached && isSidecar(container)) actions.init.push(container)
      continue
    }
    if (walk.reached && !isSidecar(container)) continue
    const next = containers[i + 1]
    if (!visit(facts, pod, actions, walk, { container, status, next })) return false
    walk.reached = true
  }
  if (!walk.reached) actions.init.push(containers[0]!)
  actions.init.reverse()
  return walk.initialized
}

interface Walk { initialized: boolean; reached: boolean }
interface Visited {
  readonly container: Container
  readonly status: ContainerStatus
  readonly next: Container | undefined
}

/** False: the pod has failed and must be killed. */
function visit(
  facts: ActionFacts, pod: Pod, actions: PodActions, walk: Walk, visited: Visited,
): boolean {
  const { container, status } = visited
  if (status.state === 'created') actions.init.push(container)
  else if (status.state === 'running') {
    if (isSidecar(container)) visitRunningSidecar(facts, actions, walk, visited)
  } else if (isSidecar(container)) actions.init.push(container)
  else if (status.exitCode === 0) goOn(actions, walk, visited)
  else if (pod.spec.restartPolicy === 'Never') {
    actions.killPod = true
    actions.init = []
    return false
  } else actions.init.push(container)
  return true
}

function goOn(actions: PodActions, walk: Walk, { next }: Visited): void {
  if (walk.reached) return
  if (next) actions.init.push(next)
  else walk.initialized = true
}

function visitRunningSidecar(
  facts: ActionFacts, actions: PodActions, walk: Walk, visited: Visited,
): void {
  const { container, status } = visited
  const starting = container.startupProbe !== undefined
    && facts.startupResult(status.id) !== 'success'
  // What comes next waits for its start, and not for its health.
  if (!starting) goOn(actions, walk, visited)
  const complaint = complaintAbout(facts, container, status)
  if (!complaint || (starting && complaint.reason !== 'startup')) return
  actions.kills.push({
    container, id: status.id, reason: complaint.reason,
    message: `Init container ${container.name} ${complaint.text}`,
  })
  actions.init.push(container)
}

/** A regular container of this sandbox proves that all init containers have run. */
function anyRegularCreated(pod: Pod, seen: RuntimeStatus): boolean {
  return pod.spec.containers.some(({ name }) => {
    const status = newestOf(seen, name)
    return status !== undefined
      && (status.state !== 'exited' || status.sandbox === seen.sandboxes[0]?.id)
  })
}
