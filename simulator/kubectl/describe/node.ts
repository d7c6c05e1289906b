import type { EventObject, Lease, NodeObject, Pod, Quantity } from '../../api/kinds.ts'
import { compareText } from '../text/compare.ts'
import { age, longTime, parseTime } from '../text/duration.ts'
import { describeEvents } from './events.ts'
import { bytesText, cpuText, quantityValue } from './quantity.ts'
import { annotationsMultiline, labelsMultiline, Lines } from './writer.ts'

/** What surrounds a node in its description. */
export interface NodeSurroundings {
  readonly lease: Lease | undefined
  /** Pods on it that have not ended. */
  readonly pods: readonly Pod[]
  readonly events: readonly EventObject[] | undefined
  readonly now: number
}

/** Models kubectl/describe describeNode. */
export function describeNode(node: NodeObject, around: NodeSurroundings): string {
  const lines = new Lines()
  const { metadata, spec, status } = node
  lines.field(0, 'Name', metadata.name)
  lines.field(0, 'Roles', rolesOf(node))
  labelsMultiline(lines, 0, 'Labels', metadata.labels)
  annotationsMultiline(lines, 'Annotations', metadata.annotations)
  lines.field(0, 'CreationTimestamp', longTime(metadata.creationTimestamp))
  taints(lines, node)
  lines.field(0, 'Unschedulable', String(spec.unschedulable === true))
  lease(lines, around.lease)
  conditions(lines, node)
  lines.line(0, 'Addresses:')
  for (const { type, address } of status.addresses ?? []) lines.field(1, type, address)
  amounts(lines, 'Capacity', status.capacity)
  amounts(lines, 'Allocatable', status.allocatable)
  systemInfo(lines, node)
  podTable(lines, node, around)
  allocated(lines, node, around.pods)
  describeEvents(lines, around.events, around.now)
  return lines.text
}

function rolesOf({ metadata }: NodeObject): string {
  const prefix = 'node-role.kubernetes.io/'
  const roles = Object.entries(metadata.labels ?? {}).flatMap(([key, value]) => {
    if (key.startsWith(prefix) && key.length > prefix.length) return [key.slice(prefix.length)]
    return key === 'kubernetes.io/role' && value !== '' ? [value] : []
  })
  return roles.length === 0 ? '<none>' : roles.sort(compareText).join(',')
}

function taints(lines: Lines, { spec }: NodeObject): void {
  const list = (spec.taints ?? []).map(({ key, value, effect }) => {
    return `${key}${value ? `=${value}` : ''}:${effect}`
  })
  if (list.length === 0) lines.field(0, 'Taints', '<none>')
  list.forEach((taint, at) => lines.line(0, `${at === 0 ? 'Taints:' : ''}\t${taint}`))
}

function lease(lines: Lines, found: Lease | undefined): void {
  if (!found) {
    lines.line(0, 'Lease:\t\tFailed to get lease: leases.coordination.k8s.io not found')
    return
  }
  const time = (value: unknown) => parseTime(value) === undefined ? '<unset>' : longTime(value)
  lines.line(0, 'Lease:')
  lines.field(1, 'HolderIdentity', found.spec.holderIdentity ?? '<unset>')
  lines.field(1, 'AcquireTime', time(found.spec.acquireTime))
  lines.field(1, 'RenewTime', time(found.spec.renewTime))
}

function conditions(lines: Lines, { status }: NodeObject): void {
  if (!status.conditions || status.conditions.length === 0) return
  lines.line(0, 'Conditions:')
  const names = ['Type', 'Status', 'LastHeartbeatTime', 'LastTransitionTime', 'Reason', 'Message']
  lines.line(1, names.join('\t'))
  lines.line(1, names.map((name) => '-'.repeat(name.length)).join('\t'))
  for (const condition of status.conditions) {
    lines.line(1, [
      condition.type, condition.status, longTime(condition.lastHeartbeatTime),
      longTime(condition.lastTransitionTime), condition.reason ?? '', condition.message ?? '',
    ].join(' \t'))
  }
}

