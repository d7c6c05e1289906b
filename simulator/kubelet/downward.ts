import type { Container, Pod, Quantity } from '../api/kinds.ts'
import { node } from './node.ts'
import { namespaceOf } from './pod.ts'
import { quantityValue } from './quantity.ts'

/** What a node offers, where a container sets no limit of its own. */
const nodeResources: Readonly<Record<string, Quantity>> = { cpu: '2', memory: '4Gi' }

/** What only the node knows of a pod. */
export interface Addresses { readonly podIp: string; readonly nodeAddress: string }

/** Models fieldpath.ExtractFieldPathAsString with what the kubelet adds from the status. */
export function downwardField(pod: Pod, path: string, addresses: Addresses): string {
  const subscript = /^metadata\.(labels|annotations)\['([^']*)'\]$/.exec(path)
  if (subscript) {
    const map = subscript[1] === 'labels' ? pod.metadata.labels : pod.metadata.annotations
    return map?.[subscript[2]!] ?? ''
  }
  switch (path) {
    case 'metadata.name': return pod.metadata.name
    case 'metadata.namespace': return namespaceOf(pod)
    case 'metadata.uid': return pod.metadata.uid
    case 'metadata.labels': return pairs(pod.metadata.labels)
    case 'metadata.annotations': return pairs(pod.metadata.annotations)
    case 'spec.nodeName': return node.name
    case 'spec.serviceAccountName': return pod.spec.serviceAccountName ?? ''
    case 'status.hostIP':
    case 'status.hostIPs': return addresses.nodeAddress
    case 'status.podIP':
    case 'status.podIPs': return addresses.podIp
    default: return ''
  }
}

/** Models resource.ExtractContainerResourceValue: rounded up to the divisor. */
export function resourceField(
  pod: Pod, container: Container,
  ref: { readonly resource: string; readonly containerName?: string; readonly divisor?: Quantity },
): string {
  const owner = pod.spec.containers.find(({ name }) => name === ref.containerName) ?? container
  const [kind, name = ''] = ref.resource.split('.')
  const given = kind === 'limits' ? owner.resources?.limits : owner.resources?.requests
  const fallback = kind === 'limits' ? nodeResources[name] ?? '0' : '0'
  const divisor = quantityValue(ref.divisor ?? '1') || 1
  return String(Math.ceil(quantityValue(given?.[name] ?? fallback) / divisor))
}

/** One `key="value"` a line, sorted by key. */
function pairs(map: Readonly<Record<string, string>> | undefined): string {
  const keys = Object.keys(map ?? {}).sort()
  return keys.map((key) => `${key}=${JSON.stringify(map![key])}`).join('\n')
}
