import type { ResourceInfo } from '../../api/discovery.ts'
import type {
  ConfigMap, EndpointSlice, EndpointsObject, EventObject, Job, Lease, NamespaceObject, NodeObject,
  Pod, Secret, Service, ServiceAccount, Workload,
} from '../../api/kinds.ts'
import type { ApiObject } from '../../api/types.ts'
import { Failure } from '../command/failure.ts'
import type { Session } from '../session.ts'
import { describeNode } from './node.ts'
import {
  describeConfigMap, describeEndpoints, describeEndpointSlice, describeNamespace, describeSecret,
  describeService, describeServiceAccount, type Around,
} from './plain-objects.ts'
import { describePod } from './pod.ts'
import {
  describeDaemonSet, describeDeployment, describeJob, describeReplicaSet, describeStatefulSet,
  selectorText,
} from './workloads.ts'

export type Describer = (session: Session, object: ApiObject) => string

// The views of `api/kinds.ts` hold for what the server hands out; hence the casts here.
const describers: Readonly<Record<string, Describer>> = {
  pods: (session, object) => describePod(object as Pod, eventsOf(session, object), session.now),
  nodes: (session, object) => describeNode(object as NodeObject, {
    lease: session.find<Lease>(
      `/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${object.metadata.name}`),
    pods: runningOn(session, object.metadata.name), ...around(session, object),
  }),
  namespaces: (_, object) => describeNamespace(object as NamespaceObject),
  configmaps: (session, object) => describeConfigMap(object as ConfigMap, around(session, object)),
  secrets: (_, object) => describeSecret(object as Secret),
  serviceaccounts: (session, object) =>
    describeServiceAccount(object as ServiceAccount, around(session, object)),
  services: (session, object) =>
    describeService(object as Service, slicesOf(session, object), around(session, object)),
  endpoints: (session, object) =>
    describeEndpoints(object as EndpointsObject, around(session, object)),
  endpointslices: (session, object) =>
    describeEndpointSlice(object as EndpointSlice, around(session, object)),
  deployments: (session, object) =>
    describeDeployment(object as Workload, replicaSets(session, object), around(session, object)),
  replicasets: (session, object) =>
    describeReplicaSet(object as Workload, podsOf(session, object), around(session, object)),
  statefulsets: (session, object) =>
    describeStatefulSet(object as Workload, podsOf(session, object), around(session, object)),
  daemonsets: (session, object) =>
    describeDaemonSet(object as Workload, podsOf(session, object), around(session, object)),
  jobs: (session, object) => describeJob(object as Job, around(session, object)),
}

/** How objects of a resource are described. */
export function describerFor(info: ResourceInfo): Describer | undefined {
  return describers[info.name]
}

/** For a resource that exists here without a description of its own. */
export function notDescribed(info: ResourceInfo): Failure {
  return new Failure(`kubectl describe ${info.name} is not simulated in Grace`)
}

function around(session: Session, object: ApiObject): Around {
  return { events: eventsOf(session, object), now: session.now }
}

/** The server's events about an object; a node's are filed under its name. */
function eventsOf(
  session: Session, object: ApiObject,
): readonly EventObject[] | undefined {
  if (!session.flags.on('show-events')) return undefined
  const { namespace } = object.metadata
  const path = namespace === undefined ? '/api/v1/events' : `/api/v1/namespaces/${namespace}/events`
  return listed(session, path, eventsQuery(object))
}

export function eventsQuery({ metadata, kind }: ApiObject): { readonly fieldSelector: string } {
  const { namespace, name, uid } = metadata
  const fields = [
    ...(kind === 'Node' ? [`involvedObject.kind=${kind}`] : [`involvedObject.uid=${uid}`]),
    `involvedObject.name=${name}`,
    ...(namespace === undefined ? [] : [`involvedObject.namespace=${namespace}`]),
  ]
  return { fieldSelector: fields.join(',') }
}

function listed<T>(
  session: Session, path: string, query: Readonly<Record<string, string>>,
): readonly T[] {
  return session.request<{ items: readonly T[] }>('GET', path, { query }).items
}

function runningOn(session: Session, node: string): readonly Pod[] {
  return listed(session, '/api/v1/pods', {
    fieldSelector: `spec.nodeName=${node},status.phase!=Succeeded,status.phase!=Failed`,
  })
}

function slicesOf(session: Session, { metadata }: ApiObject): readonly EndpointSlice[] {
  return listed(session,
    `/apis/discovery.k8s.io/v1/namespaces/${metadata.namespace}/endpointslices`,
    { labelSelector: `kubernetes.io/service-name=${metadata.name}` })
}

function owned<T extends ApiObject>(list: readonly T[], { metadata }: ApiObject): readonly T[] {
  return list.filter((one) => one.metadata.ownerReferences?.some(({ uid }) => uid === metadata.uid))
}

function podsOf(session: Session, object: ApiObject): readonly Pod[] {
  const { spec, metadata } = object as Workload
  return owned(listed<Pod>(session, `/api/v1/namespaces/${metadata.namespace}/pods`, {
    labelSelector: selectorText(spec.selector),
  }), object)
}

/** The set with the deployment's own template, and the older ones. */
function replicaSets(session: Session, object: ApiObject) {
  const { spec, metadata } = object as Workload
  const all = owned(listed<Workload>(
    session, `/apis/apps/v1/namespaces/${metadata.namespace}/replicasets`,
    { labelSelector: selectorText(spec.selector) },
  ), object)
  const revision = 'deployment.kubernetes.io/revision'
  const current = all.find((set) => {
    return set.metadata.annotations?.[revision] === metadata.annotations?.[revision]
  })
  return { current, old: all.filter((set) => set !== current) }
}
