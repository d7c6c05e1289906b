import type {
  ConfigMap, EndpointSlice, EndpointsObject, EventObject, Job, Lease, NamespaceObject, NodeObject,
  Pod, Secret, Service, ServiceAccount, Workload,
} from '../kinds.ts'
import { formatSelector } from '../selectors.ts'
import { parseRfc3339 } from '../../time/dates.ts'
import type { ApiObject } from '../types.ts'
import { humanDuration } from '../../time/human-duration.ts'
import { age } from './ages.ts'
import { podRow } from './pod.ts'
import { columns } from './table.ts'
import type { Printer, Row } from './table.ts'

// Models pkg/printers/internalversion/printers.go.

function printer<T extends ApiObject>(
  names: string, row: (object: T, nowMillis: number) => readonly unknown[],
): Printer<T> {
  return { columns: columns(names), row: (object, now): Row => ({ cells: row(object, now) }) }
}

const born = (object: ApiObject, now: number): string => {
  return age(object.metadata.creationTimestamp, now)
}

/** Containers, Images and Selector of `-o wide`. */
function templateCells(object: Workload | Job): readonly string[] {
  const { containers } = object.spec.template.spec
  return [
    containers.map((one) => one.name).join(','), containers.map((one) => one.image).join(','),
    formatSelector(object.spec.selector),
  ]
}

const deployments = printer<Workload>(
  'Name Ready Up-to-date Available Age | Containers Images Selector', (object, now) => [
    object.metadata.name, `${object.status.readyReplicas ?? 0}/${object.spec.replicas ?? 0}`,
    object.status.updatedReplicas ?? 0, object.status.availableReplicas ?? 0, born(object, now),
    ...templateCells(object),
  ])

const replicasets = printer<Workload>(
  'Name Desired# Current# Ready# Age | Containers Images Selector', (object, now) => [
    object.metadata.name, object.spec.replicas ?? 0, object.status.replicas ?? 0,
    object.status.readyReplicas ?? 0, born(object, now), ...templateCells(object),
  ])

const statefulsets = printer<Workload>('Name Ready Age | Containers Images', (object, now) => [
  object.metadata.name, `${object.status.readyReplicas ?? 0}/${object.spec.replicas ?? 0}`,
  born(object, now), ...templateCells(object).slice(0, 2),
])

const daemonsets = printer<Workload>(
  'Name Desired# Current# Ready# Up-to-date# Available# Node_Selector Age '
  + '| Containers Images Selector', (object, now) => [
    object.metadata.name, object.status.desiredNumberScheduled ?? 0,
    object.status.currentNumberScheduled ?? 0, object.status.numberReady ?? 0,
    object.status.updatedNumberScheduled ?? 0, object.status.numberAvailable ?? 0,
    formatSelector({ matchLabels: object.spec.template.spec.nodeSelector ?? {} }),
    born(object, now), ...templateCells(object),
  ])

const jobs = printer<Job>(
  'Name Status Completions Duration Age | Containers Images Selector', (job, now) => {
    const { completions, parallelism } = job.spec
    const succeeded = job.status.succeeded ?? 0
    const of = completions ?? (parallelism && parallelism > 1 ? `1 of ${parallelism}` : '1')
    const start = parseRfc3339(job.status.startTime ?? '')
    const end = parseRfc3339(job.status.completionTime ?? '') ?? now
    return [
      job.metadata.name, jobStatus(job), `${succeeded}/${of}`,
      start === undefined ? '' : humanDuration(end - start), born(job, now),
      ...templateCells(job),
    ]
  })

function jobStatus(job: Job): string {
  const is = (type: string): boolean => {
    return job.status.conditions?.some((one) => one.type === type && one.status === 'True') ?? false
  }
  if (is('Complete')) return 'Complete'
  if (is('Failed')) return 'Failed'
  if (job.metadata.deletionTimestamp) return 'Terminating'
  if (is('Suspended')) return 'Suspended'
  if (is('FailureTarget')) return 'FailureTarget'
  if (is('SuccessCriteriaMet')) return 'SuccessCriteriaMet'
  return 'Running'
}

const services = printer<Service>(
  'Name Type Cluster-IP External-IP Port(s) Age | Selector', (service, now) => {
    const { spec } = service
    const ports = (spec.ports ?? []).map((port) => {
      return port.nodePort ? `${port.port}:${port.nodePort}/${port.protocol}`
        : `${port.port}/${port.protocol}`
    })
    return [
      service.metadata.name, spec.type, spec.clusterIPs?.[0] ?? (spec.clusterIP || '<none>'),
      externalIp(service), ports.join(',') || '<none>', born(service, now),
      formatSelector({ matchLabels: spec.selector ?? {} }),
    ]
  })

function externalIp(service: Service): string {
  const given = service.spec.externalIPs?.join(',') ?? ''
  if (service.spec.type === 'ExternalName') return service.spec.externalName ?? ''
  if (service.spec.type !== 'LoadBalancer') return given || '<none>'
  const ingress = service.status.loadBalancer?.ingress ?? []
  return ingress.map((one) => one.ip ?? one.hostname).join(',') || given || '<pending>'
}