function amounts(
  lines: Lines, title: string, list: Readonly<Record<string, Quantity>> | undefined,
): void {
  if (!list || Object.keys(list).length === 0) return
  lines.line(0, `${title}:`)
  for (const name of Object.keys(list).sort(compareText)) lines.field(1, name, String(list[name]))
}

const infoFields: readonly (readonly [string, string])[] = [
  ['Machine ID', 'machineID'], ['System UUID', 'systemUUID'], ['Boot ID', 'bootID'],
  ['Kernel Version', 'kernelVersion'], ['OS Image', 'osImage'],
  ['Operating System', 'operatingSystem'], ['Architecture', 'architecture'],
  ['Container Runtime Version', 'containerRuntimeVersion'], ['Kubelet Version', 'kubeletVersion'],
  ['Kube-Proxy Version', 'kubeProxyVersion'],
]

function systemInfo(lines: Lines, { spec, status }: NodeObject): void {
  lines.line(0, 'System Info:')
  for (const [title, field] of infoFields) lines.field(1, title, status.nodeInfo?.[field] ?? '')
  if (spec.podCIDR) lines.field(0, 'PodCIDR', spec.podCIDR)
  if (spec.podCIDRs && spec.podCIDRs.length > 0) {
    lines.field(0, 'PodCIDRs', spec.podCIDRs.join(','))
  }
}

type List = 'requests' | 'limits'

/** Sum over a pod's containers; init containers count where one alone needs more. */
function needOf({ spec }: Pod, list: List, name: string): number {
  const of = (resources: Pod['spec']['containers'][number]['resources']) =>
    quantityValue(resources?.[list]?.[name])
  const sum = spec.containers.reduce((total, one) => total + of(one.resources), 0)
  const init = (spec.initContainers ?? []).map((one) => of(one.resources))
  return Math.max(sum, ...init)
}

function share(name: string, value: number, total: number): string {
  const text = name === 'cpu' ? cpuText(value) : bytesText(value)
  return `${text} (${total === 0 ? 0 : Math.floor(100 * value / total)}%)`
}

function podTable(lines: Lines, node: NodeObject, { pods, now }: NodeSurroundings): void {
  lines.field(0, 'Non-terminated Pods', `(${pods.length} in total)`)
  lines.line(1, 'Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge')
  lines.line(1, '---------\t----\t\t------------\t----------\t---------------\t-------------\t---')
  for (const pod of pods) {
    const cell = (list: List, name: string) =>
      share(name, needOf(pod, list, name), quantityValue(node.status.allocatable?.[name]))
    lines.line(1, [
      pod.metadata.namespace ?? '', pod.metadata.name, '', cell('requests', 'cpu'),
      cell('limits', 'cpu'), cell('requests', 'memory'), cell('limits', 'memory'),
      age(pod.metadata.creationTimestamp, now),
    ].join('\t'))
  }
}

function allocated(lines: Lines, { status }: NodeObject, pods: readonly Pod[]): void {
  lines.line(0, 'Allocated resources:')
  lines.line(0, '  (Total limits may be over 100 percent, i.e., overcommitted.)')
  lines.line(1, 'Resource\tRequests\tLimits')
  lines.line(1, '--------\t--------\t------')
  const huge = Object.keys(status.allocatable ?? {}).filter((name) => name.startsWith('hugepages-'))
  for (const name of ['cpu', 'memory', 'ephemeral-storage', ...huge.sort(compareText)]) {
    const total = quantityValue(status.allocatable?.[name])
    const cell = (list: List) =>
      share(name, pods.reduce((sum, pod) => sum + needOf(pod, list, name), 0), total)
    lines.line(1, `${name}\t${cell('requests')}\t${cell('limits')}`)
  }
}
