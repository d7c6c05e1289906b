import type { Quantity, ResourceRequirements } from '../kinds.ts'
import { nanosOf } from '../schema/quantity.ts'
import { invalidValue, required } from '../status.ts'
import type { FieldError } from '../status.ts'
import { MUST_BE_NON_NEGATIVE, qualifiedName } from './names.ts'

const STANDARD = new Set(['cpu', 'memory', 'ephemeral-storage'])

/** Models core/validation ValidateContainerResourceRequirements. */
export function validateResources(
  resources: ResourceRequirements | undefined, field: string,
): FieldError[] {
  const errors: FieldError[] = []
  const limits = resources?.limits ?? {}
  const requests = resources?.requests ?? {}
  for (const [name, quantity] of Object.entries(limits)) {
    errors.push(...validateName(name, `${field}.limits[${name}]`))
    errors.push(...nonNegative(quantity, `${field}.limits[${name}]`))
  }
  for (const [name, quantity] of Object.entries(requests)) {
    errors.push(...validateName(name, `${field}.requests[${name}]`))
    errors.push(...nonNegative(quantity, `${field}.requests[${name}]`))
    errors.push(...withinLimit(name, quantity, limits[name], field))
  }
  return errors
}

function withinLimit(
  name: string, request: Quantity, limit: Quantity | undefined, field: string,
): FieldError[] {
  const hugePages = name.startsWith('hugepages-')
  if (limit === undefined) {
    if (!hugePages) return []
    return [required(`${field}.limits`, 'Limit must be set for non overcommitable resources')]
  }
  if (nanosOf(request) <= nanosOf(limit)) return []
  return [invalidValue(`${field}.requests`, String(request),
    `must be less than or equal to ${name} limit of ${limit}`)]
}

function validateName(name: string, field: string): FieldError[] {
  const errors = qualifiedName(name).map((wrong) => invalidValue(field, name, wrong))
  if (errors.length > 0 || name.includes('/')) return errors
  if (STANDARD.has(name) || name.startsWith('hugepages-')) return []
  return [
    invalidValue(field, name, 'must be a standard resource type or fully qualified'),
    invalidValue(field, name, 'must be a standard resource for containers'),
  ]
}

function nonNegative(quantity: Quantity, field: string): FieldError[] {
  if (nanosOf(quantity) >= 0n) return []
  return [invalidValue(field, String(quantity), MUST_BE_NON_NEGATIVE)]
}
