// What the d.ts files do not tell about the Go structs, by field or by `Type.field`.

/** Integers of 64 bits; all others have 32. */
export const int64 = new Set([
  'terminationGracePeriodSeconds', 'activeDeadlineSeconds', 'deletionGracePeriodSeconds',
  'generation', 'observedGeneration', 'runAsUser', 'runAsGroup', 'fsGroup', 'supplementalGroups',
  'tolerationSeconds', 'expirationSeconds', 'SleepAction.seconds', 'sizeBytes', 'uid', 'gid',
])

/** Written in base64 in JSON. */
export const bytes = new Set(['Secret.data', 'ConfigMap.binaryData'])

/** Fields that are pointers in Go: a zero written there is kept, not dropped as empty. */
export const pointers = new Set([
  'terminationGracePeriodSeconds', 'activeDeadlineSeconds', 'deletionGracePeriodSeconds',
  'runAsUser', 'runAsGroup', 'runAsNonRoot', 'fsGroup', 'fsGroupChangePolicy', 'privileged',
  'readOnlyRootFilesystem', 'allowPrivilegeEscalation', 'procMount', 'localhostProfile',
  'automountServiceAccountToken', 'shareProcessNamespace', 'enableServiceLinks', 'priority',
  'preemptionPolicy', 'runtimeClassName', 'hostUsers', 'setHostnameAsFQDN', 'hostnameOverride',
  'optional', 'defaultMode', 'mode', 'tolerationSeconds', 'expirationSeconds', 'minDomains',
  'Container.restartPolicy', 'EphemeralContainer.restartPolicy', 'GRPCAction.service',
  'Lifecycle.stopSignal', 'supplementalGroupsPolicy', 'seLinuxChangePolicy',
  'HostPathVolumeSource.type', 'mountPropagation', 'recursiveReadOnly', 'storageClassName',
  'volumeMode', 'PodDNSConfigOption.value', 'started', 'immutable', 'controller',
  'blockOwnerDeletion', 'DeploymentSpec.replicas', 'ReplicaSetSpec.replicas',
  'StatefulSetSpec.replicas', 'revisionHistoryLimit', 'progressDeadlineSeconds', 'partition',
  'collisionCount', 'completions', 'parallelism', 'backoffLimit', 'backoffLimitPerIndex',
  'maxFailedIndexes', 'suspend', 'ttlSecondsAfterFinished', 'completionMode', 'managedBy',
  'manualSelector', 'podReplacementPolicy', 'JobStatus.ready', 'JobStatus.terminating',
  'successfulJobsHistoryLimit', 'failedJobsHistoryLimit', 'startingDeadlineSeconds', 'timeZone',
  'EndpointConditions.ready', 'EndpointConditions.serving', 'EndpointConditions.terminating',
  'EndpointPort.name', 'EndpointPort.port', 'EndpointPort.protocol', 'appProtocol',
  'Endpoint.nodeName', 'Endpoint.hostname', 'Endpoint.zone', 'EndpointAddress.nodeName',
  'internalTrafficPolicy', 'ipFamilyPolicy', 'loadBalancerClass', 'trafficDistribution',
  'allocateLoadBalancerNodePorts', 'ClientIPConfig.timeoutSeconds', 'holderIdentity',
  'leaseDurationSeconds', 'leaseTransitions', 'preferredHolder', 'LeaseSpec.strategy',
])

/** Go's names of types that are strings or maps underneath: decoding errors show them. */
export const named = {
  'PodSpec.restartPolicy': 'v1.RestartPolicy', 'PodSpec.dnsPolicy': 'v1.DNSPolicy',
  'PodSpec.preemptionPolicy': 'v1.PreemptionPolicy', 'PodOS.name': 'v1.OSName',
  'Container.imagePullPolicy': 'v1.PullPolicy',
  'Container.terminationMessagePolicy': 'v1.TerminationMessagePolicy',
  'Container.restartPolicy': 'v1.ContainerRestartPolicy',
  'ContainerPort.protocol': 'v1.Protocol', 'HTTPGetAction.scheme': 'v1.URIScheme',
  'Lifecycle.stopSignal': 'v1.Signal', 'Toleration.operator': 'v1.TolerationOperator',
  'Toleration.effect': 'v1.TaintEffect', 'Taint.effect': 'v1.TaintEffect',
  'EmptyDirVolumeSource.medium': 'v1.StorageMedium',
  'HostPathVolumeSource.type': 'v1.HostPathType',
  'VolumeMount.mountPropagation': 'v1.MountPropagationMode',
  'VolumeMount.recursiveReadOnly': 'v1.RecursiveReadOnlyMode',
  'NodeSelectorRequirement.operator': 'v1.NodeSelectorOperator',
  'LabelSelectorRequirement.operator': 'v1.LabelSelectorOperator',
  'TopologySpreadConstraint.whenUnsatisfiable': 'v1.UnsatisfiableConstraintAction',
  'SeccompProfile.type': 'v1.SeccompProfileType', 'Capabilities.add': '[]v1.Capability',
  'Capabilities.drop': '[]v1.Capability', 'PodStatus.phase': 'v1.PodPhase',
  'PodStatus.qosClass': 'v1.PodQOSClass', 'PodCondition.type': 'v1.PodConditionType',
  'PodCondition.status': 'v1.ConditionStatus',
  'PodReadinessGate.conditionType': 'v1.PodConditionType',
  'ResourceRequirements.limits': 'v1.ResourceList',
  'ResourceRequirements.requests': 'v1.ResourceList',
  'ContainerResizePolicy.resourceName': 'v1.ResourceName',
  'ContainerResizePolicy.restartPolicy': 'v1.ResourceResizeRestartPolicy',
  'ServiceSpec.type': 'v1.ServiceType', 'ServiceSpec.sessionAffinity': 'v1.ServiceAffinity',
  'ServiceSpec.externalTrafficPolicy': 'v1.ServiceExternalTrafficPolicy',
  'ServiceSpec.internalTrafficPolicy': 'v1.ServiceInternalTrafficPolicy',
  'ServiceSpec.ipFamilyPolicy': 'v1.IPFamilyPolicy', 'ServicePort.protocol': 'v1.Protocol',
  'Secret.type': 'v1.SecretType', 'DeploymentStrategy.type': 'v1.DeploymentStrategyType',
  'JobSpec.completionMode': 'v1.CompletionMode', 'NamespaceSpec.finalizers': '[]v1.FinalizerName',
  'CronJobSpec.concurrencyPolicy': 'v1.ConcurrencyPolicy', 'ObjectMeta.uid': 'types.UID',
  'OwnerReference.uid': 'types.UID', 'ObjectReference.uid': 'types.UID',
}
