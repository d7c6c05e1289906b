import { compareText } from '../text/compare.ts'
import { isFields, type Fields } from '../manifest/manifest.ts'

/**
 * The members of each type in the order that k8s.io/api declares them; `member:Type` where the
 * member is, or lists, a type of its own. Every other object is printed by name.
 */
const declarations: Readonly<Record<string, string>> = {
  Pod: 'kind apiVersion metadata:ObjectMeta spec:PodSpec status:PodStatus',
  Service: 'kind apiVersion metadata:ObjectMeta spec:ServiceSpec status',
  ConfigMap: 'kind apiVersion metadata:ObjectMeta immutable data binaryData',
  Secret: 'kind apiVersion metadata:ObjectMeta immutable data stringData type',
  Namespace: 'kind apiVersion metadata:ObjectMeta spec status',
  ServiceAccount: 'kind apiVersion metadata:ObjectMeta secrets imagePullSecrets',
  Deployment: 'kind apiVersion metadata:ObjectMeta spec:DeploymentSpec status',
  Job: 'kind apiVersion metadata:ObjectMeta spec:JobSpec status',
  ObjectMeta: 'name generateName namespace selfLink uid resourceVersion generation '
    + 'creationTimestamp deletionTimestamp deletionGracePeriodSeconds labels annotations '
    + 'ownerReferences:OwnerReference finalizers managedFields:ManagedFieldsEntry',
  OwnerReference: 'apiVersion kind name uid controller blockOwnerDeletion',
  ManagedFieldsEntry: 'manager operation apiVersion time fieldsType fieldsV1 subresource',
  PodTemplateSpec: 'metadata:ObjectMeta spec:PodSpec',
  PodSpec: 'volumes:Volume initContainers:Container containers:Container '
    + 'ephemeralContainers:Container restartPolicy terminationGracePeriodSeconds '
    + 'activeDeadlineSeconds dnsPolicy nodeSelector serviceAccountName serviceAccount '
    + 'automountServiceAccountToken nodeName hostNetwork hostPID hostIPC shareProcessNamespace '
    + 'securityContext:PodSecurityContext imagePullSecrets hostname subdomain affinity '
    + 'schedulerName tolerations:Toleration hostAliases priorityClassName priority dnsConfig '
    + 'readinessGates runtimeClassName enableServiceLinks preemptionPolicy overhead '
    + 'topologySpreadConstraints setHostnameAsFQDN os hostUsers schedulingGates resourceClaims '
    + 'resources:ResourceRequirements hostnameOverride',
  PodSecurityContext: 'seLinuxOptions windowsOptions runAsUser runAsGroup runAsNonRoot '
    + 'supplementalGroups supplementalGroupsPolicy fsGroup sysctls fsGroupChangePolicy '
    + 'seccompProfile appArmorProfile seLinuxChangePolicy',
  Toleration: 'key operator value effect tolerationSeconds',
  Container: 'name image command args workingDir ports:ContainerPort envFrom:EnvFromSource '
    + 'env:EnvVar resources:ResourceRequirements resizePolicy restartPolicy restartPolicyRules '
    + 'volumeMounts:VolumeMount volumeDevices livenessProbe:Probe readinessProbe:Probe '
    + 'startupProbe:Probe lifecycle:Lifecycle terminationMessagePath terminationMessagePolicy '
    + 'imagePullPolicy securityContext:SecurityContext stdin stdinOnce tty',
  ContainerPort: 'name hostPort containerPort protocol hostIP',
  EnvFromSource: 'prefix configMapRef secretRef',
  EnvVar: 'name value valueFrom:EnvVarSource',
  EnvVarSource: 'fieldRef resourceFieldRef:ResourceFieldSelector configMapKeyRef:KeySelector '
    + 'secretKeyRef:KeySelector',
  ResourceFieldSelector: 'containerName resource divisor',
  KeySelector: 'name key optional',
  ResourceRequirements: 'limits requests claims',
  VolumeMount: 'name readOnly recursiveReadOnly mountPath subPath mountPropagation subPathExpr',
  Probe: 'exec httpGet:HTTPGetAction tcpSocket:TCPSocketAction grpc initialDelaySeconds '
    + 'timeoutSeconds periodSeconds successThreshold failureThreshold '
    + 'terminationGracePeriodSeconds',
  Lifecycle: 'postStart:LifecycleHandler preStop:LifecycleHandler stopSignal',
  LifecycleHandler: 'exec httpGet:HTTPGetAction tcpSocket:TCPSocketAction sleep',
  HTTPGetAction: 'path port host scheme httpHeaders',
  TCPSocketAction: 'port host',
  SecurityContext: 'capabilities privileged seLinuxOptions windowsOptions runAsUser runAsGroup '
    + 'runAsNonRoot readOnlyRootFilesystem allowPrivilegeEscalation procMount seccompProfile '
    + 'appArmorProfile',
  Volume: 'name secret:SecretVolumeSource configMap:ConfigMapVolumeSource '
    + 'projected:ProjectedVolumeSource downwardAPI:DownwardAPIVolumeSource',
  SecretVolumeSource: 'secretName items defaultMode optional',
  ConfigMapVolumeSource: 'name items defaultMode optional',
  DownwardAPIVolumeSource: 'items:DownwardAPIVolumeFile defaultMode',
  DownwardAPIVolumeFile: 'path fieldRef resourceFieldRef:ResourceFieldSelector mode',
  ProjectedVolumeSource: 'sources:VolumeProjection defaultMode',
  VolumeProjection: 'secret:ConfigMapVolumeSource downwardAPI:DownwardAPIVolumeSource '
    + 'configMap:ConfigMapVolumeSource serviceAccountToken',
  PodStatus: 'observedGeneration phase conditions:PodCondition message reason nominatedNodeName '
    + 'hostIP hostIPs podIP podIPs startTime initContainerStatuses containerStatuses qosClass',
  PodCondition: 'type observedGeneration status lastProbeTime lastTransitionTime reason message',
  ServiceSpec: 'ports:ServicePort selector clusterIP clusterIPs type externalIPs sessionAffinity '
    + 'loadBalancerIP loadBalancerSourceRanges externalName externalTrafficPolicy '
    + 'healthCheckNodePort publishNotReadyAddresses sessionAffinityConfig ipFamilies '
    + 'ipFamilyPolicy allocateLoadBalancerNodePorts loadBalancerClass internalTrafficPolicy '
    + 'trafficDistribution',
  ServicePort: 'name protocol appProtocol port targetPort nodePort',
  LabelSelector: 'matchLabels matchExpressions',
  DeploymentSpec: 'replicas selector:LabelSelector template:PodTemplateSpec '
    + 'strategy:DeploymentStrategy minReadySeconds revisionHistoryLimit paused '
    + 'progressDeadlineSeconds',
  DeploymentStrategy: 'type rollingUpdate:RollingUpdateDeployment',
  RollingUpdateDeployment: 'maxUnavailable maxSurge',
  JobSpec: 'parallelism completions activeDeadlineSeconds podFailurePolicy successPolicy '
    + 'backoffLimit backoffLimitPerIndex maxFailedIndexes selector:LabelSelector manualSelector '
    + 'template:PodTemplateSpec ttlSecondsAfterFinished completionMode suspend '
    + 'podReplacementPolicy managedBy',
}

/** An object that kubectl holds as a type of Go, with its members as that type declares them. */
export function inDeclaredOrder(object: unknown): unknown {
  return ordered(object, isFields(object) ? String(object['kind']) : '')
}

function ordered(value: unknown, type: string): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => ordered(item, type))
  if (!isFields(value)) return value
  const declared = Object.hasOwn(declarations, type) ? declarations[type]! : ''
  const members = declared.split(' ').map((member) => member.split(':'))
  const names = members.map(([name = '']) => name)
  const others = Object.keys(value).filter((name) => !names.includes(name)).toSorted(compareText)
  const entries = [...members, ...others.map((name) => [name])]
    .filter(([name = '']) => value[name] !== undefined)
    .map(([name = '', of = '']) => [name, ordered(value[name], of)] as const)
  return Object.fromEntries(entries) satisfies Fields
}
