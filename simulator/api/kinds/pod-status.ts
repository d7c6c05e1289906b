import type { Quantity } from './values.ts'
import type { ResourceRequirements } from './pod.ts'

export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown'

export interface PodStatus {
  readonly observedGeneration?: number
  readonly phase: PodPhase
  readonly conditions?: readonly PodCondition[]
  readonly message?: string
  readonly reason?: string
  readonly nominatedNodeName?: string
  readonly hostIP?: string
  readonly hostIPs?: readonly { readonly ip: string }[]
  readonly podIP?: string
  readonly podIPs?: readonly { readonly ip: string }[]
  readonly startTime?: string
  readonly initContainerStatuses?: readonly ContainerStatusView[]
  readonly containerStatuses?: readonly ContainerStatusView[]
  readonly ephemeralContainerStatuses?: readonly ContainerStatusView[]
  readonly qosClass?: string
}

export interface PodCondition {
  readonly type: string
  readonly observedGeneration?: number
  readonly status: 'True' | 'False' | 'Unknown'
  readonly lastProbeTime?: string | null
  readonly lastTransitionTime?: string | null
  readonly reason?: string
  readonly message?: string
}

/** An entry of containerStatuses (named so as not to be taken for the runtime's own status). */
export interface ContainerStatusView {
  readonly name: string
  readonly state: ContainerStateView
  readonly lastState: ContainerStateView
  readonly ready: boolean
  readonly restartCount: number
  readonly image: string
  readonly imageID: string
  readonly containerID?: string
  readonly started?: boolean
  readonly allocatedResources?: Readonly<Record<string, Quantity>>
  readonly resources?: ResourceRequirements
  readonly volumeMounts?: readonly {
    readonly name: string; readonly mountPath: string
    readonly readOnly?: boolean; readonly recursiveReadOnly?: string
  }[]
}

export interface ContainerStateView {
  readonly waiting?: { readonly reason?: string; readonly message?: string }
  readonly running?: { readonly startedAt?: string | null }
  readonly terminated?: TerminatedState
}

export interface TerminatedState {
  readonly exitCode: number
  readonly signal?: number
  readonly reason?: string
  readonly message?: string
  readonly startedAt?: string | null
  readonly finishedAt?: string | null
  readonly containerID?: string
}
