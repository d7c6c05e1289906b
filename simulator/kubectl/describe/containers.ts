import type {
  Container, ContainerStateView, ContainerStatusView, EnvVar, Pod, Probe,
} from '../../api/kinds.ts'
import { compareText } from '../text/compare.ts'
import { longTime } from '../text/duration.ts'
import type { Lines } from './writer.ts'

/** What a field of the pod resolves to inside an environment variable. */
export interface EnvContext { readonly pod: Pod | undefined }

/**
 * A block of containers; inside a pod template the title is indented, and the names by one blank
 * more. Models kubectl/describe describeContainers.
 */
export function describeContainers(
  lines: Lines, title: string, containers: readonly Container[],
  statuses: readonly ContainerStatusView[], env: EnvContext, template = false,
): void {
  const inner = 2
  lines.line(template ? 1 : 0, `${title}:`)
  for (const container of containers) {
    const status = statuses.find(({ name }) => name === container.name)
    lines.line(0, `${template ? '   ' : '  '}${container.name}:`)
    basics(lines, container, status, inner)
    command(lines, container, inner)
    if (status) state(lines, status, inner)
    resources(lines, container, inner)
    probe(lines, 'Liveness', container.livenessProbe, inner)
    probe(lines, 'Readiness', container.readinessProbe, inner)
    probe(lines, 'Startup', container.startupProbe, inner)
    environment(lines, container, env, inner)
    mounts(lines, container, inner)
  }
}

function basics(
  lines: Lines, container: Container, status: ContainerStatusView | undefined, level: number,
): void {
  if (status) lines.field(level, 'Container ID', status.containerID ?? '')
  lines.field(level, 'Image', container.image)
  if (status) lines.field(level, 'Image ID', status.imageID)
  const ports = container.ports ?? []
  const named = (port: (typeof ports)[number]) => port.name ? ` (${port.name})` : ''
  const listed = (number: (port: (typeof ports)[number]) => number) =>
    ports.map((port) => `${number(port)}/${port.protocol}${named(port)}`).join(', ')
  const shown = listed((port) => port.containerPort)
  const hosts = listed((port) => port.hostPort ?? 0)
  lines.field(level, ports.length > 1 ? 'Ports' : 'Port', shown || '<none>')
  lines.field(level, ports.length > 1 ? 'Host Ports' : 'Host Port', hosts || '<none>')
}

function command(lines: Lines, container: Container, level: number): void {
  const parts = [['Command', container.command], ['Args', container.args]] as const
  for (const [title, words] of parts) {
    if (!words || words.length === 0) continue
    lines.line(level, `${title}:`)
    for (const word of words) for (const part of word.split('\n')) lines.line(level + 1, part)
  }
}

function state(lines: Lines, status: ContainerStatusView, level: number): void {
  describeState(lines, 'State', status.state, level)
  if (status.lastState.terminated) describeState(lines, 'Last State', status.lastState, level)
  lines.field(level, 'Ready', status.ready ? 'True' : 'False')
  lines.field(level, 'Restart Count', String(status.restartCount))
}

function describeState(lines: Lines, title: string, view: ContainerStateView, level: number): void {
  const { running, terminated, waiting } = view
  if (running) {
    lines.field(level, title, 'Running')
    lines.field(level + 1, 'Started', longTime(running.startedAt))
  } else if (terminated) {
    lines.field(level, title, 'Terminated')
    if (terminated.reason) lines.field(level + 1, 'Reason', terminated.reason)
    if (terminated.message) lines.field(level + 1, 'Message', terminated.message)
    lines.field(level + 1, 'Exit Code', String(terminated.exitCode))
    if (terminated.signal) lines.field(level + 1, 'Signal', String(terminated.signal))
    lines.field(level + 1, 'Started', longTime(terminated.startedAt))
    lines.field(level + 1, 'Finished', longTime(terminated.finishedAt))
  } else {
    lines.field(level, title, 'Waiting')
    if (waiting?.reason) lines.field(level + 1, 'Reason', waiting.reason)
  }
}

function resources(lines: Lines, container: Container, level: number): void {
  const { limits, requests } = container.resources ?? {}
  for (const [title, list] of [['Limits', limits], ['Requests', requests]] as const) {
    const names = Object.keys(list ?? {}).sort(compareText)
    if (names.length === 0) continue
    lines.line(level, `${title}:`)
    for (const name of names) lines.field(level + 1, name, String(list![name]))
  }
}

function probe(lines: Lines, title: string, value: Probe | undefined, level: number): void {
  if (value) lines.field(level, title, probeText(value))
}

