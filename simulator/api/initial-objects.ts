import { rfc3339, rfc3339Nano } from '../time/dates.ts'
import { namespaceContents } from './namespace-contents.ts'
import type { Server } from './server.ts'
import type { Planned } from './store.ts'
import type { ApiObject } from './types.ts'

// What a fresh cluster holds before anybody has asked it for anything.

/** How old the cluster is when a lab begins, so that its own objects read as settled. */
const CLUSTER_AGE_MILLIS = 48 * 60_000
/** Namespaces of the lab's own are made just before. */
const NAMESPACE_AGE_MILLIS = 5_000

const NODE_NAME = 'node-1'
const NODE_ADDRESS = '192.168.49.2'
const API_ADDRESS = '10.96.0.1'
const SYSTEM_NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system']

export function initialObjects(
  server: Server, namespaces: readonly string[],
): readonly Planned[] {
  const start = server.clock.startEpochMillis
  const booted = rfc3339(start - CLUSTER_AGE_MILLIS)
  const recent = rfc3339(start - NAMESPACE_AGE_MILLIS)
  const own = namespaces.filter((name) => !SYSTEM_NAMESPACES.includes(name))
  const add = (resource: string, object: ApiObject): Planned => {
    return { type: 'ADDED', resource, object }
  }
  return [
    ...SYSTEM_NAMESPACES.flatMap((name) => [
      add('namespaces', namespace(server, name, booted)),
      ...namespaceContents(server, name, booted),
    ]),
    ...own.flatMap((name) => [
      add('namespaces', namespace(server, name, recent)),
      ...namespaceContents(server, name, recent),
    ]),
    add('nodes', node(server, booted, start)),
    add('leases', lease(server, booted, start)),
    add('services', apiService(server, booted)),
    add('endpoints', {
      apiVersion: 'v1', kind: 'Endpoints',
      metadata: {
        ...metadata(server, 'endpoints', 'kubernetes', booted, 'default'),
        labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' },
      },
      subsets: [{
        addresses: [{ ip: NODE_ADDRESS }],
        ports: [{ name: 'https', port: 6443, protocol: 'TCP' }],
      }],
    }),
    add('endpointslices', {
      apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', addressType: 'IPv4',
      metadata: {
        ...metadata(server, 'endpointslices', 'kubernetes', booted, 'default'), generation: 1,
        labels: { 'kubernetes.io/service-name': 'kubernetes' },
      },
      endpoints: [{ addresses: [NODE_ADDRESS], conditions: { ready: true } }],
      ports: [{ name: 'https', port: 6443, protocol: 'TCP' }],
    }),
  ]
}

function metadata(
  server: Server, resource: string, name: string, created: string, inNamespace?: string,
): ApiObject['metadata'] {
  return {
    name, ...(inNamespace === undefined ? {} : { namespace: inNamespace }),
    creationTimestamp: created, resourceVersion: '',
    uid: server.names.uid(`${resource}/${inNamespace ?? ''}/${name}`),
  }
}

function namespace(server: Server, name: string, created: string): ApiObject {
  return {
    apiVersion: 'v1', kind: 'Namespace',
    metadata: {
      ...metadata(server, 'namespaces', name, created),
      labels: { 'kubernetes.io/metadata.name': name },
    },
    spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' },
  }
}

function apiService(server: Server, created: string): ApiObject {
  return {
    apiVersion: 'v1', kind: 'Service',
    metadata: {
      ...metadata(server, 'services', 'kubernetes', created, 'default'),
      labels: { component: 'apiserver', provider: 'kubernetes' },
    },
    spec: {
      clusterIP: API_ADDRESS, clusterIPs: [API_ADDRESS], internalTrafficPolicy: 'Cluster',
      ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack',
      ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }],
      sessionAffinity: 'None', type: 'ClusterIP',
    },
    status: { loadBalancer: {} },
  }
}

const CAPACITY = {
  cpu: '2', 'ephemeral-storage': '61255492Ki', 'hugepages-1Gi': '0', 'hugepages-2Mi': '0',
  memory: '8144680Ki', pods: '110',
}

