import type { ApiObject } from '../types.ts'
import type { PodStatus } from './pod-status.ts'
import type { IntOrString, Quantity, SelectorRequirement, StringMap } from './values.ts'

// Views of stored kinds: what the rooms read from objects that validation and defaulting have
// already passed. Fields that defaulting always fills are not optional. Times are RFC 3339 texts.

export interface Pod extends ApiObject {
  readonly kind: 'Pod'
  readonly spec: PodSpec
  readonly status: PodStatus
}

export interface PodSpec {
  readonly containers: readonly Container[]
  readonly initContainers?: readonly Container[]
  readonly ephemeralContainers?: readonly Container[]
  readonly volumes?: readonly Volume[]
  readonly restartPolicy: 'Always' | 'OnFailure' | 'Never'
  readonly terminationGracePeriodSeconds: number
  readonly activeDeadlineSeconds?: number
  readonly dnsPolicy: string
  readonly nodeSelector?: StringMap
  readonly serviceAccountName?: string
  readonly serviceAccount?: string
  readonly automountServiceAccountToken?: boolean
  readonly nodeName?: string
  readonly hostNetwork?: boolean
  readonly hostPID?: boolean
  readonly hostIPC?: boolean
  readonly shareProcessNamespace?: boolean
  readonly securityContext: PodSecurityContext
  readonly hostname?: string
  readonly subdomain?: string
  readonly schedulerName: string
  readonly tolerations?: readonly Toleration[]
  readonly hostAliases?: readonly { readonly ip: string; readonly hostnames?: readonly string[] }[]
  readonly priorityClassName?: string
  readonly priority?: number
  readonly preemptionPolicy?: string
  readonly runtimeClassName?: string
  readonly enableServiceLinks: boolean
  readonly readinessGates?: readonly { readonly conditionType: string }[]
  readonly schedulingGates?: readonly { readonly name: string }[]
  readonly imagePullSecrets?: readonly { readonly name?: string }[]
  readonly affinity?: Affinity
  readonly os?: { readonly name: string }
}

export interface Affinity {
  readonly nodeAffinity?: {
    readonly requiredDuringSchedulingIgnoredDuringExecution?: {
      readonly nodeSelectorTerms: readonly NodeSelectorTerm[]
    }
  }
}

export interface NodeSelectorTerm {
  readonly matchExpressions?: readonly SelectorRequirement[]
  readonly matchFields?: readonly SelectorRequirement[]
}

export interface PodSecurityContext {
  readonly runAsUser?: number
  readonly runAsGroup?: number
  readonly runAsNonRoot?: boolean
  readonly fsGroup?: number
  readonly supplementalGroups?: readonly number[]
}

export interface Toleration {
  readonly key?: string
  readonly operator?: string
  readonly value?: string
  readonly effect?: string
  readonly tolerationSeconds?: number
}

/** Regular, init and ephemeral containers; the last two use fields of their own. */
export interface Container {
  readonly name: string
  readonly image: string
  readonly command?: readonly string[]
  readonly args?: readonly string[]
  readonly workingDir?: string
  readonly ports?: readonly ContainerPort[]
  readonly env?: readonly EnvVar[]
  readonly envFrom?: readonly EnvFromSource[]
  readonly resources: ResourceRequirements
  readonly volumeMounts?: readonly VolumeMount[]
  readonly livenessProbe?: Probe
  readonly readinessProbe?: Probe
  readonly startupProbe?: Probe
  readonly lifecycle?: Lifecycle
  readonly terminationMessagePath: string
  readonly terminationMessagePolicy: 'File' | 'FallbackToLogsOnError'
  readonly imagePullPolicy: 'Always' | 'IfNotPresent' | 'Never'
  readonly securityContext?: ContainerSecurityContext
  readonly stdin?: boolean
  readonly stdinOnce?: boolean
  readonly tty?: boolean
  /** `Always` on an init container makes it a side-car. */
  readonly restartPolicy?: string
  /** Ephemeral containers only. */
  readonly targetContainerName?: string
}

export interface ContainerSecurityContext {
  readonly runAsUser?: number
  readonly runAsGroup?: number
  readonly runAsNonRoot?: boolean
  readonly privileged?: boolean
  readonly readOnlyRootFilesystem?: boolean
}

