/** One row of discovery: how a resource is named and what can be done with it. */
export interface ResourceInfo {
  /** Plural, as in paths: `pods`. */
  readonly name: string
  readonly singular: string
  readonly shortNames: readonly string[]
  readonly kind: string
  /** '' for core. */
  readonly group: string
  readonly version: string
  readonly namespaced: boolean
  readonly verbs: readonly string[]
  readonly categories: readonly string[]
  readonly subresources: readonly string[]
  /** False: the name is known, as on a real cluster, but nothing can be stored under it here. */
  readonly simulated: boolean
}

const STANDARD = [
  'create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch',
]

const SIMULATED = new Set([
  'configmaps', 'endpoints', 'events', 'namespaces', 'nodes', 'pods', 'secrets',
  'serviceaccounts', 'services', 'daemonsets', 'deployments', 'replicasets', 'statefulsets',
  'jobs', 'leases', 'endpointslices',
])

const VERBS: Readonly<Record<string, readonly string[]>> = {
  bindings: ['create'], componentstatuses: ['get', 'list'], selfsubjectreviews: ['create'],
  tokenreviews: ['create'], localsubjectaccessreviews: ['create'],
  selfsubjectaccessreviews: ['create'], selfsubjectrulesreviews: ['create'],
  subjectaccessreviews: ['create'],
  namespaces: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
}

const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  pods: ['all'], replicationcontrollers: ['all'], services: ['all'], daemonsets: ['all'],
  deployments: ['all'], replicasets: ['all'], statefulsets: ['all'],
  horizontalpodautoscalers: ['all'], cronjobs: ['all'], jobs: ['all'],
  mutatingwebhookconfigurations: ['api-extensions'],
  validatingadmissionpolicies: ['api-extensions'],
  validatingadmissionpolicybindings: ['api-extensions'],
  validatingwebhookconfigurations: ['api-extensions'],
  customresourcedefinitions: ['api-extensions'], apiservices: ['api-extensions'],
}

const SUBRESOURCES: Readonly<Record<string, readonly string[]>> = {
  pods: [
    'attach', 'binding', 'ephemeralcontainers', 'eviction', 'exec', 'log', 'portforward',
    'resize', 'status',
  ],
  namespaces: ['finalize', 'status'], nodes: ['status'], services: ['status'],
  deployments: ['scale', 'status'], replicasets: ['scale', 'status'],
  statefulsets: ['scale', 'status'], daemonsets: ['status'], jobs: ['status'],
}

/** Plural, Kind, short names; a `*` before the plural marks a cluster-scoped resource. */
type Row = readonly [string, string, string?]

const CORE: readonly Row[] = [
  ['bindings', 'Binding'], ['*componentstatuses', 'ComponentStatus', 'cs'],
  ['configmaps', 'ConfigMap', 'cm'], ['endpoints', 'Endpoints', 'ep'],
  ['events', 'Event', 'ev'], ['limitranges', 'LimitRange', 'limits'],
  ['*namespaces', 'Namespace', 'ns'], ['*nodes', 'Node', 'no'],
  ['persistentvolumeclaims', 'PersistentVolumeClaim', 'pvc'],
  ['*persistentvolumes', 'PersistentVolume', 'pv'], ['pods', 'Pod', 'po'],
  ['podtemplates', 'PodTemplate'], ['replicationcontrollers', 'ReplicationController', 'rc'],
  ['resourcequotas', 'ResourceQuota', 'quota'], ['secrets', 'Secret'],
  ['serviceaccounts', 'ServiceAccount', 'sa'], ['services', 'Service', 'svc'],
]