const MOST_SHOWN = 3

function some(values: readonly string[], none: string): string {
  if (values.length === 0) return none
  const more = values.length > MOST_SHOWN ? ` + ${values.length - MOST_SHOWN} more...` : ''
  return values.slice(0, MOST_SHOWN).join(',') + more
}

const endpointslices = printer<EndpointSlice>(
  'Name AddressType Ports Endpoints Age', (slice, now) => [
    slice.metadata.name, slice.addressType,
    some((slice.ports ?? []).map((port) => {
      return port.port === undefined || port.port === null ? '*' : String(port.port)
    }), '<unset>'),
    some((slice.endpoints ?? []).flatMap((one) => one.addresses), '<unset>'), born(slice, now),
  ])

const endpoints = printer<EndpointsObject>('Name Endpoints Age', (object, now) => {
  const addresses = (object.subsets ?? []).flatMap((subset) => {
    return (subset.ports ?? []).flatMap((port) => {
      return (subset.addresses ?? []).map((address) => `${address.ip}:${port.port}`)
    })
  })
  return [object.metadata.name, some(addresses, '<none>'), born(object, now)]
})

const eventColumns = [
  ...columns('Last_Seen Type Reason Object'), ...columns(' | Subobject Source'),
  ...columns('Message'), ...columns(' | First_Seen Count# Name'),
]

function eventCells(event: EventObject, now: number): readonly unknown[] {
  const { involvedObject, series, source } = event
  const first = event.firstTimestamp ?? event.eventTime
  const last = series?.lastObservedTime ?? event.lastTimestamp ?? first
  const from = source?.component
    ? [source.component, source.host] : [event.reportingComponent, event.reportingInstance]
  return [
    age(last, now), event.type ?? '', event.reason ?? '',
    `${(involvedObject.kind ?? '').toLowerCase()}/${involvedObject.name ?? ''}`,
    involvedObject.fieldPath ?? '', from.filter(Boolean).join(', '),
    (event.message ?? '').trim(), age(first, now), series?.count ?? (event.count || 1),
    event.metadata.name,
  ]
}

const nodes = printer<NodeObject>(
  'Name Status Roles Age Version '
  + '| Internal-IP External-IP OS-Image Kernel-Version Container-Runtime', (node, now) => {
    const ready = node.status.conditions?.find((one) => one.type === 'Ready')
    const state = !ready ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady'
    const roles = Object.keys(node.metadata.labels ?? {})
      .filter((label) => label.startsWith('node-role.kubernetes.io/'))
      .map((label) => label.slice('node-role.kubernetes.io/'.length)).sort()
    const info = node.status.nodeInfo ?? {}
    const address = (type: string): string => {
      return node.status.addresses?.find((one) => one.type === type)?.address ?? '<none>'
    }
    return [
      node.metadata.name, node.spec.unschedulable ? `${state},SchedulingDisabled` : state,
      roles.join(',') || '<none>', born(node, now), info['kubeletVersion'] ?? '',
      address('InternalIP'), address('ExternalIP'), info['osImage'] ?? '<unknown>',
      info['kernelVersion'] ?? '<unknown>', info['containerRuntimeVersion'] ?? '<unknown>',
    ]
  })

const size = (map: object | undefined): number => Object.keys(map ?? {}).length

const printers: Readonly<Record<string, Printer>> = {
  deployments, replicasets, statefulsets, daemonsets, jobs, services, endpointslices, endpoints,
  nodes,
  pods: {
    columns: columns('Name Ready Status Restarts Age | IP Node Nominated_Node Readiness_Gates'),
    row: (pod: Pod, now) => podRow(pod, now),
  },
  events: {
    columns: eventColumns,
    row: (event: EventObject, now) => ({ cells: eventCells(event, now) }),
  },
  namespaces: printer<NamespaceObject>('Name Status Age', (object, now) => [
    object.metadata.name, object.status.phase ?? '', born(object, now),
  ]),
  configmaps: printer<ConfigMap>('Name Data Age', (object, now) => [
    object.metadata.name, size(object.data) + size(object.binaryData), born(object, now),
  ]),
  secrets: printer<Secret>('Name Type Data Age', (secret, now) => [
    secret.metadata.name, secret.type ?? '', size(secret.data), born(secret, now),
  ]),
  serviceaccounts: printer<ServiceAccount>('Name Secrets Age', (account, now) => [
    account.metadata.name, account.secrets?.length ?? 0, born(account, now),
  ]),
  leases: printer<Lease>('Name Holder Age', (lease, now) => [
    lease.metadata.name, lease.spec.holderIdentity ?? '', born(lease, now),
  ]),
}

/** Any type without a printer of its own. */
const plain = printer<ApiObject>('Name Created_At', (object) => [
  object.metadata.name, object.metadata.creationTimestamp,
])

export function printerOf(resource: string): Printer {
  return printers[resource] ?? plain
}
