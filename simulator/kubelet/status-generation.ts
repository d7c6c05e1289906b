import type { ContainerStatusView, Pod, PodStatus } from '../api/kinds.ts'
import type { Clock } from '../time/clock.ts'
import type { EntryId } from '../trace/entries.ts'
import type { ActiveDeadline } from './active-deadline.ts'
import { anyRegularCreated, kubeletConditions, podConditions } from './conditions.ts'
import { containerStatuses } from './container-statuses.ts'
import { phaseOf } from './phase.ts'
import { isTerminalPhase } from './pod.ts'
import type { ReasonCache } from './reason-cache.ts'
import type { RuntimeStatus } from './relist.ts'
import { stamped } from './status-manager.ts'

/** What probes know about containers; models prober_manager.go UpdatePodStatus. */
export interface ProbeVerdicts {
  isStarted(pod: Pod, status: ContainerStatusView): boolean
  isReady(pod: Pod, status: ContainerStatusView): boolean
}

export interface GenerationRooms {
  readonly clock: Clock
  readonly reasons: ReasonCache
  readonly probes: ProbeVerdicts
  readonly deadline: ActiveDeadline
  readonly nodeAddress: string
}

/** Models kubelet/kubelet_pods.go generateAPIPodStatus. */
export function generateStatus(
  rooms: GenerationRooms, pod: Pod, seen: RuntimeStatus, old: PodStatus, isTerminal: boolean,
  cause: EntryId | undefined,
): PodStatus {
  const given = { clock: rooms.clock, reasons: rooms.reasons, pod, seen }
  const { spec } = pod
  const raw = {
    init: containerStatuses(given, spec.initContainers ?? [], old.initContainerStatuses, 'init'),
    regular: containerStatuses(given, spec.containers, old.containerStatuses, 'regular'),
  }
  const initialized = anyRegularCreated(raw.regular)
  const computed = phaseOf(pod, [...raw.init, ...raw.regular], isTerminal, initialized)
  const before = [old, pod.status].find(({ phase }) => isTerminalPhase(phase))
  const exceeded = rooms.deadline.exceeded(pod, old, cause)
  const phase = exceeded ? 'Failed' : before?.phase ?? computed
  const init = raw.init.map((status) => withInitVerdict(rooms.probes, pod, status))
  const regular = raw.regular.map((status) => withVerdict(rooms.probes, pod, status))
  const why = exceeded ?? (isTerminalPhase(phase) ? before : undefined)
  const ephemeral = containerStatuses(
    given, spec.ephemeralContainers ?? [], old.ephemeralContainerStatuses, 'ephemeral',
  )
  return {
    observedGeneration: pod.metadata.generation ?? 1, phase,
    conditions: conditionsOf(pod, { phase, init, regular }, seen, old),
    ...(why?.message === undefined ? {} : { message: why.message }),
    ...(why?.reason === undefined ? {} : { reason: why.reason }),
    hostIP: rooms.nodeAddress, hostIPs: [{ ip: rooms.nodeAddress }],
    ...addresses(pod, seen, rooms.nodeAddress),
    ...(old.startTime === undefined ? {} : { startTime: old.startTime }),
    ...(init.length ? { initContainerStatuses: init } : {}),
    containerStatuses: regular,
    ...(pod.status.qosClass === undefined ? {} : { qosClass: pod.status.qosClass }),
    ...(ephemeral.length ? { ephemeralContainerStatuses: ephemeral } : {}),
  }
}

function conditionsOf(
  pod: Pod, statuses: Parameters<typeof podConditions>[1], seen: RuntimeStatus, old: PodStatus,
): PodStatus['conditions'] {
  const foreign = (old.conditions ?? []).filter(({ type }) => !kubeletConditions.has(type))
  const [newest] = seen.sandboxes
  const sandboxReady = newest !== undefined && newest.ready
    && (newest.ip !== '' || pod.spec.hostNetwork === true)
  const own = podConditions(pod, statuses, sandboxReady, foreign)
  return [...foreign, ...own.map((verdict) => stamped(verdict, pod))]
}

function addresses(
  pod: Pod, seen: RuntimeStatus, nodeAddress: string,
): Pick<PodStatus, 'podIP' | 'podIPs'> {
  const ips = pod.spec.hostNetwork ? [nodeAddress] : seen.ips
  if (ips.length === 0) return {}
  return { podIP: ips[0]!, podIPs: ips.map((ip) => ({ ip })) }
}

function withVerdict(
  probes: ProbeVerdicts, pod: Pod, status: ContainerStatusView,
): ContainerStatusView {
  const started = probes.isStarted(pod, status)
  const withStarted = { ...status, started }
  return { ...withStarted, ready: started && probes.isReady(pod, withStarted) }
}

function withInitVerdict(
  probes: ProbeVerdicts, pod: Pod, status: ContainerStatusView,
): ContainerStatusView {
  const container = pod.spec.initContainers?.find(({ name }) => name === status.name)
  if (container?.restartPolicy === 'Always') return withVerdict(probes, pod, status)
  const started = probes.isStarted(pod, status)
  return { ...status, started, ready: status.state.terminated?.exitCode === 0 }
}
