import type { Job, Service, Workload } from '../kinds.ts'
import { podSpecDefaults } from './pod.ts'

// Models pkg/apis/{apps,batch,core}/v1/defaults.go for what is not a Pod.

export function deploymentDefaults(object: Workload): Workload {
  const type = object.spec.strategy?.type ?? 'RollingUpdate'
  const rolling = object.spec.strategy?.rollingUpdate
  const strategy = type === 'RollingUpdate' ? {
    type,
    rollingUpdate: {
      maxSurge: rolling?.maxSurge ?? '25%', maxUnavailable: rolling?.maxUnavailable ?? '25%',
    },
  } : { ...object.spec.strategy, type }
  const defaulted = replicatedDefaults(object)
  return {
    ...defaulted,
    spec: {
      ...defaulted.spec, strategy,
      revisionHistoryLimit: object.spec.revisionHistoryLimit ?? 10,
      progressDeadlineSeconds: object.spec.progressDeadlineSeconds ?? 600,
    },
  }
}

export function replicatedDefaults(object: Workload): Workload {
  const defaulted = templateDefaults(object)
  return { ...defaulted, spec: { ...defaulted.spec, replicas: object.spec.replicas ?? 1 } }
}

export function statefulSetDefaults(object: Workload): Workload {
  const defaulted = replicatedDefaults(object)
  return {
    ...defaulted,
    spec: {
      podManagementPolicy: 'OrderedReady', ...defaulted.spec,
      revisionHistoryLimit: object.spec.revisionHistoryLimit ?? 10,
      updateStrategy: object.spec.updateStrategy
        ?? { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
    },
  }
}

export function daemonSetDefaults(object: Workload): Workload {
  const defaulted = templateDefaults(object)
  return {
    ...defaulted,
    spec: {
      ...defaulted.spec, revisionHistoryLimit: object.spec.revisionHistoryLimit ?? 10,
      updateStrategy: object.spec.updateStrategy
        ?? { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
    },
  }
}

function templateDefaults(object: Workload): Workload {
  const { template } = object.spec
  // A template keeps a negative grace period: only the conversion of a Pod turns it into 1.
  const grace = template.spec?.terminationGracePeriodSeconds
  const spec = {
    ...podSpecDefaults(template.spec ?? {}),
    ...(grace === undefined ? {} : { terminationGracePeriodSeconds: grace }),
  }
  return { ...object, spec: { ...object.spec, template: { ...template, spec } } }
}

export function jobDefaults(job: Job): Job {
  const { spec } = job
  const single = spec.completions === undefined && spec.parallelism === undefined
  return {
    ...job,
    spec: {
      podReplacementPolicy: 'TerminatingOrFailed', manualSelector: false, ...spec,
      completions: single ? 1 : spec.completions, parallelism: spec.parallelism ?? 1,
      backoffLimit: spec.backoffLimit ?? 6, completionMode: spec.completionMode ?? 'NonIndexed',
      suspend: spec.suspend ?? false,
      template: { ...spec.template, spec: podSpecDefaults(spec.template.spec ?? {}) },
    },
  }
}

export function serviceDefaults(service: Service): Service {
  const { spec } = service
  const type = spec.type ?? 'ClusterIP'
  const outward = type === 'NodePort' || type === 'LoadBalancer'
  return {
    ...service,
    spec: {
      ...(type === 'ExternalName' ? {} : { internalTrafficPolicy: 'Cluster' }),
      ...(outward ? { externalTrafficPolicy: 'Cluster' } : {}), ...spec,
      type, sessionAffinity: spec.sessionAffinity ?? 'None',
      ports: spec.ports?.map((port) => ({
        ...port, protocol: port.protocol ?? 'TCP', targetPort: port.targetPort || port.port,
      })),
    },
  }
}
