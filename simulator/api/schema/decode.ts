import { isObject } from '../json.ts'
import type { JsonObject } from '../json.ts'
import { shapeOf, typeInfo } from './fields.ts'
import type { FieldInfo } from './fields.ts'
import { canonicalQuantity, parseQuantity } from './quantity.ts'

/** What the Go decoder makes of a body: a clean object, or the words of its first error. */
export type Decoded =
  | { readonly ok: true; readonly value: JsonObject; readonly unknown: readonly string[] }
  | { readonly ok: false; readonly error: string; readonly mismatch?: Mismatch }

/** A value of one form where another is wanted; `wanted` is a type of the schema. */
export interface Mismatch {
  readonly found: unknown
  readonly wanted: string
}

/**
 * Decodes as encoding/json into a Go struct and back: fields it does not know are dropped and
 * named, nulls and empty values of fields with omitempty go, required ones get their zero.
 * Keys are taken in alphabetical order, the order in which kubectl sends them.
 */
export function decode(body: unknown, type: string): Decoded {
  const decoder = new Decoder()
  try {
    const value = decoder.struct(body, type, { owner: '', go: [], strict: '' })
    const { error, mismatch } = decoder
    if (error !== undefined) return { ok: false, error, ...(mismatch ? { mismatch } : {}) }
    return { ok: true, value: isObject(value) ? value : {}, unknown: decoder.unknown }
  } catch (error) {
    if (error instanceof Aborted) return { ok: false, error: error.message }
    throw error
  }
}

/** An UnmarshalJSON method failed: Go stops there, a mismatch of types it notes and goes on. */
class Aborted extends Error {}

interface Place {
  /** Innermost Go struct: `ExecAction`. */
  readonly owner: string
  /** JSON names without indexes: as decoding errors show it. */
  readonly go: readonly string[]
  /** With indexes: as strict errors show it. */
  readonly strict: string
}

class Decoder {
  readonly unknown: string[] = []
  /** The first mismatch of types, and Go's words for it; later ones are not told. */
  mismatch: Mismatch | undefined
  error: string | undefined

  struct(body: unknown, type: string, place: Place): unknown {
    const info = typeInfo(type)
    if (!info?.fields) return body
    if (!isObject(body)) return this.mismatched(body, goName(type), place)
    const fields = info.fields
    const owner = type.slice(type.lastIndexOf('.') + 1)
    const out: Record<string, unknown> = {}
    for (const name of [...new Set([...Object.keys(body), ...requiredOf(type, fields)])].sort()) {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined
      const strict = place.strict === '' ? name : `${place.strict}.${name}`
      if (!field) {
        if (Object.keys(fields).length > 0) this.unknown.push(strict)
        else out[name] = body[name]
        continue
      }
      const inner = { owner, go: [...place.go, name], strict }
      const value = this.field(body[name], field, inner)
      if (value !== undefined) out[name] = value
    }
    return out
  }

  private field(body: unknown, field: FieldInfo, place: Place): unknown {
    if (body === undefined || body === null) {
      if (body === null && isTime(field.type) && place.go[0] !== 'metadata') return null
      return field.required ? zeroOf(field.type) : undefined
    }
    const value = this.value(body, field.type, place, field.go)
    return !field.required && !field.pointer && isEmpty(value, field.type) ? undefined : value
  }

  private value(body: unknown, type: string, place: Place, go?: string): unknown {
    const shape = shapeOf(type)
    if (shape.form === 'list') {
      if (!Array.isArray(body)) return this.mismatched(body, go ?? goName(type), place)
      return body.map((item, index) => {
        return this.value(item, shape.of, { ...place, strict: `${place.strict}[${index}]` })
      })
    }
    if (shape.form === 'map') {
      if (!isObject(body)) return this.mismatched(body, go ?? goName(type), place)
      return Object.fromEntries(Object.keys(body).sort().map((key) => {
        return [key, this.value(body[key], shape.of, place) ?? zeroOf(shape.of)]
      }))
    }
    return this.plain(body, type, place, go)
  }

  private plain(body: unknown, type: string, place: Place, go?: string): unknown {
    if (body === null) return zeroOf(type)
    switch (type) {
      case 'object': return body
      case 'string':
        return typeof body === 'string' ? body : this.mismatched(body, go ?? 'string', place)
      case 'bytes': return this.bytes(body, place)
      case 'bool':
        return typeof body === 'boolean' ? body : this.mismatched(body, 'bool', place)
      case 'int32': case 'int64': return this.integer(body, type, place)
      case 'Quantity': return quantity(body)
      case 'IntOrString':
        return typeof body === 'string' ? body : this.integer(body, 'int32', place)
      case 'meta/v1.Time': case 'meta/v1.MicroTime': return this.time(body, place)
      default: return this.struct(body, type, place)
    }
  }

