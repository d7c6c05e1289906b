import type { EventObject, Pod, PodStatus } from '../../api/kinds.ts'
import { humanDuration } from '../../time/human-duration.ts'
import { longTime, parseTime } from '../text/duration.ts'
import { describeContainers } from './containers.ts'
import { describeEvents } from './events.ts'
import { describeTolerations, describeVolumes } from './volumes.ts'
import { annotationsMultiline, labelsMultiline, Lines } from './writer.ts'

/** Models kubectl/describe describePod. */
export function describePod(
  pod: Pod, events: readonly EventObject[] | undefined, now: number,
): string {
  const lines = new Lines()
  const { spec } = pod
  const status: Partial<PodStatus> = pod.status ?? {}
  header(lines, pod, status, now)
  const env = { pod }
  if (spec.initContainers && spec.initContainers.length > 0) {
    describeContainers(
      lines, 'Init Containers', spec.initContainers, status.initContainerStatuses ?? [], env)
  }
  describeContainers(lines, 'Containers', spec.containers, status.containerStatuses ?? [], env)
  if (spec.ephemeralContainers && spec.ephemeralContainers.length > 0) {
    describeContainers(lines, 'Ephemeral Containers', spec.ephemeralContainers,
      status.ephemeralContainerStatuses ?? [], env)
  }
  readinessGates(lines, pod, status)
  conditions(lines, status)
  describeVolumes(lines, spec.volumes ?? [])
  if (status.qosClass) lines.field(0, 'QoS Class', status.qosClass)
  else lines.field(0, 'QoS Class', 'BestEffort')
  labelsMultiline(lines, 0, 'Node-Selectors', spec.nodeSelector)
  describeTolerations(lines, spec.tolerations ?? [], 0)
  describeEvents(lines, events, now)
  return lines.text
}

function header(lines: Lines, pod: Pod, status: Partial<PodStatus>, now: number): void {
  const { metadata, spec } = pod
  lines.field(0, 'Name', metadata.name)
  lines.field(0, 'Namespace', metadata.namespace ?? '')
  if (spec.priority !== undefined) lines.field(0, 'Priority', String(spec.priority))
  if (spec.priorityClassName) lines.field(0, 'Priority Class Name', spec.priorityClassName)
  if (spec.runtimeClassName) lines.field(0, 'Runtime Class Name', spec.runtimeClassName)
  if (spec.serviceAccountName) lines.field(0, 'Service Account', spec.serviceAccountName)
  lines.field(0, 'Node', spec.nodeName ? `${spec.nodeName}/${status.hostIP ?? ''}` : '<none>')
  if (status.startTime) lines.field(0, 'Start Time', longTime(status.startTime))
  labelsMultiline(lines, 0, 'Labels', metadata.labels)
  annotationsMultiline(lines, 'Annotations', metadata.annotations)
  phase(lines, pod, status, now)
  if (status.reason) lines.field(0, 'Reason', status.reason)
  if (status.message) lines.field(0, 'Message', status.message)
  lines.field(0, 'IP', status.podIP ?? '')
  addresses(lines, status)
  const controller = metadata.ownerReferences?.find((owner) => owner.controller)
  if (controller) lines.field(0, 'Controlled By', `${controller.kind}/${controller.name}`)
  if (status.nominatedNodeName) lines.field(0, 'NominatedNodeName', status.nominatedNodeName)
}

/** The deadline lies ahead during the grace period, hence the `<invalid>` that kubectl prints. */
function phase(lines: Lines, pod: Pod, status: Partial<PodStatus>, now: number): void {
  const { deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata
  const final = status.phase === 'Failed' || status.phase === 'Succeeded'
  if (deletionTimestamp === undefined || final) {
    lines.field(0, 'Status', status.phase ?? '')
    return
  }
  const since = humanDuration(now - (parseTime(deletionTimestamp) ?? now))
  lines.field(0, 'Status', `Terminating (lasts ${since})`)
  lines.field(0, 'Termination Grace Period', `${deletionGracePeriodSeconds ?? 0}s`)
}

function addresses(lines: Lines, status: Partial<PodStatus>): void {
  const ips = status.podIPs ?? []
  if (ips.length === 0) {
    lines.field(0, 'IPs', '<none>')
    return
  }
  lines.line(0, 'IPs:')
  for (const { ip } of ips) lines.field(1, 'IP', ip)
}

function readinessGates(lines: Lines, pod: Pod, status: Partial<PodStatus>): void {
  const gates = pod.spec.readinessGates ?? []
  if (gates.length === 0) return
  lines.line(0, 'Readiness Gates:')
  lines.line(1, 'Type\tStatus')
  for (const { conditionType } of gates) {
    const found = status.conditions?.find(({ type }) => type === conditionType)
    lines.line(1, `${conditionType}\t${found?.status ?? '<none>'} `)
  }
}

function conditions(lines: Lines, status: Partial<PodStatus>): void {
  if (!status.conditions || status.conditions.length === 0) return
  lines.line(0, 'Conditions:')
  lines.line(1, 'Type\tStatus')
  for (const condition of status.conditions) {
    lines.line(1, `${condition.type} \t${condition.status} `)
  }
}
