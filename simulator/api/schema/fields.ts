import explain from './explain.json' with { type: 'json' }
import published from './fields.json' with { type: 'json' }

/**
 * A field as its Go struct has it. `type` is `string`, `bool`, `int32`, `int64`, `object`, the
 * name of a type of this table (`v1.Container`), or one of those behind `[]` or `map[string]`.
 */
export interface FieldInfo {
  readonly type: string
  readonly description?: string
  readonly required?: boolean
  readonly enum?: readonly string[]
  /** Go's name of the type, where decoding errors show another than `type`. */
  readonly go?: string
  /** A pointer in Go: an explicit zero is kept. */
  readonly pointer?: boolean
}

/** A struct with `fields`, or a `scalar`: Time is a string, Quantity and IntOrString a union. */
export interface TypeInfo {
  readonly description?: string
  readonly fields?: Readonly<Record<string, FieldInfo>>
  readonly scalar?: string
}

/** Overlays v1.34 (explain.json) on what the package knows of v1.33 (fields.json). */
function overlaid(): ReadonlyMap<string, TypeInfo> {
  const types = new Map<string, TypeInfo>(Object.entries(published))
  for (const [name, changed] of Object.entries<TypeInfo>(explain)) {
    const base = types.get(name)
    types.set(name, { ...base, ...changed, fields: { ...base?.fields, ...changed.fields } })
  }
  return types
}

const types = overlaid()

export function typeInfo(name: string): TypeInfo | undefined {
  return types.get(name)
}

/** Name of the type of a kind: `v1.Pod` for `v1` and `Pod`, `apps/v1.Deployment`. */
export function typeOfKind(apiVersion: string, kind: string): string | undefined {
  const name = `${apiVersion}.${kind}`
  return types.has(name) ? name : undefined
}

export type Shape =
  | { readonly form: 'list' | 'map'; readonly of: string }
  | { readonly form: 'plain'; readonly of: string }

/** Filled as types are met: a fact of the schema, the same for every lab. */
const shapes = new Map<string, Shape>()

/** Takes `[]v1.Container` or `map[string]string` apart. */
export function shapeOf(type: string): Shape {
  let shape = shapes.get(type)
  if (!shape) {
    shape = takenApart(type)
    shapes.set(type, shape)
  }
  return shape
}

function takenApart(type: string): Shape {
  if (type.startsWith('[]')) return { form: 'list', of: type.slice(2) }
  if (type.startsWith('map[string]')) return { form: 'map', of: type.slice('map[string]'.length) }
  return { form: 'plain', of: type }
}
