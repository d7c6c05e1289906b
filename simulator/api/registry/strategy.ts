import type { FieldError } from '../status.ts'
import type { ApiObject } from '../types.ts'

/** What a kind needs beside its schema, as pkg/registry has it for each resource. */
export interface Strategy {
  /** Name of its type in the schema. */
  readonly type: string
  /** Has `status` apart from `spec`: a plain update leaves it, and starts without one. */
  readonly hasStatus: boolean
  /** metadata.generation is kept: 1 at creation, one more for each change of the spec. */
  readonly hasGeneration: boolean
  defaults(object: ApiObject): ApiObject
  /** After defaulting and admission: what a client may not choose. */
  prepareCreate(object: ApiObject): ApiObject
  validate(object: ApiObject): FieldError[]
  validateUpdate(next: ApiObject, old: ApiObject): FieldError[]
  validateStatusUpdate(next: ApiObject, old: ApiObject): FieldError[]
  warnings(object: ApiObject): string[]
}

const nothing: Omit<Strategy, 'type'> = {
  hasStatus: false, hasGeneration: false,
  defaults: (object) => object,
  prepareCreate: (object) => object,
  validate: () => [],
  validateUpdate: () => [],
  validateStatusUpdate: () => [],
  warnings: () => [],
}

/** A strategy from what differs from "nothing special". */
export function strategy(special: Pick<Strategy, 'type'> & Partial<Strategy>): Strategy {
  const validateUpdate = (next: ApiObject): FieldError[] => special.validate?.(next) ?? []
  return { ...nothing, validateUpdate, ...special }
}