const GROUPS: readonly (readonly [string, readonly Row[]])[] = [
  ['admissionregistration.k8s.io/v1', [
    ['*mutatingwebhookconfigurations', 'MutatingWebhookConfiguration'],
    ['*validatingadmissionpolicies', 'ValidatingAdmissionPolicy'],
    ['*validatingadmissionpolicybindings', 'ValidatingAdmissionPolicyBinding'],
    ['*validatingwebhookconfigurations', 'ValidatingWebhookConfiguration'],
  ]],
  ['apiextensions.k8s.io/v1', [
    ['*customresourcedefinitions', 'CustomResourceDefinition', 'crd,crds'],
  ]],
  ['apiregistration.k8s.io/v1', [['*apiservices', 'APIService']]],
  ['apps/v1', [
    ['controllerrevisions', 'ControllerRevision'], ['daemonsets', 'DaemonSet', 'ds'],
    ['deployments', 'Deployment', 'deploy'], ['replicasets', 'ReplicaSet', 'rs'],
    ['statefulsets', 'StatefulSet', 'sts'],
  ]],
  ['authentication.k8s.io/v1', [
    ['*selfsubjectreviews', 'SelfSubjectReview'], ['*tokenreviews', 'TokenReview'],
  ]],
  ['authorization.k8s.io/v1', [
    ['localsubjectaccessreviews', 'LocalSubjectAccessReview'],
    ['*selfsubjectaccessreviews', 'SelfSubjectAccessReview'],
    ['*selfsubjectrulesreviews', 'SelfSubjectRulesReview'],
    ['*subjectaccessreviews', 'SubjectAccessReview'],
  ]],
  ['autoscaling/v2', [['horizontalpodautoscalers', 'HorizontalPodAutoscaler', 'hpa']]],
  ['batch/v1', [['cronjobs', 'CronJob', 'cj'], ['jobs', 'Job']]],
  ['certificates.k8s.io/v1', [
    ['*certificatesigningrequests', 'CertificateSigningRequest', 'csr'],
  ]],
  ['coordination.k8s.io/v1', [['leases', 'Lease']]],
  ['discovery.k8s.io/v1', [['endpointslices', 'EndpointSlice']]],
  ['events.k8s.io/v1', [['events', 'Event', 'ev']]],
  ['flowcontrol.apiserver.k8s.io/v1', [
    ['*flowschemas', 'FlowSchema'],
    ['*prioritylevelconfigurations', 'PriorityLevelConfiguration'],
  ]],
  ['networking.k8s.io/v1', [
    ['*ingressclasses', 'IngressClass'], ['ingresses', 'Ingress', 'ing'],
    ['*ipaddresses', 'IPAddress', 'ip'], ['networkpolicies', 'NetworkPolicy', 'netpol'],
    ['*servicecidrs', 'ServiceCIDR'],
  ]],
  ['node.k8s.io/v1', [['*runtimeclasses', 'RuntimeClass']]],
  ['policy/v1', [['poddisruptionbudgets', 'PodDisruptionBudget', 'pdb']]],
  ['rbac.authorization.k8s.io/v1', [
    ['*clusterrolebindings', 'ClusterRoleBinding'], ['*clusterroles', 'ClusterRole'],
    ['rolebindings', 'RoleBinding'], ['roles', 'Role'],
  ]],
  ['resource.k8s.io/v1', [
    ['*deviceclasses', 'DeviceClass'], ['resourceclaims', 'ResourceClaim'],
    ['resourceclaimtemplates', 'ResourceClaimTemplate'], ['*resourceslices', 'ResourceSlice'],
  ]],
  ['scheduling.k8s.io/v1', [['*priorityclasses', 'PriorityClass', 'pc']]],
  ['storage.k8s.io/v1', [
    ['*csidrivers', 'CSIDriver'], ['*csinodes', 'CSINode'],
    ['csistoragecapacities', 'CSIStorageCapacity'], ['*storageclasses', 'StorageClass', 'sc'],
    ['*volumeattachments', 'VolumeAttachment'],
    ['*volumeattributesclasses', 'VolumeAttributesClass', 'vac'],
  ]],
]

/** Everything a v1.34 server tells in discovery (preferred versions), in its order. */
export const resources: readonly ResourceInfo[] = [
  ...CORE.map((row) => resourceInfo('v1', row)),
  ...GROUPS.flatMap(([groupVersion, rows]) => rows.map((row) => resourceInfo(groupVersion, row))),
]

/** Every group and version served, sorted as `kubectl api-versions` prints them. */
export const groupVersions: readonly string[] = [
  ...GROUPS.map(([groupVersion]) => groupVersion), 'autoscaling/v1', 'v1',
].sort()

const byName = new Map([...resources].reverse().map((info) => [info.name, info]))
const byPath = new Map(resources.map((info) =>
  [[info.group, info.version, info.name].join(), info]))

/** The row of what a path names. */
export function infoAt(group: string, version: string, name: string): ResourceInfo | undefined {
  return byPath.get([group, version, name].join())
}

/** The row of a resource of the core group, or the only one of this name. */
export function infoOf(name: string): ResourceInfo {
  const info = byName.get(name)
  if (!info) throw new Error(`no resource is named ${name}`)
  return info
}

function resourceInfo(groupVersion: string, [starred, kind, shortNames]: Row): ResourceInfo {
  const name = starred.replace('*', '')
  const [group, version] = groupVersion.includes('/') ? groupVersion.split('/') : ['', groupVersion]
  return {
    name, singular: kind.toLowerCase(), kind, group: group!, version: version!,
    shortNames: shortNames?.split(',') ?? [], namespaced: !starred.startsWith('*'),
    verbs: VERBS[name] ?? STANDARD, categories: CATEGORIES[name] ?? [],
    subresources: group === 'events.k8s.io' ? [] : SUBRESOURCES[name] ?? [],
    simulated: SIMULATED.has(name),
  }
}
