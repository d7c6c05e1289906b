import type { ApiObject } from './types.ts'
import type { Pod } from './kinds/pod.ts'
import type {
  ConfigMap, EndpointSlice, EndpointsObject, EventObject, Lease, NamespaceObject, NodeObject,
  Secret, Service, ServiceAccount,
} from './kinds/core.ts'
import type { Job, Workload } from './kinds/workloads.ts'

export type {
  Quantity, IntOrString, StringMap, ObjectReference, SelectorRequirement, LabelSelector,
} from './kinds/values.ts'
export type {
  Pod, PodSpec, Affinity, NodeSelectorTerm, PodSecurityContext, Toleration, Container,
  ContainerSecurityContext, ContainerPort, EnvVar, EnvVarSource, KeyRef, EnvFromSource,
  ResourceRequirements, VolumeMount, KeyToPath, DownwardItem, Volume, ProjectedSource, Handler,
  HttpGetAction, LifecycleHandler, Lifecycle, Probe,
} from './kinds/pod.ts'
export type {
  PodPhase, PodStatus, PodCondition, ContainerStatusView, ContainerStateView, TerminatedState,
} from './kinds/pod-status.ts'
export type {
  EventObject, NodeObject, Taint, NodeStatus, NodeCondition, NamespaceObject, ConfigMap, Secret,
  ServiceAccount, ServicePort, Service, LoadBalancerIngress, Endpoint, EndpointSlice,
  EndpointsObject, Lease,
} from './kinds/core.ts'
export type {
  PodTemplateSpec, WorkloadCondition, Workload, Job,
} from './kinds/workloads.ts'

/** Resource (plural) → its view: what `client.get('pods', …)` hands out. */
export interface Kinds {
  readonly pods: Pod
  readonly events: EventObject
  readonly nodes: NodeObject
  readonly namespaces: NamespaceObject
  readonly configmaps: ConfigMap
  readonly secrets: Secret
  readonly serviceaccounts: ServiceAccount
  readonly services: Service
  readonly endpoints: EndpointsObject
  readonly endpointslices: EndpointSlice
  readonly deployments: Workload
  readonly replicasets: Workload
  readonly statefulsets: Workload
  readonly daemonsets: Workload
  readonly jobs: Job
  readonly leases: Lease
}

export type Resource = keyof Kinds

export function isPod(object: ApiObject): object is Pod {
  return object.kind === 'Pod'
}

export function isService(object: ApiObject): object is Service {
  return object.kind === 'Service'
}

export function isEvent(object: ApiObject): object is EventObject {
  return object.kind === 'Event'
}

/** What is stored under a resource has its view: validation has seen to that. */
export function viewed<R extends Resource>(_resource: R, object: ApiObject): Kinds[R] {
  // The boundary between stored JSON and its views.
  return object as Kinds[R]
}