/** Models kubectl/describe DescribeProbe. */
function probeText(probe: Probe): string {
  const attributes = `delay=${probe.initialDelaySeconds ?? 0}s timeout=${probe.timeoutSeconds}s `
    + `period=${probe.periodSeconds}s #success=${probe.successThreshold} `
    + `#failure=${probe.failureThreshold}`
  const { exec, httpGet, tcpSocket, grpc } = probe
  if (exec) return `exec [${(exec.command ?? []).join(' ')}] ${attributes}`
  if (httpGet) {
    const host = `${httpGet.host ?? ''}:${httpGet.port}`
    return `http-get ${httpGet.scheme.toLowerCase()}://${host}${httpGet.path} ${attributes}`
  }
  if (tcpSocket) return `tcp-socket ${tcpSocket.host ?? ''}:${tcpSocket.port} ${attributes}`
  if (grpc) return `grpc <pod>:${grpc.port} ${grpc.service ?? ''} ${attributes}`
  return `unknown ${attributes}`
}

function environment(lines: Lines, container: Container, context: EnvContext, level: number): void {
  if (container.envFrom && container.envFrom.length > 0) {
    lines.line(level, 'Environment Variables from:')
    for (const { prefix, configMapRef, secretRef } of container.envFrom) {
      const [from, ref] = configMapRef ? ['ConfigMap', configMapRef] : ['Secret', secretRef]
      const note = prefix ? ` with prefix '${prefix}'` : ''
      const optional = `Optional: ${ref?.optional === true}`
      lines.line(level + 1, `${ref?.name ?? ''}\t${from}${note}\t${optional}`)
    }
  }
  const variables = container.env ?? []
  if (variables.length === 0) {
    lines.field(level, 'Environment', '<none>')
    return
  }
  lines.line(level, 'Environment:')
  for (const variable of variables) {
    environmentVariable(lines, container, variable, context, level + 1)
  }
}

function environmentVariable(
  lines: Lines, container: Container, { name, value, valueFrom }: EnvVar, { pod }: EnvContext,
  level: number,
): void {
  if (!valueFrom) {
    (value ?? '').split('\n').forEach((part, at) => {
      lines.line(level, at === 0 ? `${name}:\t${part}` : `\t${part}`)
    })
    return
  }
  const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = valueFrom
  if (fieldRef) {
    const resolved = pod ? fieldOfPod(pod, fieldRef.fieldPath) : ''
    lines.line(level, `${name}:\t${resolved} (${fieldRef.apiVersion}:${fieldRef.fieldPath})`)
  } else if (resourceFieldRef) {
    const resolved = resourceValue(container, resourceFieldRef.resource)
    lines.line(level, `${name}:\t${resolved} (${resourceFieldRef.resource})`)
  } else if (secretKeyRef) {
    lines.line(level, `${name}:\t<set to the key '${secretKeyRef.key}' in secret `
      + `'${secretKeyRef.name}'>\tOptional: ${secretKeyRef.optional === true}`)
  } else if (configMapKeyRef) {
    lines.line(level, `${name}:\t<set to the key '${configMapKeyRef.key}' of config map `
      + `'${configMapKeyRef.name}'>\tOptional: ${configMapKeyRef.optional === true}`)
  }
}

/** kubectl resolves metadata only, so that addresses stay empty. */
function fieldOfPod(pod: Pod, path: string): string {
  const { metadata } = pod
  const keyed = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path)
  if (keyed) {
    return (keyed[1] === 'labels' ? metadata.labels : metadata.annotations)?.[keyed[2]!] ?? ''
  }
  if (path === 'metadata.name') return metadata.name
  if (path === 'metadata.namespace') return metadata.namespace ?? ''
  return path === 'metadata.uid' ? metadata.uid : ''
}

function resourceValue(container: Container, resource: string): string {
  const [list, name = ''] = resource.split('.')
  const { limits, requests } = container.resources
  const value = (list === 'limits' ? limits : requests)?.[name]
  if (value === undefined) return list === 'limits' ? 'node allocatable' : '0'
  return name === 'cpu' ? String(Math.ceil(cpus(String(value)))) : bytes(String(value))
}

function cpus(quantity: string): number {
  return quantity.endsWith('m') ? Number(quantity.slice(0, -1)) / 1000 : Number(quantity)
}

const units: Readonly<Record<string, number>> = {
  Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3, Ti: 1024 ** 4, k: 1e3, M: 1e6, G: 1e9, T: 1e12,
}

function bytes(quantity: string): string {
  const parts = /^([\d.]+)([A-Za-z]*)$/.exec(quantity)
  return parts ? String(Number(parts[1]) * (units[parts[2]!] ?? 1)) : quantity
}

function mounts(lines: Lines, container: Container, level: number): void {
  const list = container.volumeMounts ?? []
  if (list.length === 0) {
    lines.field(level, 'Mounts', '<none>')
    return
  }
  lines.line(level, 'Mounts:')
  for (const mount of list.toSorted((a, b) => compareText(a.mountPath, b.mountPath))) {
    const place = mount.subPath ? `,path="${mount.subPath}"` : ''
    const flags = (mount.readOnly ? 'ro' : 'rw') + place
    lines.line(level + 1, `${mount.mountPath} from ${mount.name} (${flags})`)
  }
}
