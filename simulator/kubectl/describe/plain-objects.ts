import type {
  ConfigMap, EndpointSlice, EndpointsObject, EventObject, NamespaceObject, Secret, Service,
  ServiceAccount,
} from '../../api/kinds.ts'
import type { ApiObject } from '../../api/types.ts'
import { decodedLength } from '../text/base64.ts'
import { compareText } from '../text/compare.ts'
import { describeEvents } from './events.ts'
import { annotationsMultiline, labelsMultiline, Lines } from './writer.ts'

/** Objects whose description is little more than their fields. */
export type Around = { readonly events: readonly EventObject[] | undefined; readonly now: number }

function begun({ metadata }: ApiObject): Lines {
  const lines = new Lines()
  lines.field(0, 'Name', metadata.name)
  if (metadata.namespace !== undefined) lines.field(0, 'Namespace', metadata.namespace)
  labelsMultiline(lines, 0, 'Labels', metadata.labels)
  annotationsMultiline(lines, 'Annotations', metadata.annotations)
  return lines
}

/** Models kubectl/describe ConfigMapDescriber. */
export function describeConfigMap(object: ConfigMap, around: Around): string {
  const lines = begun(object)
  lines.line(0, '')
  lines.line(0, 'Data\n====')
  for (const [key, value] of sorted(object.data)) lines.line(0, `${key}:\n----\n${value}\n`)
  lines.line(0, '')
  lines.line(0, 'BinaryData\n====')
  for (const [key, value] of sorted(object.binaryData)) {
    lines.line(0, `${key}: ${decodedLength(value)} bytes`)
  }
  lines.line(0, '')
  describeEvents(lines, around.events, around.now)
  return lines.text
}

function sorted(data: Readonly<Record<string, string>> | undefined) {
  return Object.entries(data ?? {}).sort(([a], [b]) => compareText(a, b))
}

/** Models kubectl/describe describeSecret; values are not shown. */
export function describeSecret(object: Secret): string {
  const lines = begun(object)
  lines.line(0, '')
  lines.field(0, 'Type', object.type ?? '')
  lines.line(0, '')
  lines.line(0, 'Data\n====')
  for (const [key, value] of sorted(object.data)) {
    lines.field(0, key, `${decodedLength(value)} bytes`)
  }
  return lines.text
}

export function describeServiceAccount(object: ServiceAccount, around: Around): string {
  const lines = begun(object)
  lines.field(0, 'Image pull secrets', '<none>')
  const names = (object.secrets ?? []).map(({ name }) => name ?? '')
  lines.field(0, 'Mountable secrets', names[0] ?? '<none>')
  lines.field(0, 'Tokens', '<none>')
  describeEvents(lines, around.events, around.now)
  return lines.text
}

/** Models kubectl/describe describeNamespace, on a server without quotas and limit ranges. */
export function describeNamespace(object: NamespaceObject): string {
  const lines = begun(object)
  lines.field(0, 'Status', object.status.phase ?? '')
  lines.line(0, '')
  lines.line(0, 'No resource quota.')
  lines.line(0, '')
  lines.line(0, 'No LimitRange resource.')
  return lines.text
}

