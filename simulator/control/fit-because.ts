import type { Pod } from '../api/kinds.ts'
import { nanosOf } from '../api/schema/quantity.ts'
import type { Because } from '../trace/entries.ts'
import type { Fit } from './fit.ts'

/** What of the manifest kept a pod from every node, for "why did this happen?". */
export function unfitBecause(pod: Pod, { reasons }: Fit): readonly Because[] {
  const fields: Because[] = []
  for (const reason of reasons.keys()) {
    if (reason.includes('affinity/selector')) fields.push(...selection(pod))
    const resource = /^Insufficient (.+)$/.exec(reason)?.[1]
    if (resource !== undefined) fields.push(...request(pod, resource))
    if (reason.includes('free ports')) fields.push(...hostPorts(pod))
  }
  return [...fields, { rule: 'no-node-fits' }]
}

function selection({ spec }: Pod): readonly Because[] {
  const selector = Object.entries(spec.nodeSelector ?? {})
  if (selector.length === 0) return [given('spec.affinity.nodeAffinity', '')]
  return selector.map(([key, value]) => given(`spec.nodeSelector.${key}`, value))
}

/** The container that asks for the most of it. */
function request({ spec }: Pod, resource: string): readonly Because[] {
  const asked = spec.containers.map((container, index) => ({
    field: `spec.containers[${index}].resources.requests.${resource}`,
    value: String(container.resources?.requests?.[resource] ?? ''),
  }))
  const [most] = asked.filter(({ value }) => value !== '').toSorted((a, b) => {
    const [left, right] = [nanosOf(a.value), nanosOf(b.value)]
    return left === right ? 0 : left > right ? -1 : 1
  })
  return most ? [given(most.field, most.value)] : []
}

function hostPorts({ spec }: Pod): readonly Because[] {
  return spec.containers.flatMap(({ ports = [] }, index) => ports.flatMap(({ hostPort }, port) =>
    (hostPort
      ? [given(`spec.containers[${index}].ports[${port}].hostPort`, String(hostPort))] : [])))
}

function given(field: string, value: string): Because {
  return { field, value, origin: 'manifest' }
}
