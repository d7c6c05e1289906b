import type { ObjectMeta } from '../types.ts'
import { forbiddenField, invalidValue, required } from '../status.ts'
import type { FieldError } from '../status.ts'
import { labelValue, qualifiedName } from './names.ts'

const ANNOTATIONS_MOST = 262_144

/** Models apimachinery/pkg/api/validation ValidateObjectMeta. */
export function validateMetadata(
  metadata: ObjectMeta, checkName: (name: string) => readonly string[],
): FieldError[] {
  const errors: FieldError[] = []
  if (metadata.generateName) {
    const prefix = metadata.generateName.replace(/-$/, 'a')
    for (const wrong of checkName(prefix)) {
      errors.push(invalidValue('metadata.generateName', metadata.generateName, wrong))
    }
  }
  if (!metadata.name) {
    errors.push(required('metadata.name', 'name or generateName is required'))
  } else {
    for (const wrong of checkName(metadata.name)) {
      errors.push(invalidValue('metadata.name', metadata.name, wrong))
    }
  }
  errors.push(...validateLabels(metadata.labels, 'metadata.labels'))
  errors.push(...validateAnnotations(metadata.annotations, 'metadata.annotations'))
  errors.push(...validateOwners(metadata))
  for (const finalizer of metadata.finalizers ?? []) {
    for (const wrong of qualifiedName(finalizer)) {
      errors.push(invalidValue('metadata.finalizers', finalizer, wrong))
    }
  }
  return errors
}

export function validateLabels(
  labels: Readonly<Record<string, string>> | undefined, field: string,
): FieldError[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => [
    ...qualifiedName(key).map((wrong) => invalidValue(field, key, wrong)),
    ...labelValue(value).map((wrong) => invalidValue(field, value, wrong)),
  ])
}

export function validateAnnotations(
  annotations: Readonly<Record<string, string>> | undefined, field: string,
): FieldError[] {
  const entries = Object.entries(annotations ?? {})
  const errors = entries.flatMap(([key]) => {
    return qualifiedName(key.toLowerCase()).map((wrong) => invalidValue(field, key, wrong))
  })
  const size = entries.reduce((sum, [key, value]) => sum + key.length + value.length, 0)
  if (size > ANNOTATIONS_MOST) {
    errors.push({
      type: 'TooLong', field, detail: `may not be more than ${ANNOTATIONS_MOST} bytes`,
    })
  }
  return errors
}

function validateOwners(metadata: ObjectMeta): FieldError[] {
  const field = 'metadata.ownerReferences'
  const errors: FieldError[] = []
  let controllers = 0
  for (const [index, owner] of (metadata.ownerReferences ?? []).entries()) {
    const at = `${field}[${index}]`
    if (!owner.apiVersion) {
      errors.push(invalidValue(`${at}.apiVersion`, '', 'version must not be empty'))
    }
    if (!owner.kind) errors.push(invalidValue(`${at}.kind`, '', 'must not be empty'))
    if (!owner.name) errors.push(invalidValue(`${at}.name`, '', 'must not be empty'))
    if (!owner.uid) errors.push(invalidValue(`${at}.uid`, '', 'must not be empty'))
    if (owner.controller) controllers++
  }
  if (controllers > 1) {
    errors.push(invalidValue(field, metadata.ownerReferences,
      'Only one reference can have Controller set to true.'))
  }
  return errors
}

/** Models ValidateObjectMetaUpdate; what the server itself restores cannot differ here. */
export function validateMetadataUpdate(next: ObjectMeta, old: ObjectMeta): FieldError[] {
  const errors: FieldError[] = []
  const fixed = [['metadata.uid', next.uid, old.uid]] as const
  for (const [field, value, before] of fixed) {
    if (value !== before) errors.push(invalidValue(field, value, 'field is immutable'))
  }
  if (old.deletionTimestamp) {
    const added = (next.finalizers ?? []).filter((one) => !old.finalizers?.includes(one))
    if (added.length > 0) {
      errors.push(forbiddenField('metadata.finalizers', 'no new finalizers can be added if the '
        + `object is being deleted, found new finalizers []string{${added.map((one) => {
          return JSON.stringify(one)
        }).join(', ')}}`))
    }
  }
  return errors
}
