import { podDefaults } from '../defaults/pod.ts'
import type { Container, Pod, PodSpec } from '../kinds.ts'
import { without } from '../json.ts'
import { nanosOf } from '../schema/quantity.ts'
import { validatePodStatusUpdate, validatePodUpdate } from '../validation/pod-update.ts'
import { validatePodCreate } from '../validation/pod.ts'
import { podWarnings } from '../validation/warnings.ts'
import { strategy } from './strategy.ts'

/** Models pkg/registry/core/pod/strategy.go. */
export const podStrategy = strategy({
  type: 'v1.Pod', hasStatus: true, hasGeneration: true,
  defaults: (pod: Pod) => podDefaults(pod),
  prepareCreate: (pod: Pod) => {
    const gated = pod.spec.schedulingGates?.length
      ? {
        conditions: [{
          type: 'PodScheduled', status: 'False' as const, reason: 'SchedulingGated',
          message: 'Scheduling is blocked due to non-empty scheduling gates',
          lastProbeTime: null, lastTransitionTime: null,
        }],
      } : {}
    const spec = dropDisabledFields(pod.spec)
    return { ...pod, spec, status: { phase: 'Pending', qosClass: qosClass(spec), ...gated } }
  },
  validate: (pod: Pod) => validatePodCreate(pod),
  validateUpdate: (next: Pod, old: Pod) => validatePodUpdate(next, old),
  validateStatusUpdate: (next: Pod, old: Pod) => validatePodStatusUpdate(next, old),
  warnings: (pod: Pod) => podWarnings(pod),
})

/** Models pkg/api/pod DropDisabledPodFields: fields behind gates that are off in v1.34. */
export function dropDisabledFields(spec: PodSpec): PodSpec {
  const regular = spec.containers.map((container) => withoutRestartRules(container, []))
  const init = spec.initContainers?.map((one) => withoutRestartRules(one, ['Always']))
  return {
    ...spec, containers: regular.map(withoutStopSignal),
    ...(init ? { initContainers: init.map(withoutStopSignal) } : {}),
  }
}

/** Models dropContainerRestartRules: a policy of its own is left to side-cars, rules to nobody. */
function withoutRestartRules(
  container: Container & { readonly restartPolicyRules?: unknown }, kept: readonly string[],
): Container {
  const { restartPolicyRules: _rules, ...ruled } = container
  if (ruled.restartPolicy === undefined || kept.includes(ruled.restartPolicy)) return ruled
  const { restartPolicy: _policy, ...rest } = ruled
  return rest
}

/** Models dropContainerStopSignals: a lifecycle with nothing else in it goes with it. */
function withoutStopSignal(container: Container): Container {
  const { lifecycle } = container
  if (!lifecycle || !('stopSignal' in lifecycle)) return container
  const { postStart, preStop } = lifecycle
  const { lifecycle: _dropped, ...rest } = container
  if (!postStart && !preStop) return rest
  return { ...rest, lifecycle: without(lifecycle, 'stopSignal') }
}

/** Models component-helpers/resource/qos ComputePodQOS. */
export function qosClass(spec: PodSpec): 'BestEffort' | 'Burstable' | 'Guaranteed' {
  let any = false
  let guaranteed = true
  for (const { resources } of [...spec.containers, ...spec.initContainers ?? []]) {
    for (const name of ['cpu', 'memory']) {
      const limit = nanosOf(resources?.limits?.[name])
      const request = nanosOf(resources?.requests?.[name])
      if (limit > 0n || request > 0n) any = true
      if (limit <= 0n || request !== limit) guaranteed = false
    }
  }
  if (!any) return 'BestEffort'
  return guaranteed ? 'Guaranteed' : 'Burstable'
}
