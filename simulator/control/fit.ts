import type {
  Container, NodeObject, NodeSelectorTerm, Pod, SelectorRequirement, Taint, Toleration,
} from '../api/kinds.ts'
import { NANO, nanosOf } from '../api/schema/quantity.ts'

/** What the filters found: a node, or for each node why it is none. */
export interface Fit {
  readonly node: string | undefined
  readonly nodes: number
  /** Reason → on how many nodes; a node may have several. */
  readonly reasons: ReadonlyMap<string, number>
  /** Nodes on which evicting others could help. */
  readonly preemptible: number
}

type Verdict = { readonly reasons: readonly string[]; readonly resolvable: boolean } | undefined

/** Runs the default filters in their order; the first that refuses a node speaks for it. */
export function fit(pod: Pod, nodes: readonly NodeObject[], placed: readonly Pod[]): Fit {
  const reasons = new Map<string, number>()
  let preemptible = 0
  for (const node of nodes) {
    const others = placed.filter((one) => one.spec.nodeName === node.metadata.name)
    const verdict = filter(pod, node, others)
    if (!verdict) {
      return { node: node.metadata.name, nodes: nodes.length, reasons: new Map(), preemptible: 0 }
    }
    for (const reason of verdict.reasons) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
    if (verdict.resolvable) preemptible++
  }
  return { node: undefined, nodes: nodes.length, reasons, preemptible }
}

/** Models framework.FitError with the words of dynamicresources and of preemption behind it. */
export function fitMessage(found: Fit | undefined): string {
  if (!found) return ''
  if (found.nodes === 0) return 'no nodes available to schedule pods'
  const listed = [...found.reasons].map(([reason, count]) => `${count} ${reason}`).sort()
  const head = `0/${found.nodes} nodes are available:`
  const helpless = found.nodes - found.preemptible
  const preemption = [
    ...(found.preemptible > 0
      ? [`${found.preemptible} No preemption victims found for incoming pod`] : []),
    ...(helpless > 0 ? [`${helpless} Preemption is not helpful for scheduling`] : []),
  ].sort().join(', ')
  return `${head} ${listed.join(', ')}. no new claims to deallocate, preemption: ${head} `
    + `${preemption}.`
}

function filter(pod: Pod, node: NodeObject, others: readonly Pod[]): Verdict {
  if (node.spec.unschedulable && !tolerates(pod, UNSCHEDULABLE)) {
    return hopeless('node(s) were unschedulable')
  }
  const taint = (node.spec.taints ?? []).find((one) => {
    return one.effect !== 'PreferNoSchedule' && !tolerates(pod, one)
  })
  if (taint) return hopeless('node(s) had untolerated taint(s)')
  if (!matchesNode(pod, node)) {
    return hopeless("node(s) didn't match Pod's node affinity/selector")
  }
  if (portsTaken(pod, others)) {
    return {
      reasons: ["node(s) didn't have free ports for the requested pod ports"], resolvable: true,
    }
  }
  return resources(pod, node, others)
}

function hopeless(reason: string): Verdict {
  return { reasons: [reason], resolvable: false }
}

const UNSCHEDULABLE: Taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }

function tolerates(pod: Pod, taint: Taint): boolean {
  return (pod.spec.tolerations ?? []).some((toleration) => matches(toleration, taint))
}

/** Models component-helpers Toleration.ToleratesTaint. */
function matches(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect && toleration.effect !== taint.effect) return false
  if (toleration.key && toleration.key !== taint.key) return false
  if (toleration.operator === 'Exists') return true
  return (toleration.value ?? '') === (taint.value ?? '')
}

function matchesNode(pod: Pod, node: NodeObject): boolean {
  const labels = node.metadata.labels ?? {}
  const selected = Object.entries(pod.spec.nodeSelector ?? {})
    .every(([key, value]) => labels[key] === value)
  const terms = pod.spec.affinity?.nodeAffinity
    ?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  return selected && (!terms || terms.some((term) => meetsTerm(term, node)))
}

function meetsTerm(term: NodeSelectorTerm, node: NodeObject): boolean {
  const { matchExpressions = [], matchFields = [] } = term
  if (matchExpressions.length + matchFields.length === 0) return false
  return matchExpressions.every((one) => meets(one, node.metadata.labels ?? {}))
    && matchFields.every((one) => meets(one, { 'metadata.name': node.metadata.name }))
}

function meets(
  { key, operator, values = [] }: SelectorRequirement, labels: Readonly<Record<string, string>>,
): boolean {
  const value = labels[key]
  switch (operator) {
    case 'In': return value !== undefined && values.includes(value)
    case 'NotIn': return value === undefined || !values.includes(value)
    case 'Exists': return value !== undefined
    case 'DoesNotExist': return value === undefined
    case 'Gt': return value !== undefined && Number(value) > Number(values[0])
    case 'Lt': return value !== undefined && Number(value) < Number(values[0])
    default: return false
  }
}

function portsTaken(pod: Pod, others: readonly Pod[]): boolean {
  const used = (one: Pod): string[] => one.spec.containers.flatMap((container) => {
    return (container.ports ?? []).filter((port) => port.hostPort)
      .map((port) => `${port.protocol}/${port.hostIP ?? '0.0.0.0'}/${port.hostPort}`)
  })
  const taken = new Set(others.flatMap(used))
  return used(pod).some((port) => taken.has(port))
}

const DEFAULT_PODS = '110'

/** Models noderesources/fit.go: what is asked for, beside what the node's pods have asked for. */
function resources(pod: Pod, node: NodeObject, others: readonly Pod[]): Verdict {
  const allocatable = node.status.allocatable ?? {}
  const reasons: string[] = []
  // One request beyond the whole node, and evicting others cannot help.
  let resolvable = true
  const pods = nanosOf(allocatable['pods'] ?? DEFAULT_PODS) / NANO
  if (BigInt(others.length) + 1n > pods) reasons.push('Too many pods')
  for (const name of requestedNames(pod)) {
    const asked = requested(pod, name)
    const room = nanosOf(allocatable[name])
    const used = others.reduce((sum, other) => sum + requested(other, name), 0n)
    if (asked === 0n || asked + used <= room) continue
    reasons.push(`Insufficient ${name}`)
    if (asked > room) resolvable = false
  }
  return reasons.length > 0 ? { reasons, resolvable } : undefined
}

function requestedNames(pod: Pod): readonly string[] {
  const containers = [...pod.spec.containers, ...pod.spec.initContainers ?? []]
  const names = containers.flatMap((one) => Object.keys(one.resources?.requests ?? {}))
  return [...new Set(['cpu', 'memory', ...names])]
}

/** Models component-helpers/resource PodRequests: side-cars add up, init containers peak. */
function requested(pod: Pod, name: string): bigint {
  const of = (container: Container): bigint => nanosOf(container.resources?.requests?.[name])
  let sidecars = 0n
  let peak = 0n
  for (const container of pod.spec.initContainers ?? []) {
    if (container.restartPolicy === 'Always') sidecars += of(container)
    else if (sidecars + of(container) > peak) peak = sidecars + of(container)
  }
  const sum = pod.spec.containers.reduce((total, one) => total + of(one), sidecars)
  return sum > peak ? sum : peak
}
