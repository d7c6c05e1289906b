import { specDifference } from '../difference/spec-difference.ts'
import type { Container, Pod, PodSpec, PodStatus, Toleration } from '../kinds.ts'
import { equalJson, without } from '../json.ts'
import { forbiddenField, invalidValue } from '../status.ts'
import type { FieldError } from '../status.ts'
import { validateMetadataUpdate } from './metadata.ts'
import { validatePod } from './pod.ts'

const ONLY_THESE = 'pod updates may not change fields other than '
  + '`spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,'
  + '`spec.tolerations` (only additions to existing tolerations),'
  + '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)'

/** Models core/validation ValidatePodUpdate. */
export function validatePodUpdate(next: Pod, old: Pod): FieldError[] {
  const errors = [...validateMetadataUpdate(next.metadata, old.metadata), ...validatePod(next)]
  if (next.spec.containers.length !== old.spec.containers.length) {
    return [...errors, forbiddenField('spec.containers',
      'pod updates may not add or remove containers')]
  }
  if ((next.spec.initContainers?.length ?? 0) !== (old.spec.initContainers?.length ?? 0)) {
    return [...errors, forbiddenField('spec.initContainers',
      'pod updates may not add or remove containers')]
  }
  errors.push(...validateDeadline(next.spec, old.spec))
  errors.push(...validateGateRemoval(next.spec, old.spec))
  errors.push(...validateTolerationUpdate(
    next.spec.tolerations ?? [], old.spec.tolerations ?? []))
  const rest = withOldMutableFields(next.spec, old.spec)
  if (!equalJson(rest, old.spec)) {
    const difference = specDifference(old.spec, rest) ?? ''
    errors.push(forbiddenField('spec', `${ONLY_THESE}\n${difference}`))
  }
  return errors
}

/** The new spec with what an update may change put back: what is left must be equal. */
function withOldMutableFields(next: PodSpec, old: PodSpec): PodSpec {
  const { activeDeadlineSeconds: _d, tolerations: _t, schedulingGates: _g, ...fixed } = next
  const { activeDeadlineSeconds, tolerations, schedulingGates } = old
  return {
    ...fixed, containers: withImages(next.containers, old.containers),
    ...(next.initContainers
      ? { initContainers: withImages(next.initContainers, old.initContainers ?? []) } : {}),
    ...(activeDeadlineSeconds === undefined ? {} : { activeDeadlineSeconds }),
    ...(tolerations ? { tolerations } : {}), ...(schedulingGates ? { schedulingGates } : {}),
  }
}

function withImages(
  next: readonly Container[], old: readonly Container[],
): readonly Container[] {
  return next.map((one, index) => ({ ...one, image: old[index]?.image ?? one.image }))
}

function validateDeadline(next: PodSpec, old: PodSpec): FieldError[] {
  const field = 'spec.activeDeadlineSeconds'
  const before = old.activeDeadlineSeconds
  const after = next.activeDeadlineSeconds
  if (before === undefined) return []
  if (after === undefined) {
    return [invalidValue(field, undefined,
      'must not update from a positive integer to nil value')]
  }
  return after <= before ? []
    : [invalidValue(field, after, 'must be less than or equal to previous value')]
}

function validateGateRemoval(next: PodSpec, old: PodSpec): FieldError[] {
  const before = (old.schedulingGates ?? []).map((gate) => gate.name)
  return (next.schedulingGates ?? []).filter((gate) => !before.includes(gate.name))
    .map((gate) => forbiddenField('spec.schedulingGates',
      `only deletion is allowed, but found new scheduling gate '${gate.name}'`))
}

/** Existing tolerations stay; of those only tolerationSeconds may change. */
function validateTolerationUpdate(
  next: readonly Toleration[], old: readonly Toleration[],
): FieldError[] {
  const kept = old.every((before) => next.some((after) => {
    return equalJson(without(before, 'tolerationSeconds'), without(after, 'tolerationSeconds'))
  }))
  return kept ? [] : [forbiddenField('spec.tolerations',
    'existing toleration can not be modified except its tolerationSeconds')]
}

/** Models ValidatePodStatusUpdate: an ended container does not come back unless it restarts. */
export function validatePodStatusUpdate(next: Pod, old: Pod): FieldError[] {
  const errors: FieldError[] = []
  if (old.status.qosClass && next.status.qosClass !== old.status.qosClass) {
    errors.push(invalidValue('status.qosClass', next.status.qosClass, 'field is immutable'))
  }
  if (next.spec.restartPolicy === 'Always') return errors
  return [
    ...errors, ...ended(next, old.status, next.status, 'containerStatuses'),
    ...ended(next, old.status, next.status, 'initContainerStatuses'),
  ]
}

function ended(
  pod: Pod, old: PodStatus, next: PodStatus, list: 'containerStatuses' | 'initContainerStatuses',
): FieldError[] {
  return (old[list] ?? []).flatMap((before) => {
    const terminated = before.state.terminated
    if (!terminated) return []
    if (terminated.exitCode !== 0 && pod.spec.restartPolicy === 'OnFailure') return []
    const sidecar = pod.spec.initContainers?.find((one) => one.name === before.name)
    if (list === 'initContainerStatuses' && sidecar?.restartPolicy === 'Always') return []
    const index = (next[list] ?? []).findIndex((status) => status.name === before.name)
    const after = next[list]?.[index]
    if (!after || after.state.terminated) return []
    return [forbiddenField(`status.${list}[${index}].state`,
      'may not be transitioned to non-terminated state')]
  })
}
