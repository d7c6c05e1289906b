import type {
  ConfigMap, Job, LabelSelector, PodTemplateSpec, Secret, Service, Workload,
} from '../kinds.ts'
import { equalJson } from '../json.ts'
import { selectorMatcher } from '../selectors.ts'
import {
  duplicate, forbiddenField, invalidValue, required, unsupported,
} from '../status.ts'
import type { FieldError } from '../status.ts'
import { validateAnnotations, validateLabels, validateMetadata } from './metadata.ts'
import {
  MUST_BE_NON_NEGATIVE, configMapKey, dns1035Label, dns1123Label, dns1123Subdomain,
} from './names.ts'
import { validatePodSpec } from './pod.ts'

// Models pkg/apis/{apps,batch,core}/validation for the kinds around pods: their commonest rules.

/** Deployment, ReplicaSet, StatefulSet, DaemonSet. */
export function validateWorkload(object: Workload): FieldError[] {
  const { spec } = object
  const errors = validateMetadata(object.metadata, dns1123Subdomain)
  for (const field of ['replicas', 'minReadySeconds', 'revisionHistoryLimit'] as const) {
    const value = spec[field]
    if (value !== undefined && value < 0) {
      errors.push(invalidValue(`spec.${field}`, value, MUST_BE_NON_NEGATIVE))
    }
  }
  errors.push(...validateSelector(spec.selector, object.kind))
  errors.push(...validateTemplate(spec.template, spec.selector))
  const restart = spec.template.spec.restartPolicy
  if (restart !== 'Always') {
    errors.push(unsupported('spec.template.spec.restartPolicy', restart, ['Always']))
  }
  if (spec.template.spec.activeDeadlineSeconds !== undefined) {
    errors.push(forbiddenField('spec.template.spec.activeDeadlineSeconds',
      'activeDeadlineSeconds in ReplicaSet is not Supported'))
  }
  return [...errors, ...validateStrategy(object)]
}

function validateStrategy(object: Workload): FieldError[] {
  if (object.kind !== 'Deployment') return []
  const { strategy, progressDeadlineSeconds = 600, minReadySeconds = 0 } = object.spec
  const errors: FieldError[] = []
  const rolling = strategy?.rollingUpdate
  if (strategy?.type === 'Recreate' && rolling) {
    errors.push(forbiddenField('spec.strategy.rollingUpdate',
      "may not be specified when strategy `type` is 'Recreate'"))
  } else if (!['Recreate', 'RollingUpdate'].includes(strategy?.type ?? '')) {
    errors.push(unsupported('spec.strategy.type', strategy?.type, ['Recreate', 'RollingUpdate']))
  } else if (rolling && isZero(rolling.maxUnavailable) && isZero(rolling.maxSurge)) {
    errors.push(invalidValue('spec.strategy.rollingUpdate.maxUnavailable',
      rolling.maxUnavailable, 'may not be 0 when `maxSurge` is 0'))
  }
  if (progressDeadlineSeconds <= minReadySeconds) {
    errors.push(invalidValue('spec.progressDeadlineSeconds', progressDeadlineSeconds,
      'must be greater than minReadySeconds'))
  }
  return errors
}

function isZero(value: number | string | undefined): boolean {
  return value === 0 || value === '0' || value === '0%'
}

function validateSelector(selector: LabelSelector | undefined, kind: string): FieldError[] {
  if (!selector) return [required('spec.selector')]
  const empty = Object.keys(selector.matchLabels ?? {}).length === 0
    && (selector.matchExpressions ?? []).length === 0
  if (empty) {
    return [invalidValue('spec.selector', selector,
      `empty selector is invalid for ${kind.toLowerCase()}`)]
  }
  return validateLabels(selector.matchLabels, 'spec.selector.matchLabels')
}

