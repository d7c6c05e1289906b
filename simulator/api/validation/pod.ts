import type { Pod, PodSpec, Toleration } from '../kinds.ts'
import { forbiddenField, invalidValue, required, unsupported } from '../status.ts'
import type { FieldError } from '../status.ts'
import { validateContainers, validateId, validateInitContainers } from './container.ts'
import { validateLabels, validateMetadata } from './metadata.ts'
import { dns1123Label, dns1123Subdomain, ipAddress, qualifiedName } from './names.ts'
import { validateVolumes } from './volumes.ts'

/** Models core/validation ValidatePodCreate. */
export function validatePodCreate(pod: Pod): FieldError[] {
  return [
    ...validatePod(pod),
    ...(pod.spec.ephemeralContainers?.length
      ? [forbiddenField('spec.ephemeralContainers', 'cannot be set on create')] : []),
    ...(pod.spec.nodeName && pod.spec.schedulingGates?.length
      ? [forbiddenField('spec.nodeName',
        'cannot be set until all schedulingGates have been cleared')] : []),
  ]
}

/** Models validatePodMetadataAndSpec. */
export function validatePod(pod: Pod): FieldError[] {
  return [
    ...validateMetadata(pod.metadata, dns1123Subdomain),
    ...validatePodSpec(pod.spec),
    ...(['containers', 'initContainers'] as const).flatMap((list) => {
      return (pod.spec[list] ?? []).flatMap((container, index) => {
        const image = container.image ?? ''
        return image === image.trim() ? [] : [invalidValue(`spec.${list}[${index}].image`, image,
          'must not have leading or trailing whitespace')]
      })
    }),
  ]
}

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never']
const DNS_POLICIES = ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None']
const PREEMPTION_POLICIES = ['PreemptLowerPriority', 'Never']

/** Models ValidatePodSpec, in the order of its checks. */
export function validatePodSpec(spec: PodSpec): FieldError[] {
  const errors: FieldError[] = [
    ...validateVolumes(spec.volumes, 'spec.volumes'), ...validateContainers(spec),
    ...validateInitContainers(spec),
  ]
  if (!RESTART_POLICIES.includes(spec.restartPolicy)) {
    errors.push(unsupported('spec.restartPolicy', spec.restartPolicy, RESTART_POLICIES))
  }
  if (!DNS_POLICIES.includes(spec.dnsPolicy)) {
    errors.push(unsupported('spec.dnsPolicy', spec.dnsPolicy, DNS_POLICIES))
  }
  errors.push(...validateLabels(spec.nodeSelector, 'spec.nodeSelector'))
  errors.push(...validatePodSecurity(spec))
  errors.push(...validateGates(spec))
  errors.push(...validateNames(spec))
  errors.push(...(spec.tolerations ?? []).flatMap((toleration, index) => {
    return validateToleration(toleration, `spec.tolerations[${index}]`)
  }))
  for (const [index, alias] of (spec.hostAliases ?? []).entries()) {
    for (const wrong of ipAddress(alias.ip)) {
      errors.push(invalidValue(`spec.hostAliases[${index}].ip`, alias.ip, wrong))
    }
  }
  if (spec.preemptionPolicy && !PREEMPTION_POLICIES.includes(spec.preemptionPolicy)) {
    errors.push(unsupported('spec.preemptionPolicy', spec.preemptionPolicy, PREEMPTION_POLICIES))
  }
  if (spec.os && !['linux', 'windows'].includes(spec.os.name)) {
    errors.push(spec.os.name === '' ? required('spec.os.name')
      : unsupported('spec.os', spec.os.name, ['linux', 'windows']))
  }
  return errors
}

/** Models validatePodSpecSecurityContext, the numbers of it. */
function validatePodSecurity({ securityContext }: PodSpec): FieldError[] {
  const { fsGroup, runAsUser, runAsGroup, supplementalGroups = [] } = securityContext
  const at = 'spec.securityContext'
  return [
    ...validateId(`${at}.fsGroup`, fsGroup), ...validateId(`${at}.runAsUser`, runAsUser),
    ...validateId(`${at}.runAsGroup`, runAsGroup),
    ...supplementalGroups.flatMap((id, i) => validateId(`${at}.supplementalGroups[${i}]`, id)),
  ]
}

function validateGates(spec: PodSpec): FieldError[] {
  return [
    ...(spec.readinessGates ?? []).flatMap((gate, index) => {
      return qualifiedName(gate.conditionType).map((wrong) => {
        return invalidValue(
          `spec.readinessGates[${index}].conditionType`, gate.conditionType, wrong)
      })
    }),
    ...(spec.schedulingGates ?? []).flatMap((gate, index) => {
      return qualifiedName(gate.name).map((wrong) => {
        return invalidValue(`spec.schedulingGates[${index}]`, gate.name, wrong)
      })
    }),
  ]
}

function validateNames(spec: PodSpec): FieldError[] {
  const errors: FieldError[] = []
  const check = (
    field: string, value: string | undefined, rule: (value: string) => readonly string[],
  ): void => {
    if (!value) return
    errors.push(...rule(value).map((wrong) => invalidValue(field, value, wrong)))
  }
  check('spec.serviceAccountName', spec.serviceAccountName, dns1123Subdomain)
  check('spec.nodeName', spec.nodeName, dns1123Subdomain)
  const deadline = spec.activeDeadlineSeconds
  if (deadline !== undefined && (deadline < 1 || deadline > 2_147_483_647)) {
    errors.push(invalidValue('spec.activeDeadlineSeconds', deadline,
      'must be between 1 and 2147483647, inclusive'))
  }
  check('spec.hostname', spec.hostname, dns1123Label)
  check('spec.subdomain', spec.subdomain, dns1123Label)
  check('spec.priorityClassName', spec.priorityClassName, dns1123Subdomain)
  check('spec.runtimeClassName', spec.runtimeClassName, dns1123Subdomain)
  return errors
}

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

/** Models core/validation ValidateTolerations. */
function validateToleration(toleration: Toleration, field: string): FieldError[] {
  const { key = '', operator = '', value = '', effect = '' } = toleration
  const errors: FieldError[] = key === '' ? []
    : qualifiedName(key).map((wrong) => invalidValue(`${field}.key`, key, wrong))
  if (key === '' && operator !== 'Exists') {
    errors.push(invalidValue(`${field}.operator`, operator, 'operator must be Exists when `key` '
      + 'is empty, which means "match all values and all keys"'))
  }
  if (toleration.tolerationSeconds !== undefined && effect !== 'NoExecute') {
    errors.push(invalidValue(`${field}.effect`, effect,
      "effect must be 'NoExecute' when `tolerationSeconds` is set"))
  }
  if (operator === 'Exists' && value !== '') {
    errors.push(invalidValue(`${field}.operator`, value,
      "value must be empty when `operator` is 'Exists'"))
  } else if (!['', 'Equal', 'Exists'].includes(operator)) {
    errors.push(unsupported(`${field}.operator`, operator, ['Equal', 'Exists']))
  }
  if (effect !== '' && !EFFECTS.includes(effect)) {
    errors.push(unsupported(`${field}.effect`, effect, EFFECTS))
  }
  return errors
}
