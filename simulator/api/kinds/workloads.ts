import type { ApiObject } from '../types.ts'
import type { PodSpec } from './pod.ts'
import type { IntOrString, LabelSelector, StringMap } from './values.ts'

export interface PodTemplateSpec {
  readonly metadata?: { readonly labels?: StringMap; readonly annotations?: StringMap }
  readonly spec: PodSpec
}

export interface WorkloadCondition {
  readonly type: string
  readonly status: string
  readonly lastUpdateTime?: string
  readonly lastTransitionTime?: string | null
  readonly reason?: string
  readonly message?: string
}

/** Deployment, ReplicaSet, StatefulSet and DaemonSet: what printers and controllers read. */
export interface Workload extends ApiObject {
  readonly spec: {
    readonly replicas?: number; readonly selector: LabelSelector; readonly template: PodTemplateSpec
    readonly paused?: boolean; readonly minReadySeconds?: number
    readonly strategy?: {
      readonly type?: string
      readonly rollingUpdate?: {
        readonly maxSurge?: IntOrString; readonly maxUnavailable?: IntOrString
      }
    }
    readonly updateStrategy?: {
      readonly type?: string
      readonly rollingUpdate?: {
        readonly partition?: number; readonly maxSurge?: IntOrString
        readonly maxUnavailable?: IntOrString
      }
    }
    readonly podManagementPolicy?: string
    readonly revisionHistoryLimit?: number; readonly progressDeadlineSeconds?: number
    readonly serviceName?: string
  }
  readonly status: {
    readonly observedGeneration?: number; readonly replicas?: number
    readonly readyReplicas?: number; readonly updatedReplicas?: number
    readonly availableReplicas?: number; readonly unavailableReplicas?: number
    readonly fullyLabeledReplicas?: number; readonly terminatingReplicas?: number
    readonly currentReplicas?: number; readonly currentRevision?: string
    readonly updateRevision?: string; readonly collisionCount?: number
    readonly currentNumberScheduled?: number; readonly desiredNumberScheduled?: number
    readonly numberReady?: number; readonly updatedNumberScheduled?: number
    readonly numberAvailable?: number; readonly numberMisscheduled?: number
    readonly conditions?: readonly WorkloadCondition[]
  }
}

export interface Job extends ApiObject {
  readonly kind: 'Job'
  readonly spec: {
    readonly parallelism?: number; readonly completions?: number; readonly backoffLimit?: number
    readonly suspend?: boolean; readonly completionMode?: string
    readonly podReplacementPolicy?: string; readonly manualSelector?: boolean
    readonly ttlSecondsAfterFinished?: number; readonly activeDeadlineSeconds?: number
    readonly selector?: LabelSelector; readonly template: PodTemplateSpec
  }
  readonly status: {
    readonly active?: number; readonly ready?: number; readonly succeeded?: number
    readonly failed?: number; readonly terminating?: number; readonly startTime?: string
    readonly completionTime?: string; readonly conditions?: readonly WorkloadCondition[]
  }
}
