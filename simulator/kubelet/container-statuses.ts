import type { Container, ContainerStateView, ContainerStatusView, Pod } from '../api/kinds.ts'
import type { ContainerStatus } from '../runtime/types.ts'
import type { Clock } from '../time/clock.ts'
import { rfc3339 } from '../time/dates.ts'

import type { ReasonCache } from './reason-cache.ts'
import type { RuntimeStatus } from './relist.ts'

/** Newest container of a name, as everything that decides on restarts looks it up. */
export function newestOf(status: RuntimeStatus, name: string): ContainerStatus | undefined {
  return status.containers.find((container) => container.name === name)
}

/**
 * Models kubelet/container/helpers.go ShouldContainerBeRestarted. It knows nothing of sidecars: in
 * a pod that is never restarted their back-off stays unseen.
 */
export function shouldBeRestarted(container: Container, pod: Pod, seen: RuntimeStatus): boolean {
  if (pod.metadata.deletionTimestamp !== undefined) return false
  const status = newestOf(seen, container.name)
  if (!status) return true
  if (status.state === 'running') return false
  if (status.state === 'created') return true
  if (pod.spec.restartPolicy === 'Never') return false
  return pod.spec.restartPolicy === 'Always' || status.exitCode !== 0
}

interface Conversion {
  readonly clock: Clock
  readonly reasons: ReasonCache
  readonly pod: Pod
  readonly seen: RuntimeStatus
}

/** Models kubelet/kubelet_pods.go convertToAPIContainerStatuses for one list of a pod. */
export function containerStatuses(
  given: Conversion, containers: readonly Container[],
  previous: readonly ContainerStatusView[] | undefined, kind: 'regular' | 'init' | 'ephemeral',
): readonly ContainerStatusView[] {
  const statuses = containers.map((container) => {
    const old = previous?.find((status) => status.name === container.name)
    return convert(given, container, old, kind)
  })
  if (kind === 'init') return statuses
  return statuses.toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function convert(
  given: Conversion, container: Container, old: ContainerStatusView | undefined,
  kind: 'regular' | 'init' | 'ephemeral',
): ContainerStatusView {
  const [newest, second] = given.seen.containers.filter((one) => one.name === container.name)
  let status = initialStatus(given.pod, container, old, kind)
  if (newest) {
    status = {
      ...base(container, newest),
      state: stateOf(given.clock, newest),
      lastState: second ? stateOf(given.clock, second) : {},
    }
  }
  return kind === 'ephemeral' ? status : withWaitingReason(given, container, status, kind)
}

/** What stands in the status before the runtime has the container. */
function initialStatus(
  pod: Pod, container: Container, old: ContainerStatusView | undefined, kind: string,
): ContainerStatusView {
  if (kind === 'init' && old?.state.terminated) return old
  const reason = pod.spec.initContainers?.length ? 'PodInitializing' : 'ContainerCreating'
  return {
    name: container.name, state: { waiting: { reason } }, lastState: old?.lastState ?? {},
    ready: false, restartCount: old?.restartCount ?? 0, image: container.image, imageID: '',
    ...volumeMounts(container),
  }
}

function base(
  container: Container, found: ContainerStatus,
): Omit<ContainerStatusView, 'state' | 'lastState'> {
  const requests = container.resources?.requests
  return {
    name: container.name, ready: false, restartCount: found.attempt, image: found.image,
    imageID: found.imageRef, containerID: `containerd://${found.id}`,
    ...(requests && Object.keys(requests).length ? { allocatedResources: requests } : {}),
    resources: container.resources ?? {},
    ...volumeMounts(container),
  }
}

function volumeMounts(container: Container): Pick<ContainerStatusView, 'volumeMounts'> {
  if (!container.volumeMounts?.length) return {}
  return {
    volumeMounts: container.volumeMounts.map((mount) => ({
      name: mount.name, mountPath: mount.mountPath,
      ...(mount.readOnly ? { readOnly: true, recursiveReadOnly: 'Disabled' } : {}),
    })),
  }
}

function stateOf(clock: Clock, found: ContainerStatus): ContainerStateView {
  const time = (at: number | undefined): string =>
    at === undefined ? '1970-01-01T00:00:00Z' : rfc3339(clock.epochMillis(at))
  switch (found.state) {
    case 'created': return { waiting: {} }
    case 'running': return { running: { startedAt: time(found.startedAt) } }
    case 'exited': return {
      terminated: {
        exitCode: found.exitCode, reason: found.reason,
        ...(found.message === '' ? {} : { message: found.message }),
        startedAt: time(found.startedAt), finishedAt: time(found.finishedAt),
        containerID: `containerd://${found.id}`,
      },
    }
  }
}

/**
 * A container that the next sync would start again shows why it is not running, if the last sync
 * left a reason; its end moves to the last state.
 */
function withWaitingReason(
  given: Conversion, container: Container, status: ContainerStatusView, kind: string,
): ContainerStatusView {
  const newest = newestOf(given.seen, container.name)
  if (kind === 'init' && newest?.state === 'exited' && newest.exitCode === 0) return status
  if (!shouldBeRestarted(container, given.pod, given.seen)) return status
  const reason = given.reasons.get(given.pod.metadata.uid, container.name)
  if (!reason) return status
  return {
    ...status,
    state: { waiting: { reason: reason.reason, message: reason.message } },
    lastState: status.state.terminated ? { terminated: status.state.terminated } : status.lastState,
  }
}