function validateTemplate(
  template: PodTemplateSpec, selector: LabelSelector | undefined,
): FieldError[] {
  const labels = template.metadata?.labels ?? {}
  const errors: FieldError[] = []
  if (selector && !selectorMatcher(selector)(labels)) {
    errors.push(invalidValue('spec.template.metadata.labels', labels,
      '`selector` does not match template `labels`'))
  }
  return [
    ...errors,
    ...validateLabels(labels, 'spec.template.metadata.labels'),
    ...validateAnnotations(template.metadata?.annotations, 'spec.template.metadata.annotations'),
    ...validatePodSpec(template.spec).map((error) => {
      return { ...error, field: `spec.template.${error.field}` }
    }),
  ]
}

export function validateWorkloadUpdate(next: Workload, old: Workload): FieldError[] {
  const errors = validateWorkload(next)
  if (!equalJson(next.spec.selector, old.spec.selector)) {
    errors.push(invalidValue('spec.selector', next.spec.selector, 'field is immutable'))
  }
  return errors
}

export function validateJob(job: Job): FieldError[] {
  const errors = validateMetadata(job.metadata, dns1123Subdomain)
  for (const field of ['parallelism', 'completions', 'backoffLimit'] as const) {
    const value = job.spec[field]
    if (value !== undefined && value < 0) {
      errors.push(invalidValue(`spec.${field}`, value, MUST_BE_NON_NEGATIVE))
    }
  }
  errors.push(...validateTemplate(job.spec.template, undefined))
  const restart = job.spec.template.spec.restartPolicy
  if (!['Never', 'OnFailure'].includes(restart)) {
    errors.push({
      type: 'Required', field: 'spec.template.spec.restartPolicy',
      detail: 'valid values: "OnFailure", "Never"',
    })
  }
  return errors
}

export function validateJobUpdate(next: Job, old: Job): FieldError[] {
  const errors = validateJob(next)
  for (const field of ['selector', 'template', 'completions'] as const) {
    if (!equalJson(next.spec[field], old.spec[field])) {
      errors.push(invalidValue(`spec.${field}`, next.spec[field], 'field is immutable'))
    }
  }
  return errors
}

const SERVICE_TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']

export function validateService(service: Service): FieldError[] {
  const { spec } = service
  const errors = validateMetadata(service.metadata, dns1035Label)
  const ports = spec.ports ?? []
  if (ports.length === 0 && spec.clusterIP !== 'None' && spec.type !== 'ExternalName') {
    errors.push(required('spec.ports'))
  }
  const names = new Set<string>()
  for (const [index, port] of ports.entries()) {
    const at = `spec.ports[${index}]`
    if (ports.length > 1 && !port.name) errors.push(required(`${at}.name`))
    else if (port.name) {
      errors.push(...dns1123Label(port.name).map((wrong) => {
        return invalidValue(`${at}.name`, port.name, wrong)
      }))
      if (names.has(port.name)) errors.push(duplicate(`${at}.name`, port.name))
      names.add(port.name)
    }
    if (port.port < 1 || port.port > 65535) {
      errors.push(invalidValue(`${at}.port`, port.port, 'must be between 1 and 65535, inclusive'))
    }
  }
  errors.push(...validateLabels(spec.selector, 'spec.selector'))
  if (!SERVICE_TYPES.includes(spec.type)) {
    errors.push(unsupported('spec.type', spec.type, SERVICE_TYPES))
  }
  return errors
}

/** ConfigMap and Secret: their keys become file names. */
export function validateKeyed(object: ConfigMap | Secret): FieldError[] {
  const errors = validateMetadata(object.metadata, dns1123Subdomain)
  for (const key of Object.keys(object.data ?? {})) {
    for (const wrong of configMapKey(key)) errors.push(invalidValue(`data[${key}]`, key, wrong))
  }
  return errors
}

export function validateKeyedUpdate<T extends ConfigMap | Secret>(next: T, old: T): FieldError[] {
  const errors = validateKeyed(next)
  if (!old.immutable) return errors
  if (!next.immutable) {
    errors.push(forbiddenField('immutable', 'field is immutable when `immutable` is set'))
  }
  if (!equalJson(next.data, old.data)) {
    errors.push(forbiddenField('data', 'field is immutable when `immutable` is set'))
  }
  return errors
}
