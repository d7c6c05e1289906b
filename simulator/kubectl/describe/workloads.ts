import type { Job, LabelSelector, Pod, PodTemplateSpec, Workload } from '../../api/kinds.ts'
import { compareText } from '../text/compare.ts'
import { humanDuration } from '../../time/human-duration.ts'
import { longTime, parseTime } from '../text/duration.ts'
import { describeContainers } from './containers.ts'
import { describeEvents } from './events.ts'
import type { Around } from './plain-objects.ts'
import { describeTolerations, describeVolumes } from './volumes.ts'
import { annotationsMultiline, labelsMultiline, Lines } from './writer.ts'

export function selectorText(selector: LabelSelector | undefined): string {
  const labels = Object.entries(selector?.matchLabels ?? {}).sort(([a], [b]) => compareText(a, b))
    .map(([key, value]) => `${key}=${value}`)
  const expressions = (selector?.matchExpressions ?? []).map(({ key, operator, values = [] }) => {
    if (operator === 'Exists') return key
    if (operator === 'DoesNotExist') return `!${key}`
    const list = values.toSorted(compareText).join(',')
    return `${key} ${operator === 'In' ? 'in' : 'notin'} (${list})`
  })
  return [...labels, ...expressions].join(',') || '<none>'
}

/** Models kubectl/describe DescribePodTemplate. */
function podTemplate(lines: Lines, template: PodTemplateSpec): void {
  const { spec, metadata } = template
  lines.line(0, 'Pod Template:')
  labelsMultiline(lines, 1, 'Labels', metadata?.labels)
  if (metadata?.annotations && Object.keys(metadata.annotations).length > 0) {
    annotationsMultiline(lines, 'Annotations', metadata.annotations, 1)
  }
  if (spec.serviceAccountName) lines.field(1, 'Service Account', spec.serviceAccountName)
  const env = { pod: undefined }
  if (spec.initContainers?.length) {
    describeContainers(lines, 'Init Containers', spec.initContainers, [], env, true)
  }
  describeContainers(lines, 'Containers', spec.containers, [], env, true)
  describeVolumes(lines, spec.volumes ?? [], true)
  labelsMultiline(lines, 1, 'Node-Selectors', spec.nodeSelector)
  describeTolerations(lines, spec.tolerations ?? [], 1)
}

function podCounts(pods: readonly Pod[]): string {
  const count = (...phases: readonly string[]) =>
    pods.filter(({ status }) => phases.includes(status.phase)).length
  return `${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} `
    + `Succeeded / ${count('Failed')} Failed`
}

function conditionTable(lines: Lines, { status }: Workload): void {
  if (!status.conditions || status.conditions.length === 0) return
  lines.line(0, 'Conditions:')
  lines.line(1, 'Type\tStatus\tReason')
  lines.line(1, '----\t------\t------')
  for (const { type, status: value, reason } of status.conditions) {
    lines.line(1, `${type} \t${value}\t${reason ?? ''}`)
  }
}

function labelled(lines: Lines, { metadata }: Workload | Job): void {
  labelsMultiline(lines, 0, 'Labels', metadata.labels)
  annotationsMultiline(lines, 'Annotations', metadata.annotations)
}

function named(lines: Lines, { metadata }: Workload | Job): void {
  lines.field(0, 'Name', metadata.name)
  lines.field(0, 'Namespace', metadata.namespace ?? '')
}

/** Models kubectl/describe describeDeployment. */
export function describeDeployment(
  object: Workload,
  sets: { readonly old: readonly Workload[]; readonly current: Workload | undefined },
  around: Around,
): string {
  const lines = new Lines()
  const { spec, status, metadata } = object
  named(lines, object)
  lines.field(0, 'CreationTimestamp', longTime(metadata.creationTimestamp))
  labelled(lines, object)
  lines.field(0, 'Selector', selectorText(spec.selector))
  lines.field(0, 'Replicas',
    `${spec.replicas ?? 0} desired | ${status.updatedReplicas ?? 0} updated | `
    + `${status.replicas ?? 0} total | ${status.availableReplicas ?? 0} available | `
    + `${status.unavailableReplicas ?? 0} unavailable`)
  lines.field(0, 'StrategyType', spec.strategy?.type ?? '')
  lines.field(0, 'MinReadySeconds', String(spec.minReadySeconds ?? 0))
  const rolling = spec.strategy?.rollingUpdate
  if (rolling) {
    lines.field(0, 'RollingUpdateStrategy',
      `${rolling.maxUnavailable ?? 0} max unavailable, ${rolling.maxSurge ?? 0} max surge`)
  }
  podTemplate(lines, spec.template)
  conditionTable(lines, object)
  const shown = (set: Workload) => {
    const counts = `${set.status.replicas ?? 0}/${set.spec.replicas ?? 0}`
    return `${set.metadata.name} (${counts} replicas created)`
  }
  lines.field(0, 'OldReplicaSets', sets.old.map(shown).join(', ') || '<none>')
  lines.field(0, 'NewReplicaSet', sets.current ? shown(sets.current) : '<none>')
  describeEvents(lines, around.events, around.now)
  return lines.text
}