/** Models kubectl/describe describeService. */
export function describeService(
  object: Service, slices: readonly EndpointSlice[], around: Around,
): string {
  const lines = begun(object)
  const { spec } = object
  labelsMultiline(lines, 0, 'Selector', spec.selector)
  lines.field(0, 'Type', spec.type)
  const families = spec as {
    readonly ipFamilyPolicy?: string; readonly ipFamilies?: readonly string[]
  }
  if (families.ipFamilyPolicy) lines.field(0, 'IP Family Policy', families.ipFamilyPolicy)
  lines.field(0, 'IP Families', families.ipFamilies?.join(',') || '<none>')
  lines.field(0, 'IP', spec.clusterIP ?? '')
  lines.field(0, 'IPs', spec.clusterIPs?.join(',') || '<none>')
  if (spec.externalIPs?.length) lines.field(0, 'External IPs', spec.externalIPs.join(','))
  for (const port of spec.ports ?? []) {
    const name = port.name || '<unset>'
    lines.line(0, `Port:\t${name}\t${port.port}/${port.protocol}`)
    lines.field(0, 'TargetPort', `${port.targetPort}/${port.protocol}`)
    if (port.nodePort) lines.line(0, `NodePort:\t${name}\t${port.nodePort}/${port.protocol}`)
    lines.field(0, 'Endpoints', endpointList(slices, port.name ?? ''))
  }
  lines.field(0, 'Session Affinity', spec.sessionAffinity ?? 'None')
  const policies = spec as {
    readonly externalTrafficPolicy?: string; readonly internalTrafficPolicy?: string
  }
  if (policies.externalTrafficPolicy) {
    lines.field(0, 'External Traffic Policy', policies.externalTrafficPolicy)
  }
  if (policies.internalTrafficPolicy) {
    lines.field(0, 'Internal Traffic Policy', policies.internalTrafficPolicy)
  }
  describeEvents(lines, around.events, around.now)
  return lines.text
}

/** Addresses that are ready; more than three are only counted. */
function endpointList(slices: readonly EndpointSlice[], portName: string): string {
  const list = slices.flatMap((slice) => {
    const port = slice.ports?.find(({ name }) => (name ?? '') === portName)?.port
    return (slice.endpoints ?? []).filter(({ conditions }) => conditions?.ready !== false)
      .flatMap(({ addresses }) => addresses.map((address) => `${address}:${port ?? ''}`))
  })
  if (list.length === 0) return ''
  return list.slice(0, 3).join(',') + (list.length > 3 ? ` + ${list.length - 3} more...` : '')
}

/** Models kubectl/describe describeEndpointSliceV1. */
export function describeEndpointSlice(object: EndpointSlice, around: Around): string {
  const lines = begun(object)
  lines.field(0, 'AddressType', object.addressType)
  portTable(lines, object.ports ?? [], 0)
  const endpoints = object.endpoints ?? []
  if (endpoints.length === 0) lines.line(0, 'Endpoints:\t<none>')
  else lines.line(0, 'Endpoints:')
  for (const { addresses, conditions, targetRef, nodeName } of endpoints) {
    lines.field(1, '- Addresses', addresses.join(', '))
    lines.line(2, 'Conditions:')
    lines.field(3, 'Ready', conditions?.ready === undefined ? '<unset>' : String(conditions.ready))
    lines.field(2, 'Hostname', '<unset>')
    if (targetRef) lines.field(2, 'TargetRef', `${targetRef.kind ?? ''}/${targetRef.name ?? ''}`)
    lines.field(2, 'NodeName', nodeName ?? '<unset>')
    lines.field(2, 'Zone', '<unset>')
  }
  describeEvents(lines, around.events, around.now)
  return lines.text
}

interface Port { readonly name?: string; readonly port?: number | null; readonly protocol?: string }

function portTable(lines: Lines, ports: readonly Port[], level: number): void {
  if (ports.length === 0) {
    lines.field(level, 'Ports', '<unset>')
    return
  }
  lines.line(level, 'Ports:')
  lines.line(level + 1, 'Name\tPort\tProtocol')
  lines.line(level + 1, '----\t----\t--------')
  for (const { name, port, protocol } of ports) {
    lines.line(level + 1, `${name || '<unset>'}\t${port ?? ''}\t${protocol ?? ''}`)
  }
}

/** Models kubectl/describe describeEndpoints. */
export function describeEndpoints(object: EndpointsObject, around: Around): string {
  const lines = begun(object)
  lines.line(0, 'Subsets:')
  for (const { addresses = [], notReadyAddresses = [], ports = [] } of object.subsets ?? []) {
    lines.field(1, 'Addresses', addresses.map(({ ip }) => ip).join(',') || '<none>')
    lines.field(1, 'NotReadyAddresses', notReadyAddresses.map(({ ip }) => ip).join(',') || '<none>')
    if (ports.length > 0) portTable(lines, ports, 1)
    lines.line(0, '')
  }
  describeEvents(lines, around.events, around.now)
  return lines.text
}