export interface ContainerPort {
  readonly name?: string
  readonly containerPort: number
  readonly hostPort?: number
  readonly hostIP?: string
  readonly protocol: string
}

export interface EnvVar {
  readonly name: string
  readonly value?: string
  readonly valueFrom?: EnvVarSource
}

export interface EnvVarSource {
  readonly fieldRef?: { readonly apiVersion: string; readonly fieldPath: string }
  readonly resourceFieldRef?: {
    readonly containerName?: string; readonly resource: string; readonly divisor?: Quantity
  }
  readonly configMapKeyRef?: KeyRef
  readonly secretKeyRef?: KeyRef
}

export interface KeyRef { readonly name: string; readonly key: string; readonly optional?: boolean }

export interface EnvFromSource {
  readonly prefix?: string
  readonly configMapRef?: { readonly name: string; readonly optional?: boolean }
  readonly secretRef?: { readonly name: string; readonly optional?: boolean }
}

export interface ResourceRequirements {
  readonly limits?: Readonly<Record<string, Quantity>>
  readonly requests?: Readonly<Record<string, Quantity>>
}

export interface VolumeMount {
  readonly name: string
  readonly mountPath: string
  readonly readOnly?: boolean
  readonly subPath?: string
  readonly subPathExpr?: string
}

export interface KeyToPath { readonly key: string; readonly path: string; readonly mode?: number }

export interface DownwardItem {
  readonly path: string
  readonly mode?: number
  readonly fieldRef?: { readonly apiVersion: string; readonly fieldPath: string }
  readonly resourceFieldRef?: {
    readonly containerName?: string; readonly resource: string; readonly divisor?: Quantity
  }
}

export interface Volume {
  readonly name: string
  readonly emptyDir?: { readonly medium?: string; readonly sizeLimit?: Quantity }
  readonly configMap?: {
    readonly name: string; readonly items?: readonly KeyToPath[]; readonly optional?: boolean
    readonly defaultMode?: number
  }
  readonly secret?: {
    readonly secretName: string; readonly items?: readonly KeyToPath[]; readonly optional?: boolean
    readonly defaultMode?: number
  }
  readonly hostPath?: { readonly path: string; readonly type?: string }
  readonly downwardAPI?: {
    readonly items?: readonly DownwardItem[]; readonly defaultMode?: number
  }
  readonly projected?: {
    readonly sources?: readonly ProjectedSource[]; readonly defaultMode?: number
  }
  readonly persistentVolumeClaim?: { readonly claimName: string; readonly readOnly?: boolean }
}

export interface ProjectedSource {
  readonly serviceAccountToken?: {
    readonly expirationSeconds?: number; readonly path: string; readonly audience?: string
  }
  readonly configMap?: {
    readonly name: string; readonly items?: readonly KeyToPath[]; readonly optional?: boolean
  }
  readonly secret?: {
    readonly name: string; readonly items?: readonly KeyToPath[]; readonly optional?: boolean
  }
  readonly downwardAPI?: { readonly items?: readonly DownwardItem[] }
}

export interface Handler {
  readonly exec?: { readonly command?: readonly string[] }
  readonly httpGet?: HttpGetAction
  readonly tcpSocket?: { readonly host?: string; readonly port: IntOrString }
}

export interface HttpGetAction {
  readonly path: string
  readonly port: IntOrString
  readonly host?: string
  readonly scheme: 'HTTP' | 'HTTPS'
  readonly httpHeaders?: readonly { readonly name: string; readonly value: string }[]
}

export interface LifecycleHandler extends Handler {
  readonly sleep?: { readonly seconds: number }
}

export interface Lifecycle {
  readonly postStart?: LifecycleHandler
  readonly preStop?: LifecycleHandler
}

export interface Probe extends Handler {
  readonly grpc?: { readonly port: number; readonly service?: string }
  readonly initialDelaySeconds?: number
  readonly timeoutSeconds: number
  readonly periodSeconds: number
  readonly successThreshold: number
  readonly failureThreshold: number
  readonly terminationGracePeriodSeconds?: number
}
