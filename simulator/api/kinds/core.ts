import type { ApiObject } from '../types.ts'
import type { IntOrString, ObjectReference, Quantity, StringMap } from './values.ts'

/** core/v1 Event; `events.k8s.io` is another face of the same stored object. */
export interface EventObject extends ApiObject {
  readonly kind: 'Event'
  readonly involvedObject: ObjectReference
  readonly reason?: string
  readonly message?: string
  readonly source: { readonly component?: string; readonly host?: string }
  readonly firstTimestamp?: string | null
  readonly lastTimestamp?: string | null
  readonly count?: number
  readonly type?: string
  readonly eventTime?: string | null
  readonly series?: { readonly count?: number; readonly lastObservedTime?: string | null }
  readonly action?: string
  readonly related?: ObjectReference
  readonly reportingComponent: string
  readonly reportingInstance: string
}

export interface NodeObject extends ApiObject {
  readonly kind: 'Node'
  readonly spec: {
    readonly podCIDR?: string; readonly podCIDRs?: readonly string[]
    readonly unschedulable?: boolean; readonly taints?: readonly Taint[]
  }
  readonly status: NodeStatus
}

export interface Taint {
  readonly key: string
  readonly value?: string
  readonly effect: string
  readonly timeAdded?: string
}

export interface NodeStatus {
  readonly capacity?: Readonly<Record<string, Quantity>>
  readonly allocatable?: Readonly<Record<string, Quantity>>
  readonly conditions?: readonly NodeCondition[]
  readonly addresses?: readonly { readonly type: string; readonly address: string }[]
  readonly nodeInfo?: StringMap
}

export interface NodeCondition {
  readonly type: string
  readonly status: string
  readonly lastHeartbeatTime?: string | null
  readonly lastTransitionTime?: string | null
  readonly reason?: string
  readonly message?: string
}

export interface NamespaceObject extends ApiObject {
  readonly kind: 'Namespace'
  readonly spec: { readonly finalizers?: readonly string[] }
  readonly status: { readonly phase?: string }
}

export interface ConfigMap extends ApiObject {
  readonly kind: 'ConfigMap'
  readonly data?: StringMap
  readonly binaryData?: StringMap
  readonly immutable?: boolean
}

export interface Secret extends ApiObject {
  readonly kind: 'Secret'
  readonly type?: string
  /** Values are base64. */
  readonly data?: StringMap
  readonly immutable?: boolean
}

export interface ServiceAccount extends ApiObject {
  readonly kind: 'ServiceAccount'
  readonly secrets?: readonly ObjectReference[]
  readonly automountServiceAccountToken?: boolean
}

export interface ServicePort {
  readonly name?: string
  readonly protocol: string
  readonly port: number
  readonly targetPort: IntOrString
  readonly nodePort?: number
}

export interface Service extends ApiObject {
  readonly kind: 'Service'
  readonly spec: {
    readonly type: string; readonly clusterIP?: string; readonly clusterIPs?: readonly string[]
    readonly ports?: readonly ServicePort[]; readonly selector?: StringMap
    readonly externalIPs?: readonly string[]; readonly externalName?: string
    readonly publishNotReadyAddresses?: boolean; readonly sessionAffinity?: string
  }
  readonly status: { readonly loadBalancer?: { readonly ingress?: readonly LoadBalancerIngress[] } }
}

export interface LoadBalancerIngress { readonly ip?: string; readonly hostname?: string }

export interface Endpoint {
  readonly addresses: readonly string[]
  readonly conditions?: {
    readonly ready?: boolean; readonly serving?: boolean; readonly terminating?: boolean
  }
  readonly nodeName?: string
  readonly targetRef?: ObjectReference
}

export interface EndpointSlice extends ApiObject {
  readonly kind: 'EndpointSlice'
  readonly addressType: string
  readonly endpoints?: readonly Endpoint[]
  readonly ports?: readonly {
    readonly name?: string; readonly port?: number | null; readonly protocol?: string
  }[]
}

export interface EndpointsObject extends ApiObject {
  readonly kind: 'Endpoints'
  readonly subsets?: readonly {
    readonly addresses?: readonly { readonly ip: string; readonly targetRef?: ObjectReference }[]
    readonly notReadyAddresses?: readonly { readonly ip: string }[]
    readonly ports?: readonly { readonly name?: string; readonly port: number }[]
  }[]
}

export interface Lease extends ApiObject {
  readonly kind: 'Lease'
  readonly spec: {
    readonly holderIdentity?: string; readonly leaseDurationSeconds?: number
    readonly acquireTime?: string | null; readonly renewTime?: string | null
  }
}
