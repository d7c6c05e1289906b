/**
 * Fields of the server's internal structs in their order (pkg/apis/core/types.go), by the JSON
 * names of v1. The Go name is the JSON name with a capital, save where `=` gives another.
 */
export const internalOrder: Readonly<Record<string, string>> = {
  'v1.PodSpec': 'volumes initContainers containers ephemeralContainers restartPolicy '
    + 'terminationGracePeriodSeconds activeDeadlineSeconds dnsPolicy=DNSPolicy nodeSelector '
    + 'serviceAccountName automountServiceAccountToken nodeName securityContext '
    + 'imagePullSecrets hostname subdomain setHostnameAsFQDN affinity schedulerName '
    + 'tolerations hostAliases priorityClassName priority preemptionPolicy dnsConfig=DNSConfig '
    + 'readinessGates runtimeClassName overhead enableServiceLinks topologySpreadConstraints '
    + 'os=OS schedulingGates resourceClaims resources hostnameOverride',
  'v1.PodSecurityContext': 'hostNetwork hostPID hostIPC shareProcessNamespace hostUsers '
    + 'seLinuxOptions=SELinuxOptions windowsOptions runAsUser runAsGroup runAsNonRoot '
    + 'supplementalGroups supplementalGroupsPolicy fsGroup=FSGroup '
    + 'fsGroupChangePolicy=FSGroupChangePolicy sysctls seccompProfile appArmorProfile '
    + 'seLinuxChangePolicy=SELinuxChangePolicy',
  'v1.Container': 'name image command args workingDir ports envFrom env resources resizePolicy '
    + 'restartPolicy restartPolicyRules volumeMounts volumeDevices livenessProbe '
    + 'readinessProbe startupProbe lifecycle terminationMessagePath terminationMessagePolicy '
    + 'imagePullPolicy securityContext stdin stdinOnce tty=TTY',
  'v1.ContainerPort': 'name hostPort containerPort protocol hostIP',
  'v1.EnvVar': 'name value valueFrom',
  'v1.EnvVarSource': 'fieldRef resourceFieldRef configMapKeyRef secretKeyRef fileKeyRef',
  'v1.ObjectFieldSelector': 'apiVersion=APIVersion fieldPath',
  'v1.ResourceFieldSelector': 'containerName resource divisor',
  'v1.ConfigMapKeySelector': 'name key optional',
  'v1.SecretKeySelector': 'name key optional',
  'v1.EnvFromSource': 'prefix configMapRef secretRef',
  'v1.ConfigMapEnvSource': 'name optional',
  'v1.SecretEnvSource': 'name optional',
  'v1.ResourceRequirements': 'limits requests claims',
  'v1.VolumeMount': 'name readOnly recursiveReadOnly mountPath subPath mountPropagation '
    + 'subPathExpr',
  'v1.Probe': 'exec httpGet=HTTPGet tcpSocket=TCPSocket grpc=GRPC initialDelaySeconds '
    + 'timeoutSeconds periodSeconds successThreshold failureThreshold '
    + 'terminationGracePeriodSeconds',
  'v1.Lifecycle': 'postStart preStop stopSignal',
  'v1.LifecycleHandler': 'exec httpGet=HTTPGet tcpSocket=TCPSocket sleep',
  'v1.ExecAction': 'command',
  'v1.HTTPGetAction': 'path port host scheme httpHeaders=HTTPHeaders',
  'v1.HTTPHeader': 'name value',
  'v1.TCPSocketAction': 'port host',
  'v1.GRPCAction': 'port service',
  'v1.SleepAction': 'seconds',
  'v1.SecurityContext': 'capabilities privileged seLinuxOptions=SELinuxOptions windowsOptions '
    + 'runAsUser runAsGroup runAsNonRoot readOnlyRootFilesystem allowPrivilegeEscalation '
    + 'procMount seccompProfile appArmorProfile',
  'v1.Capabilities': 'add drop',
  'v1.SeccompProfile': 'type localhostProfile',
  'v1.Toleration': 'key operator value effect tolerationSeconds',
  'v1.LocalObjectReference': 'name',
  'v1.HostAlias': 'ip=IP hostnames',
  'v1.PodReadinessGate': 'conditionType',
  'v1.PodSchedulingGate': 'name',
  'v1.PodOS': 'name',
  'v1.PodDNSConfig': 'nameservers searches options',
  'v1.PodDNSConfigOption': 'name value',
  'v1.Affinity': 'nodeAffinity podAffinity podAntiAffinity',
  'v1.NodeAffinity': 'requiredDuringSchedulingIgnoredDuringExecution '
    + 'preferredDuringSchedulingIgnoredDuringExecution',
  'v1.NodeSelector': 'nodeSelectorTerms',
  'v1.NodeSelectorTerm': 'matchExpressions matchFields',
  'v1.NodeSelectorRequirement': 'key operator values',
  'v1.PreferredSchedulingTerm': 'weight preference',
  'v1.Volume': 'name hostPath emptyDir gcePersistentDisk=GCEPersistentDisk '
    + 'awsElasticBlockStore=AWSElasticBlockStore gitRepo secret nfs=NFS iscsi=ISCSI glusterfs '
    + 'persistentVolumeClaim rbd=RBD quobyte flexVolume cinder cephfs=CephFS flocker '
    + 'downwardAPI fc=FC azureFile configMap vsphereVolume azureDisk photonPersistentDisk '
    + 'projected portworxVolume scaleIO storageos=StorageOS csi=CSI ephemeral image',
  'v1.HostPathVolumeSource': 'path type',
  'v1.EmptyDirVolumeSource': 'medium sizeLimit',
  'v1.SecretVolumeSource': 'secretName items defaultMode optional',
  'v1.ConfigMapVolumeSource': 'name items defaultMode optional',
  'v1.KeyToPath': 'key path mode',
  'v1.DownwardAPIVolumeSource': 'items defaultMode',
  'v1.DownwardAPIVolumeFile': 'path fieldRef resourceFieldRef mode',
  'v1.PersistentVolumeClaimVolumeSource': 'claimName readOnly',
  'v1.ProjectedVolumeSource': 'sources defaultMode',
  'v1.VolumeProjection': 'secret downwardAPI configMap serviceAccountToken clusterTrustBundle '
    + 'podCertificate',
  'v1.SecretProjection': 'name items optional',
  'v1.ConfigMapProjection': 'name items optional',
  'v1.DownwardAPIProjection': 'items',
  'v1.ServiceAccountTokenProjection': 'audience expirationSeconds path',
}
