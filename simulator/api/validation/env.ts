import type { EnvFromSource, EnvVar, KeyRef } from '../kinds.ts'
import { invalidValue, required, unsupported } from '../status.ts'
import type { FieldError } from '../status.ts'
import { configMapKey, envVarName, qualifiedName } from './names.ts'

const ENV_FIELDS = [
  'metadata.name', 'metadata.namespace', 'metadata.uid', 'spec.nodeName',
  'spec.serviceAccountName', 'status.hostIP', 'status.hostIPs', 'status.podIP', 'status.podIPs',
]
const ENV_RESOURCES = [
  'limits.cpu', 'limits.ephemeral-storage', 'limits.memory',
  'requests.cpu', 'requests.ephemeral-storage', 'requests.memory',
]
/** Labels of the downward API that can be converted but not used in `env`. */
const CONVERTIBLE = ['metadata.annotations', 'metadata.labels', 'spec.hostNetwork']

/** Models core/validation ValidateEnv. */
export function validateEnv(env: readonly EnvVar[] | undefined, field: string): FieldError[] {
  return (env ?? []).flatMap((variable, index) => {
    const at = `${field}[${index}]`
    const names = variable.name === '' ? [required(`${at}.name`)]
      : envVarName(variable.name).map((wrong) => invalidValue(`${at}.name`, variable.name, wrong))
    return [...names, ...validateSource(variable, `${at}.valueFrom`)]
  })
}

function validateSource(variable: EnvVar, field: string): FieldError[] {
  const source = variable.valueFrom
  if (!source) return []
  const errors: FieldError[] = []
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = source
  if (fieldRef) errors.push(...validateFieldRef(fieldRef.fieldPath, `${field}.fieldRef`))
  if (resourceFieldRef) {
    errors.push(...validateResourceRef(resourceFieldRef.resource, `${field}.resourceFieldRef`))
  }
  if (configMapKeyRef) errors.push(...validateKey(configMapKeyRef, `${field}.configMapKeyRef`))
  if (secretKeyRef) errors.push(...validateKey(secretKeyRef, `${field}.secretKeyRef`))
  const given = Object.values(source).filter(Boolean).length
  if (given === 0) {
    errors.push(invalidValue(field, '', 'must specify one of: `fieldRef`, `resourceFieldRef`, '
      + '`configMapKeyRef` or `secretKeyRef`'))
  } else if (variable.value) {
    errors.push(invalidValue(field, '', 'may not be specified when `value` is not empty'))
  } else if (given > 1) {
    errors.push(invalidValue(field, '', 'may not have more than one field specified at a time'))
  }
  return errors
}

function validateFieldRef(path: string, field: string): FieldError[] {
  if (path === '') return [required(`${field}.fieldPath`)]
  const subscript = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path)
  if (subscript) {
    return qualifiedName(subscript[2]!).map((wrong) => {
      return invalidValue(field, subscript[2], wrong)
    })
  }
  if (!ENV_FIELDS.includes(path) && !CONVERTIBLE.includes(path)) {
    const detail = `error converting fieldPath: field label not supported: ${path}`
    return [invalidValue(`${field}.fieldPath`, path, detail)]
  }
  return ENV_FIELDS.includes(path) ? []
    : [unsupported(`${field}.fieldPath`, path, ENV_FIELDS)]
}

function validateResourceRef(resource: string, field: string): FieldError[] {
  if (resource === '') return [required(`${field}.resource`)]
  if (ENV_RESOURCES.includes(resource) || /^(limits|requests)\.hugepages-/.test(resource)) return []
  return [unsupported(`${field}.resource`, resource, ENV_RESOURCES)]
}

function validateKey(ref: KeyRef, field: string): FieldError[] {
  if (!ref.key) return [required(`${field}.key`)]
  return configMapKey(ref.key).map((wrong) => invalidValue(`${field}.key`, ref.key, wrong))
}

/** Models core/validation ValidateEnvFrom. */
export function validateEnvFrom(
  sources: readonly EnvFromSource[] | undefined, field: string,
): FieldError[] {
  return (sources ?? []).flatMap((source, index) => {
    const at = `${field}[${index}]`
    const prefixes = source.prefix
      ? envVarName(source.prefix).map((wrong) => {
        return invalidValue(`${at}.prefix`, source.prefix, wrong)
      }) : []
    const names = [
      ...(source.configMapRef && !source.configMapRef.name
        ? [required(`${at}.configMapRef.name`)] : []),
      ...(source.secretRef && !source.secretRef.name ? [required(`${at}.secretRef.name`)] : []),
    ]
    const given = Number(Boolean(source.configMapRef)) + Number(Boolean(source.secretRef))
    const count = given === 0
      ? [invalidValue(at, '', 'must specify one of: `configMapRef` or `secretRef`')]
      : given > 1
        ? [invalidValue(at, '', 'may not have more than one field specified at a time')] : []
    return [...prefixes, ...names, ...count]
  })
}
