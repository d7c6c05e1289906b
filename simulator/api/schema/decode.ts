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
    const value = decoder.struct(body, type, undefined)
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

/** The way to a value, from the inside out: put into words only where something is wrong. */
interface Place {
  readonly outer: Place | undefined
  /** Type of the innermost Go struct: `v1.ExecAction`. */
  readonly owner: string
  /** A field's JSON name, or an index of a list. */
  readonly step: string | number
}

class Decoder {
  readonly unknown: string[] = []
  /** The first mismatch of types, and Go's words for it; later ones are not told. */
  mismatch: Mismatch | undefined
  error: string | undefined

  struct(body: unknown, type: string, place: Place | undefined): unknown {
    const fields = typeInfo(type)?.fields
    if (!fields) return body
    if (!isObject(body)) return this.mismatched(body, goName(type), place)
    const out: Record<string, unknown> = {}
    for (const step of namesIn(body, requiredOf(type, fields))) {
      const field = Object.hasOwn(fields, step) ? fields[step] : undefined
      const inner = { outer: place, owner: type, step }
      if (!field) {
        if (Object.keys(fields).length > 0) this.unknown.push(strictPath(inner))
        else out[step] = body[step]
        continue
      }
      const value = this.field(body[step], field, inner)
      if (value !== undefined) out[step] = value
    }
    return out
  }

  private field(body: unknown, field: FieldInfo, place: Place): unknown {
    if (body === undefined || body === null) {
      if (body === null && isTime(field.type) && outermost(place) !== 'metadata') return null
      return field.required ? zeroOf(field.type) : undefined
    }
    const value = this.value(body, field.type, place, field.go)
    return !field.required && !field.pointer && isEmpty(value, field.type) ? undefined : value
  }

  private value(body: unknown, type: string, place: Place, go?: string): unknown {
    const shape = shapeOf(type)
    if (shape.form === 'list') {
      if (!Array.isArray(body)) return this.mismatched(body, go ?? goName(type), place)
      return body.map((item, step) => {
        return this.value(item, shape.of, { outer: place, owner: place.owner, step })
      })
    }
    if (shape.form === 'map') {
      if (!isObject(body)) return this.mismatched(body, go ?? goName(type), place)
      return Object.fromEntries(namesIn(body, []).map((key) => {
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

  private mismatched(
    body: unknown, type: string, place: Place | undefined, literal = false,
  ): undefined {
    const found = typeof body === 'number' && literal ? `number ${body}` : jsonKind(body)
    const target = place
      ? `Go struct field ${lastPart(place.owner, '.')}.${goSteps(place).join('.')}` : 'Go value'
    this.mismatch ??= { found: body, wanted: type }
    this.error ??= `json: cannot unmarshal ${found} into ${target} of type ${type}`
    return undefined
  }
}

/** Names of a body's fields and of those that are always there, in alphabetical order. */
function namesIn(body: JsonObject, required: readonly string[]): readonly string[] {
  const names = Object.keys(body)
  for (const name of required) if (!Object.hasOwn(body, name)) names.push(name)
  return names.length > fewNames ? names.sort() : sortFew(names)
}

const fewNames = 24

/** Bodies mostly have few fields, and those in order: to insert each costs less than `sort`. */
function sortFew(names: string[]): readonly string[] {
  for (let i = 1; i < names.length; i++) {
    const name = names[i]!
    let at = i
    while (at > 0 && names[at - 1]! > name) {
      names[at] = names[at - 1]!
      at--
    }
    names[at] = name
  }
  return names
}

function outermost(place: Place): string | number {
  let at = place
  while (at.outer) at = at.outer
  return at.step
}

/** JSON names without indexes: as decoding errors show a place. */
function goSteps(place: Place): readonly string[] {
  const before = place.outer ? goSteps(place.outer) : []
  return typeof place.step === 'string' ? [...before, place.step] : before
}

/** With indexes: as strict errors show a place. */
function strictPath({ outer, step }: Place): string {
  const before = outer ? strictPath(outer) : ''
  if (typeof step === 'number') return `${before}[${step}]`
  return before === '' ? step : `${before}.${step}`
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
  return lastPart(shape.of, '/')
}

function lastPart(text: string, separator: string): string {
  return text.slice(text.lastIndexOf(separator) + 1)
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
