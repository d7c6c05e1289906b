import type { ResourceInfo } from './discovery.ts'
import { isObject, objectOf, textOf } from './json.ts'
import type { JsonObject } from './json.ts'
import { apiVersionOf } from './routes.ts'
import { decode } from './schema/decode.ts'
import type { Mismatch } from './schema/decode.ts'
import { typeInfo } from './schema/fields.ts'
import { badRequest } from './status.ts'
import type { Refusal } from './status.ts'
import type { ApiObject } from './types.ts'

export type FieldValidation = 'Strict' | 'Warn' | 'Ignore'

/** How a body that cannot be decoded is refused: a patch is told in other words. */
export type DecodingRefusal = (words: string, mismatch?: Mismatch) => Refusal

export interface DecodedObject {
  readonly object: ApiObject
  readonly warnings: readonly string[]
}

/** A request's body as an object of the kind that the path holds. */
export function decodeObject(
  body: unknown, info: ResourceInfo, type: string, validation: FieldValidation,
  refusal: DecodingRefusal = (words) => {
    return badRequest(
      `${info.kind} in version "${info.version}" cannot be handled as a ${info.kind}: ${words}`)
  },
): DecodedObject {
  const { kind, apiVersion } = checkKind(body, info)
  const decoded = decode(body, type)
  if (!decoded.ok) throw refusal(decoded.error, decoded.mismatch)
  const unknown = decoded.unknown.map((field) => `unknown field ${JSON.stringify(field)}`)
  if (unknown.length > 0 && validation === 'Strict') {
    throw refusal(`strict decoding error: ${unknown.join(', ')}`)
  }
  const object = toObject({ ...decoded.value, apiVersion, kind }, type)
  return { object, warnings: validation === 'Warn' ? unknown : [] }
}

/** Structs that are always there in Go. */
function toObject(value: JsonObject, type: string): ApiObject {
  const spec = typeInfo(type)?.fields?.['spec']
  const missing = spec && value['spec'] === undefined ? decode({}, spec.type) : undefined
  const filled = {
    ...value, metadata: objectOf(value['metadata']),
    ...(missing?.ok ? { spec: missing.value } : {}),
  }
  // The boundary: what the decoder has passed has the shape of its kind.
  return filled as unknown as ApiObject
}

function checkKind(body: unknown, info: ResourceInfo): { kind: string; apiVersion: string } {
  if (!isObject(body)) {
    throw badRequest("couldn't get version/kind; json parse error: json: cannot unmarshal "
      + `${Array.isArray(body) ? 'array' : typeof body} into Go value of type struct { APIVersion `
      + 'string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }')
  }
  const apiVersion = textOf(body['apiVersion']) || apiVersionOf(info)
  const kind = textOf(body['kind']) || info.kind
  if (apiVersion !== apiVersionOf(info)) {
    throw badRequest(`the API version in the data (${apiVersion}) does not match the expected `
      + `API version (${apiVersionOf(info)})`)
  }
  if (kind !== info.kind) {
    throw badRequest(`no kind ${JSON.stringify(kind)} is registered for version `
      + `${JSON.stringify(apiVersion)} in scheme "pkg/api/legacyscheme/scheme.go:30"`)
  }
  return { kind, apiVersion }
}

export function fieldValidation(query: Readonly<Record<string, string>>): FieldValidation {
  const asked = query['fieldValidation'] ?? 'Warn'
  if (asked === 'Strict' || asked === 'Warn' || asked === 'Ignore') return asked
  throw badRequest('error: invalid fieldValidation parameter: '
    + `${asked}: Unsupported value: supported values: "Ignore", "Strict", "Warn"`)
}