function node(server: Server, created: string, start: number): ApiObject {
  const labels = {
    'beta.kubernetes.io/arch': 'amd64', 'beta.kubernetes.io/os': 'linux',
    'kubernetes.io/arch': 'amd64', 'kubernetes.io/hostname': NODE_NAME,
    'kubernetes.io/os': 'linux',
  }
  const condition = (type: string, status: string, reason: string, message: string): object => ({
    type, status, reason, message, lastHeartbeatTime: rfc3339(start - HEARTBEAT_MILLIS / 2),
    lastTransitionTime: created,
  })
  return {
    apiVersion: 'v1', kind: 'Node',
    metadata: {
      ...metadata(server, 'nodes', NODE_NAME, created), labels,
      annotations: {
        'node.alpha.kubernetes.io/ttl': '0',
        'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
      },
    },
    spec: {},
    status: {
      addresses: [
        { type: 'InternalIP', address: NODE_ADDRESS }, { type: 'Hostname', address: NODE_NAME },
      ],
      allocatable: {
        ...CAPACITY, 'ephemeral-storage': '56453061334', memory: '8042280Ki',
      },
      capacity: CAPACITY,
      conditions: [
        condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory',
          'kubelet has sufficient memory available'),
        condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure',
          'kubelet has no disk pressure'),
        condition('PIDPressure', 'False', 'KubeletHasSufficientPID',
          'kubelet has sufficient PID available'),
        condition('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
      ],
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      nodeInfo: nodeInfo(server),
    },
  }
}

function nodeInfo(server: Server): object {
  return {
    architecture: 'amd64', bootID: server.chance.uuid('node', 'boot'),
    containerRuntimeVersion: 'containerd://1.6.20', kernelVersion: '6.1.0-amd64',
    kubeProxyVersion: '', kubeletVersion: 'v1.34.9',
    machineID: server.chance.uuid('node', 'machine').replaceAll('-', ''),
    operatingSystem: 'linux', osImage: 'Debian GNU/Linux 12 (bookworm)',
    systemUUID: server.chance.uuid('node', 'system'),
  }
}

function lease(server: Server, created: string, start: number): ApiObject {
  return {
    apiVersion: 'coordination.k8s.io/v1', kind: 'Lease',
    metadata: {
      ...metadata(server, 'leases', NODE_NAME, created, 'kube-node-lease'),
      ownerReferences: [{
        apiVersion: 'v1', kind: 'Node', name: NODE_NAME,
        uid: server.names.uid(`nodes//${NODE_NAME}`),
      }],
    },
    spec: {
      holderIdentity: NODE_NAME, leaseDurationSeconds: 40,
      renewTime: micro(start - LEASE_MILLIS / 2),
    },
  }
}

const HEARTBEAT_MILLIS = 300_000
const LEASE_MILLIS = 10_000

/**
 * The kubelet renews its lease every ten seconds and its node's conditions every five minutes.
 * Nothing waits for that, so it happens when somebody looks: an idle lab costs nothing.
 */
export function freshened(server: Pick<Server, 'clock'>, object: ApiObject): ApiObject {
  if (object.metadata.name !== NODE_NAME) return object
  const now = server.clock.epochMillis()
  const last = (period: number): number => {
    const sinceStart = server.clock.now() + period / 2
    return now - (sinceStart % period)
  }
  if (object.kind === 'Lease') {
    const spec = { ...fields(object['spec']), renewTime: micro(last(LEASE_MILLIS)) }
    return { ...object, spec }
  }
  if (object.kind !== 'Node') return object
  const status = fields(object['status'])
  const conditions = Array.isArray(status['conditions']) ? status['conditions'] : []
  const lastHeartbeatTime = rfc3339(last(HEARTBEAT_MILLIS))
  const beating = conditions.map((one: unknown) => ({ ...fields(one), lastHeartbeatTime }))
  return { ...object, status: { ...status, conditions: beating } }
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

/** Times with microseconds, as leases have them. */
function micro(epochMillis: number): string {
  return `${rfc3339Nano(epochMillis).slice(0, -4)}Z`
}