/** Models kubectl/describe describeReplicaSet. */
export function describeReplicaSet(object: Workload, pods: readonly Pod[], around: Around): string {
  const lines = new Lines()
  named(lines, object)
  lines.field(0, 'Selector', selectorText(object.spec.selector))
  labelled(lines, object)
  const owner = object.metadata.ownerReferences?.find(({ controller }) => controller)
  if (owner) lines.field(0, 'Controlled By', `${owner.kind}/${owner.name}`)
  lines.field(0, 'Replicas',
    `${object.status.replicas ?? 0} current / ${object.spec.replicas ?? 0} desired`)
  lines.field(0, 'Pods Status', podCounts(pods))
  podTemplate(lines, object.spec.template)
  conditionTable(lines, object)
  describeEvents(lines, around.events, around.now)
  return lines.text
}

/** Models kubectl/describe describeStatefulSet. */
export function describeStatefulSet(
  object: Workload, pods: readonly Pod[], around: Around,
): string {
  const lines = new Lines()
  const { spec, status } = object
  named(lines, object)
  lines.field(0, 'CreationTimestamp', longTime(object.metadata.creationTimestamp))
  lines.field(0, 'Selector', selectorText(spec.selector))
  labelled(lines, object)
  lines.field(0, 'Replicas', `${spec.replicas ?? 0} desired | ${status.replicas ?? 0} total`)
  lines.field(0, 'Update Strategy', spec.updateStrategy?.type ?? '')
  const partition = spec.updateStrategy?.rollingUpdate?.partition
  if (partition !== undefined) lines.field(1, 'Partition', String(partition))
  lines.field(0, 'Pods Status', podCounts(pods))
  podTemplate(lines, spec.template)
  lines.field(0, 'Volume Claims', '<none>')
  describeEvents(lines, around.events, around.now)
  return lines.text
}

/** Models kubectl/describe describeDaemonSet. */
export function describeDaemonSet(object: Workload, pods: readonly Pod[], around: Around): string {
  const lines = new Lines()
  const { spec, status } = object
  named(lines, object)
  lines.field(0, 'Selector', selectorText(spec.selector))
  const nodes = Object.entries(spec.template.spec.nodeSelector ?? {})
  const chosen = nodes.map(([key, value]) => `${key}=${value}`).join(',')
  lines.field(0, 'Node-Selector', chosen || '<none>')
  labelled(lines, object)
  lines.line(0, `Desired Number of Nodes Scheduled: ${status.desiredNumberScheduled ?? 0}`)
  lines.line(0, `Current Number of Nodes Scheduled: ${status.currentNumberScheduled ?? 0}`)
  lines.line(0, 'Number of Nodes Scheduled with Up-to-date Pods: '
    + `${status.updatedNumberScheduled ?? 0}`)
  lines.line(0, `Number of Nodes Scheduled with Available Pods: ${status.numberAvailable ?? 0}`)
  lines.line(0, `Number of Nodes Misscheduled: ${status.numberMisscheduled ?? 0}`)
  lines.field(0, 'Pods Status', podCounts(pods))
  podTemplate(lines, spec.template)
  describeEvents(lines, around.events, around.now)
  return lines.text
}

/** Models kubectl/describe describeJob. */
export function describeJob(object: Job, around: Around): string {
  const lines = new Lines()
  const { spec, status } = object
  named(lines, object)
  lines.field(0, 'Selector', selectorText(spec.selector))
  labelled(lines, object)
  lines.field(0, 'Parallelism', String(spec.parallelism ?? '<unset>'))
  lines.field(0, 'Completions', String(spec.completions ?? '<unset>'))
  if (spec.completionMode) lines.field(0, 'Completion Mode', spec.completionMode)
  lines.field(0, 'Suspend', String(spec.suspend === true))
  lines.field(0, 'Backoff Limit', String(spec.backoffLimit ?? 6))
  if (status.startTime) lines.field(0, 'Start Time', longTime(status.startTime))
  if (status.completionTime) lines.field(0, 'Completed At', longTime(status.completionTime))
  const [start, end] = [parseTime(status.startTime), parseTime(status.completionTime)]
  if (start !== undefined && end !== undefined) {
    lines.field(0, 'Duration', humanDuration(end - start))
  }
  lines.field(0, 'Pods Statuses', `${status.active ?? 0} Active (${status.ready ?? 0} Ready) / `
    + `${status.succeeded ?? 0} Succeeded / ${status.failed ?? 0} Failed`)
  podTemplate(lines, spec.template)
  describeEvents(lines, around.events, around.now)
  return lines.text
}
