import { shapeOf, typeInfo } from './fields.ts'
import type { FieldInfo } from './fields.ts'

/** A JSON Schema (draft 7), as plain data for an editor. */
export interface JsonSchema {
  readonly [keyword: string]: unknown
}

/** Kinds an editor can check; the schema of a manifest is the one its kind names. */
const EDITED: readonly (readonly [apiVersion: string, kind: string])[] = [
  ['v1', 'Pod'], ['v1', 'ConfigMap'], ['v1', 'Secret'], ['v1', 'Service'], ['v1', 'Namespace'],
  ['v1', 'ServiceAccount'], ['apps/v1', 'Deployment'], ['apps/v1', 'ReplicaSet'],
  ['apps/v1', 'StatefulSet'], ['apps/v1', 'DaemonSet'], ['batch/v1', 'Job'],
  ['batch/v1', 'CronJob'],
]

/** The schema of a Pod alone. */
export function podJsonSchema(): JsonSchema {
  return kindJsonSchema('v1', 'Pod')
}

/** The schema of one kind, with all that it refers to. */
function kindJsonSchema(apiVersion: string, kind: string): JsonSchema {
  const definitions: Record<string, JsonSchema> = {}
  const root = rootOf(apiVersion, kind, definitions)
  return { $schema: DRAFT, ...root, definitions }
}

/** One schema for every kind: `apiVersion` and `kind` decide which rules hold. */
export function manifestJsonSchema(): JsonSchema {
  const definitions: Record<string, JsonSchema> = {}
  const branches = EDITED.map(([apiVersion, kind]) => ({
    if: { properties: { apiVersion: { const: apiVersion }, kind: { const: kind } } },
    then: rootOf(apiVersion, kind, definitions),
  }))
  const kinds = EDITED.map(([, kind]) => kind)
  return {
    $schema: DRAFT, type: 'object', required: ['apiVersion', 'kind', 'metadata'],
    properties: {
      apiVersion: { type: 'string', enum: [...new Set(EDITED.map(([version]) => version))] },
      kind: { type: 'string', enum: kinds },
    },
    allOf: branches, definitions,
  }
}

const DRAFT = 'http://json-schema.org/draft-07/schema#'

/** Fields the server fills in: of no use while writing a manifest. */
const SERVER_ONLY: Readonly<Record<string, readonly string[]>> = {
  'meta/v1.ObjectMeta': [
    'creationTimestamp', 'deletionGracePeriodSeconds', 'deletionTimestamp', 'generation',
    'managedFields', 'resourceVersion', 'selfLink', 'uid',
  ],
}

function rootOf(
  apiVersion: string, kind: string, definitions: Record<string, JsonSchema>,
): JsonSchema {
  const struct = structOf(`${apiVersion}.${kind}`, definitions, ['status'])
  const properties: JsonSchema = {
    ...objectOf(struct['properties']),
    apiVersion: { ...described('apiVersion', `${apiVersion}.${kind}`), const: apiVersion },
    kind: { ...described('kind', `${apiVersion}.${kind}`), const: kind },
  }
  return { ...struct, properties, required: ['apiVersion', 'kind', 'metadata'] }
}

function described(field: string, type: string): JsonSchema {
  const description = typeInfo(type)?.fields?.[field]?.description
  return { type: 'string', ...(description === undefined ? {} : { description }) }
}

function structOf(
  type: string, definitions: Record<string, JsonSchema>, hidden: readonly string[] = [],
): JsonSchema {
  const info = typeInfo(type)
  const fields = Object.entries(info?.fields ?? {}).filter(([name]) => {
    return !hidden.includes(name) && !SERVER_ONLY[type]?.includes(name)
  })
  const required = fields.filter(([, field]) => field.required).map(([name]) => name)
  return {
    type: 'object', ...(info?.description ? { description: info.description } : {}),
    properties: Object.fromEntries(fields.map(([name, field]) => {
      return [name, fieldSchema(field, definitions)]
    })),
    ...(required.length > 0 ? { required } : {}),
    ...(fields.length > 0 ? { additionalProperties: false } : {}),
  }
}

/** A `$ref` silences its siblings in draft 7, so a described reference stands in `allOf`. */
function fieldSchema(field: FieldInfo, definitions: Record<string, JsonSchema>): JsonSchema {
  const schema = typeSchema(field.type, definitions)
  const description = field.description === undefined ? {} : { description: field.description }
  const values = field.enum === undefined ? {} : { enum: field.enum }
  if (!('$ref' in schema)) return { ...schema, ...description, ...values }
  return { ...description, allOf: [schema] }
}

function typeSchema(type: string, definitions: Record<string, JsonSchema>): JsonSchema {
  const shape = shapeOf(type)
  if (shape.form === 'list') return { type: 'array', items: typeSchema(shape.of, definitions) }
  if (shape.form === 'map') {
    return { type: 'object', additionalProperties: typeSchema(shape.of, definitions) }
  }
  switch (type) {
    case 'string': case 'bytes': return { type: 'string' }
    case 'bool': return { type: 'boolean' }
    case 'int32': case 'int64': return { type: 'integer' }
    case 'IntOrString': return { type: ['integer', 'string'] }
    case 'Quantity': return { type: ['number', 'string'] }
    case 'meta/v1.Time': case 'meta/v1.MicroTime': return { type: 'string', format: 'date-time' }
    case 'object': return { type: 'object' }
    default: return reference(type, definitions)
  }
}

function reference(type: string, definitions: Record<string, JsonSchema>): JsonSchema {
  const name = type.replace('/', '.')
  if (!definitions[name]) {
    // Entered before its fields are followed, since some types contain themselves.
    definitions[name] = {}
    definitions[name] = structOf(type, definitions)
  }
  return { $ref: `#/definitions/${name}` }
}

function objectOf(value: unknown): JsonSchema {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
