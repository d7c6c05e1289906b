import type { DecodingRefusal } from '../decoding.ts'
import { goJson, isObject } from '../json.ts'
import { shapeOf, typeInfo } from '../schema/fields.ts'
import type { Mismatch } from '../schema/decode.ts'
import { invalid, invalidValue } from '../status.ts'
import type { ApiRequest } from '../types.ts'

/**
 * Models endpoints/handlers/patch.go: a patch whose result cannot be decoded is invalid as such,
 * with the patch (strategic merge) or the patched object (the others) as the value.
 */
export function patchRefusal(
  request: ApiRequest, patched: unknown,
): DecodingRefusal | undefined {
  if (request.method !== 'PATCH') return undefined
  if (request.contentType !== 'strategic-merge-patch') {
    return (words) => invalid('', '', '', [invalidValue('patch', goJson(patched), words)])
  }
  const value = goFormat(request.body)
  return (words, mismatch) => {
    const told = mismatch ? converterWords(mismatch) : words
    return invalid('', '', '', [invalidValue('patch', value, told)])
  }
}

/** Models runtime.DefaultUnstructuredConverter: it says what it cannot fill, not where. */
function converterWords({ found, wanted }: Mismatch): string {
  const shape = shapeOf(wanted)
  const from = goKind(found)
  if (shape.form === 'list') return `cannot restore slice from ${from}`
  if (shape.form === 'map' || wanted === 'v1.ResourceList') return `cannot restore map from ${from}`
  if (typeInfo(wanted)?.fields) return `cannot restore struct from: ${from}`
  const scalar = /^(bool|int32|int64)$/.test(wanted) ? wanted : 'string'
  return `unrecognized type: ${scalar}`
}

function goKind(value: unknown): string {
  if (Array.isArray(value)) return 'slice'
  switch (typeof value) {
    case 'string': return 'string'
    case 'boolean': return 'bool'
    case 'number': return Number.isInteger(value) ? 'int64' : 'float64'
    default: return 'map'
  }
}

/** Models fmt's `%+v` of decoded JSON: `map[spec:map[containers:[map[name:c]]]]`. */
function goFormat(value: unknown): string {
  if (value === null || value === undefined) return '<nil>'
  if (Array.isArray(value)) return `[${value.map(goFormat).join(' ')}]`
  if (!isObject(value)) return String(value)
  const entries = Object.keys(value).sort().map((key) => `${key}:${goFormat(value[key])}`)
  return `map[${entries.join(' ')}]`
}
