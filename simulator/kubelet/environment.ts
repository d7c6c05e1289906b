import type { Client } from '../api/client.ts'
import type { Container, EnvVar, KeyRef, Pod, Service } from '../api/kinds.ts'
import { decodeBase64 } from './base64.ts'
import type { Addresses } from './downward.ts'
import { downwardField, resourceField } from './downward.ts'
import { expand } from './expansion.ts'
import { namespaceOf } from './pod.ts'

type Variable = readonly [name: string, value: string]
type Failure = { readonly error: string }

/** Models kubelet/kubelet_pods.go makeEnvironmentVariables. */
export function environment(
  client: Client, pod: Pod, container: Container, addresses: Addresses,
): { readonly variables: readonly Variable[] } | Failure {
  const services = serviceVariables(client, pod)
  const own = new Map<string, string>()
  const failed = fromSources(client, pod, container, own)
  if (failed) return failed
  const known = new Map([...services, ...own])
  for (const variable of container.env ?? []) {
    const value = valueOf(client, pod, container, variable, addresses, known)
    if (typeof value === 'object') return value
    if (value === undefined) continue
    known.set(variable.name, value)
    own.set(variable.name, value)
  }
  const rest = [...services].filter(([name]) => !own.has(name))
  return { variables: [...own, ...rest] }
}

function fromSources(
  client: Client, pod: Pod, container: Container, into: Map<string, string>,
): Failure | undefined {
  const namespace = namespaceOf(pod)
  for (const { prefix = '', configMapRef, secretRef } of container.envFrom ?? []) {
    const source = configMapRef ?? secretRef
    if (!source) continue
    const data = configMapRef
      ? client.get('configmaps', namespace, source.name)?.data
        ?? (client.get('configmaps', namespace, source.name) ? {} : undefined)
      : secretData(client, namespace, source.name)
    if (data === undefined) {
      if (source.optional) continue
      return { error: `${configMapRef ? 'configmap' : 'secret'} "${source.name}" not found` }
    }
    for (const [key, value] of Object.entries(data)) into.set(prefix + key, value)
  }
  return undefined
}

function secretData(
  client: Client, namespace: string, name: string,
): Readonly<Record<string, string>> | undefined {
  const secret = client.get('secrets', namespace, name)
  if (!secret) return undefined
  const entries = Object.entries(secret.data ?? {})
  return Object.fromEntries(entries.map(([key, value]) => [key, decodeBase64(value)]))
}

function valueOf(
  client: Client, pod: Pod, container: Container, variable: EnvVar, addresses: Addresses,
  known: ReadonlyMap<string, string>,
): string | undefined | Failure {
  const from = variable.valueFrom
  if (!from) return expand(variable.value ?? '', known)
  if (from.fieldRef) return downwardField(pod, from.fieldRef.fieldPath, addresses)
  if (from.resourceFieldRef) return resourceField(pod, container, from.resourceFieldRef)
  const namespace = namespaceOf(pod)
  if (from.configMapKeyRef) {
    const map = client.get('configmaps', namespace, from.configMapKeyRef.name)
    return keyOf(map && (map.data ?? {}), from.configMapKeyRef, namespace, 'ConfigMap')
  }
  if (from.secretKeyRef) {
    const data = secretData(client, namespace, from.secretKeyRef.name)
    return keyOf(data, from.secretKeyRef, namespace, 'Secret')
  }
  return ''
}

function keyOf(
  data: Readonly<Record<string, string>> | undefined, ref: KeyRef, namespace: string,
  kind: 'ConfigMap' | 'Secret',
): string | undefined | Failure {
  const value = data?.[ref.key]
  if (value !== undefined || ref.optional) return value
  if (!data) return { error: `${kind.toLowerCase()} "${ref.name}" not found` }
  return { error: `couldn't find key ${ref.key} in ${kind} ${namespace}/${ref.name}` }
}

/** Models kubelet/envvars: the API server's service always, the namespace's own with links on. */
function serviceVariables(client: Client, pod: Pod): ReadonlyMap<string, string> {
  const variables = new Map<string, string>()
  const namespace = namespaceOf(pod)
  const master = client.get('services', 'default', 'kubernetes')
  const linked = pod.spec.enableServiceLinks === false ? [] : client.list('services', { namespace })
  const services = master && namespace !== 'default' ? [master, ...linked] : linked
  for (const service of services) addService(service, variables)
  return variables
}

function addService(service: Service, variables: Map<string, string>): void {
  const ip = service.spec.clusterIP
  const ports = service.spec.ports ?? []
  const [first] = ports
  if (!first || ip === undefined || ip === '' || ip === 'None') return
  const name = service.metadata.name.toUpperCase().replaceAll('-', '_')
  variables.set(`${name}_SERVICE_HOST`, ip).set(`${name}_SERVICE_PORT`, String(first.port))
  for (const port of ports) {
    if (port.name === undefined || port.name === '') continue
    const suffix = port.name.toUpperCase().replaceAll('-', '_')
    variables.set(`${name}_SERVICE_PORT_${suffix}`, String(port.port))
  }
  const url = (port: { protocol: string; port: number }): string =>
    `${port.protocol.toLowerCase()}://${ip}:${port.port}`
  variables.set(`${name}_PORT`, url(first))
  for (const port of ports) {
    const prefix = `${name}_PORT_${port.port}_${port.protocol}`
    variables.set(prefix, url(port)).set(`${prefix}_PROTO`, port.protocol.toLowerCase())
      .set(`${prefix}_PORT`, String(port.port)).set(`${prefix}_ADDR`, ip)
  }
}
