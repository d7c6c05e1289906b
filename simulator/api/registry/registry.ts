import {
  daemonSetDefaults, deploymentDefaults, jobDefaults, replicatedDefaults, serviceDefaults,
  statefulSetDefaults,
} from '../defaults/workloads.ts'
import type {
  ConfigMap, EventObject, Job, NamespaceObject, Secret, Service, Workload,
} from '../kinds.ts'
import { without } from '../json.ts'
import type { FieldError } from '../status.ts'
import type { ApiObject } from '../types.ts'
import { validateMetadata } from '../validation/metadata.ts'
import { dns1123Label, dns1123Subdomain } from '../validation/names.ts'
import { templateWarnings } from '../validation/warnings.ts'
import {
  validateJob, validateJobUpdate, validateKeyed, validateKeyedUpdate, validateService,
  validateWorkload, validateWorkloadUpdate,
} from '../validation/workloads.ts'
import { podStrategy } from './pods.ts'
import { strategy } from './strategy.ts'
import type { Strategy } from './strategy.ts'

const named = (object: ApiObject): FieldError[] => {
  return validateMetadata(object.metadata, dns1123Subdomain)
}

function workload(kind: string, defaults: (object: Workload) => Workload): Strategy {
  return strategy({
    type: `apps/v1.${kind}`, hasStatus: true, hasGeneration: true, defaults,
    prepareCreate: (object: Workload) => ({
      ...object, status: kind === 'ReplicaSet' || kind === 'StatefulSet' ? { replicas: 0 } : {},
    }),
    validate: (object: Workload) => validateWorkload(object),
    validateUpdate: (next: Workload, old: Workload) => validateWorkloadUpdate(next, old),
    warnings: (object: Workload) => templateWarnings(object.spec.template.spec),
  })
}

/** Models the core namespace strategy: the label with its name, and the finalizer. */
const namespaces = strategy({
  type: 'v1.Namespace', hasStatus: true,
  defaults: (object: NamespaceObject) => ({
    ...object,
    metadata: {
      ...object.metadata,
      labels: { ...object.metadata.labels, 'kubernetes.io/metadata.name': object.metadata.name },
    },
  }),
  prepareCreate: (object: NamespaceObject) => ({
    ...object, spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' },
  }),
  validate: (object: ApiObject) => validateMetadata(object.metadata, dns1123Label),
})

/** stringData is a way to write data; it is never stored. */
const secrets = strategy({
  type: 'v1.Secret',
  defaults: (secret: Secret) => {
    const plain: unknown = secret['stringData']
    const added = Object.entries(typeof plain === 'object' && plain !== null ? plain : {})
      .map(([key, text]) => [key, base64(String(text))] as const)
    const data = { ...secret.data, ...Object.fromEntries(added) }
    const { kind, apiVersion, metadata } = secret
    return {
      ...without(secret, 'stringData', 'data'), kind, apiVersion, metadata,
      type: secret.type ?? 'Opaque', ...(Object.keys(data).length > 0 ? { data } : {}),
    }
  },
  validate: (secret: Secret) => validateKeyed(secret),
  validateUpdate: (next: Secret, old: Secret) => validateKeyedUpdate(next, old),
})

export const strategies: Readonly<Record<string, Strategy>> = {
  pods: podStrategy, namespaces, secrets,
  configmaps: strategy({
    type: 'v1.ConfigMap',
    validate: (object: ConfigMap) => validateKeyed(object),
    validateUpdate: (next: ConfigMap, old: ConfigMap) => validateKeyedUpdate(next, old),
  }),
  events: strategy({
    type: 'v1.Event',
    prepareCreate: (event: EventObject) => ({
      ...event, source: event.source ?? {}, eventTime: event.eventTime ?? null,
      firstTimestamp: event.firstTimestamp ?? null, lastTimestamp: event.lastTimestamp ?? null,
      reportingComponent: event.reportingComponent ?? '',
      reportingInstance: event.reportingInstance ?? '',
    }),
    validate: named,
  }),
  nodes: strategy({ type: 'v1.Node', hasStatus: true, validate: named }),
  serviceaccounts: strategy({ type: 'v1.ServiceAccount', validate: named }),
  services: strategy({
    type: 'v1.Service', hasStatus: true,
    defaults: (service: Service) => serviceDefaults(service),
    prepareCreate: (service: Service) => ({ ...service, status: { loadBalancer: {} } }),
    validate: (service: Service) => validateService(service),
  }),
  endpoints: strategy({ type: 'v1.Endpoints', validate: named }),
  endpointslices: strategy({
    type: 'discovery.k8s.io/v1.EndpointSlice', hasGeneration: true, validate: named,
  }),
  deployments: workload('Deployment', deploymentDefaults),
  replicasets: workload('ReplicaSet', replicatedDefaults),
  statefulsets: workload('StatefulSet', statefulSetDefaults),
  daemonsets: workload('DaemonSet', daemonSetDefaults),
  jobs: strategy({
    type: 'batch/v1.Job', hasStatus: true, hasGeneration: true,
    defaults: (job: Job) => jobDefaults(job),
    prepareCreate: (job: Job) => ({ ...job, status: {} }),
    validate: (job: Job) => validateJob(job),
    validateUpdate: (next: Job, old: Job) => validateJobUpdate(next, old),
  }),
  leases: strategy({ type: 'coordination.k8s.io/v1.Lease', validate: named }),
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Base64 of a text in UTF-8. */
export function base64(text: string): string {
  const bytes: number[] = []
  for (const char of text) {
    const code = char.codePointAt(0)!
    if (code < 0x80) bytes.push(code)
    else if (code < 0x800) bytes.push(0xc0 | code >> 6, 0x80 | code & 63)
    else if (code < 0x10000) {
      bytes.push(0xe0 | code >> 12, 0x80 | code >> 6 & 63, 0x80 | code & 63)
    } else {
      bytes.push(0xf0 | code >> 18, 0x80 | code >> 12 & 63, 0x80 | code >> 6 & 63,
        0x80 | code & 63)
    }
  }
  let out = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const group = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    const left = bytes.length - at
    out += ALPHABET[group >> 18]! + ALPHABET[group >> 12 & 63]!
      + (left > 1 ? ALPHABET[group >> 6 & 63]! : '=') + (left > 2 ? ALPHABET[group & 63]! : '=')
  }
  return out
}
