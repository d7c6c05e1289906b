import { goJson, isObject, objectOf } from '../json.ts'
import type { JsonObject } from '../json.ts'
import type { PodSpec } from '../kinds.ts'
import { shapeOf, typeInfo } from '../schema/fields.ts'
import type { FieldInfo } from '../schema/fields.ts'
import { internalOrder } from './internal-order.ts'
import { unifiedDiff } from './unified-diff.ts'

/**
 * What the server adds to a refused update: the difference of two internal PodSpecs as indented
 * JSON. Undefined where the spec has a struct whose internal order is not known here.
 */
export function specDifference(old: PodSpec, next: PodSpec): string | undefined {
  try {
    return unifiedDiff(specLines(old), specLines(next))
  } catch (error) {
    if (error instanceof UnknownOrder) return undefined
    throw error
  }
}

class UnknownOrder extends Error {}

/** In the internal struct, what a pod shares with its host stands in the security context. */
const HOST_FIELDS = ['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace', 'hostUsers']

function specLines(spec: PodSpec): readonly string[] {
  const fields = objectOf(spec)
  const shared = Object.fromEntries(HOST_FIELDS.map((name) => [name, fields[name]]))
  const securityContext = { ...spec.securityContext, ...shared }
  return lines(inOrder({ ...spec, securityContext }, 'v1.PodSpec'), 0)
}

/** A value with its fields in Go's order under Go's names, absent ones at Go's zero. */
type Ordered =
  | { readonly fields: readonly (readonly [name: string, value: Ordered])[] }
  | { readonly items: readonly Ordered[] }
  | { readonly scalar: string }

function inOrder(value: unknown, type: string): Ordered {
  const shape = shapeOf(type)
  if (value === undefined || value === null) return { scalar: 'null' }
  if (shape.form === 'list') {
    const items = Array.isArray(value) ? value : []
    return { items: items.map((item: unknown) => inOrder(item, shape.of)) }
  }
  if (shape.form === 'map') {
    const entries = Object.entries(objectOf(value))
    return { fields: entries.map(([key, item]) => [key, { scalar: goJson(item) }] as const) }
  }
  return isObject(value) ? struct(value, type) : { scalar: goJson(value) }
}

function struct(value: JsonObject, type: string): Ordered {
  const order = internalOrder[type]
  if (order === undefined) throw new UnknownOrder(type)
  const known = typeInfo(type)?.fields ?? {}
  return {
    fields: order.split(' ').map((entry) => {
      const [name = '', given] = entry.split('=')
      const goName = given ?? name[0]!.toUpperCase() + name.slice(1)
      const field = known[name] ?? podLevel(name)
      const present = value[name] !== undefined
      return [goName, present ? inOrder(value[name], field.type) : { scalar: zeroOf(field) }]
    }),
  }
}

/** Fields that v1 has on the PodSpec and the internal struct in its security context. */
function podLevel(name: string): FieldInfo {
  const field = typeInfo('v1.PodSpec')?.fields?.[name]
  if (!field) throw new UnknownOrder(name)
  return field
}

function zeroOf(field: FieldInfo): string {
  if (field.pointer) return 'null'
  switch (field.type) {
    case 'string': return '""'
    case 'bool': return 'false'
    case 'int32': case 'int64': return '0'
    case 'Quantity': return '"0"'
    default: return 'null'
  }
}

/** Models json.MarshalIndent with one blank a level; the last line has no comma. */
function lines(value: Ordered, level: number, head = ''): string[] {
  const indent = ' '.repeat(level)
  if ('scalar' in value) return [`${indent}${head}${value.scalar}`]
  const inner = 'fields' in value
    ? value.fields.map(([name, field]) => lines(field, level + 1, `${goJson(name)}: `))
    : value.items.map((item) => lines(item, level + 1))
  const [open, close] = 'fields' in value ? ['{', '}'] : ['[', ']']
  if (inner.length === 0) return [`${indent}${head}${open}${close}`]
  const joined = inner.flatMap((part, index) => {
    const comma = index < inner.length - 1 ? ',' : ''
    return [...part.slice(0, -1), `${part.at(-1)}${comma}`]
  })
  return [`${indent}${head}${open}`, ...joined, `${indent}${close}`]
}
