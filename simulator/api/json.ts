// Plain JSON values, as requests bring them and the store keeps them.

export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value if it is an object, else an empty one. */
export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** Equality of JSON values; absent and undefined are the same, the order of keys is nothing. */
export function equalJson(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => equalJson(item, b[index]))
  }
  if (!isObject(a) || !isObject(b)) return false
  return hasFieldsOf(a, b) && hasFieldsOf(b, a)
}

function hasFieldsOf(a: JsonObject, b: JsonObject): boolean {
  return Object.keys(b).every((key) => b[key] === undefined || equalJson(a[key], b[key]))
}

/** The object without some fields, and without those that are undefined. */
export function without(object: object, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(
    Object.entries(object).filter(([key, value]) => value !== undefined && !names.includes(key)))
}

/** Value at a dotted path of object fields: `involvedObject.name`. */
export function valueAt(value: unknown, path: string): unknown {
  let at: unknown = value
  for (const name of path.split('.')) at = objectOf(at)[name]
  return at
}

/** Go's encoding/json escapes what HTML could misread. */
export function goJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&]/g, (char) => HTML_ESCAPES[char] ?? char)
}

const HTML_ESCAPES: Readonly<Record<string, string>> = {
  '<': '\\u003c', '>': '\\u003e', '&': '\\u0026',
}

/** Sets a field of its own: to assign `__proto__` would set something else. */
export function put(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value
  else {
    Object.defineProperty(object, key, {
      value, enumerable: true, configurable: true, writable: true,
    })
  }
}

/** A field of its own, not one that every object of the language inherits. */
export function ownOf(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined
}