  private integer(body: unknown, type: 'int32' | 'int64', place: Place): unknown {
    const bound = type === 'int32' ? 2 ** 31 : 2 ** 63
    const fits = Number.isInteger(body) && Number(body) >= -bound && Number(body) < bound
    return fits ? body : this.mismatched(body, type, place, true)
  }

  private bytes(body: unknown, place: Place): unknown {
    if (typeof body !== 'string') return this.mismatched(body, '[]uint8', place)
    const text = body.replace(/[\r\n]/g, '')
    const bad = /^[A-Za-z0-9+/]*={0,2}/.exec(text)![0].length
    if (bad < text.length) throw new Aborted(`illegal base64 data at input byte ${bad}`)
    if (text.length % 4 === 0) return body
    throw new Aborted(`illegal base64 data at input byte ${text.length - (text.length % 4)}`)
  }

  private time(body: unknown, place: Place): unknown {
    if (typeof body !== 'string') return this.mismatched(body, 'string', place)
    if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(body)) return body
    throw new Aborted(`parsing time ${JSON.stringify(body)} as "2006-01-02T15:04:05Z07:00": `
      + `cannot parse ${JSON.stringify(body)} as "2006"`)
  }

  private mismatched(body: unknown, type: string, place: Place, literal = false): undefined {
    const found = typeof body === 'number' && literal ? `number ${body}` : jsonKind(body)
    const target = place.owner === '' ? 'Go value'
      : `Go struct field ${place.owner}.${place.go.join('.')}`
    this.mismatch ??= { found: body, wanted: type }
    this.error ??= `json: cannot unmarshal ${found} into ${target} of type ${type}`
    return undefined
  }
}

function quantity(body: unknown): string {
  const text = typeof body === 'string' ? body.trim() : JSON.stringify(body)
  const parsed = parseQuantity(text)
  if (typeof parsed === 'string') throw new Aborted(parsed)
  return canonicalQuantity(parsed)
}

function jsonKind(body: unknown): string {
  if (Array.isArray(body)) return 'array'
  return typeof body === 'boolean' ? 'bool' : typeof body
}

/** `[]v1.Container`, `map[string]string`, `v1.PodSpec`: the package is the last part of a group. */
function goName(type: string): string {
  const shape = shapeOf(type)
  if (shape.form === 'list') return `[]${goName(shape.of)}`
  if (shape.form === 'map') return `map[string]${goName(shape.of)}`
  if (shape.of === 'Quantity') return 'resource.Quantity'
  if (shape.of === 'IntOrString') return 'intstr.IntOrString'
  if (shape.of === 'bytes') return '[]uint8'
  return shape.of.slice(shape.of.lastIndexOf('/') + 1)
}

/** Fields without omitempty; the kind's own name is the caller's affair. */
function requiredOf(type: string, fields: Readonly<Record<string, FieldInfo>>): readonly string[] {
  let names = required.get(type)
  if (!names) {
    names = Object.keys(fields).filter((name) => fields[name]!.required)
    required.set(type, names)
  }
  return names
}

/** Filled as types are met: a fact of the schema, the same for every lab. */
const required = new Map<string, readonly string[]>()

function zeroOf(type: string): unknown {
  const shape = shapeOf(type)
  if (shape.form === 'list') return []
  if (shape.form === 'map') return {}
  switch (type) {
    case 'string': case 'bytes': return ''
    case 'bool': return false
    case 'int32': case 'int64': case 'IntOrString': return 0
    case 'Quantity': return '0'
    case 'object': case 'meta/v1.Time': case 'meta/v1.MicroTime': return null
    default: {
      const decoded = decode({}, type)
      return decoded.ok ? decoded.value : {}
    }
  }
}

function isTime(type: string): boolean {
  return type === 'meta/v1.Time' || type === 'meta/v1.MicroTime'
}

/** What omitempty leaves out: structs and pointers stay, however empty. */
function isEmpty(value: unknown, type: string): boolean {
  if (shapeOf(type).form === 'map') return isObject(value) && Object.keys(value).length === 0
  return value === '' || value === 0 || value === false
    || (Array.isArray(value) && value.length === 0)
}
