import { decode } from '../../api/schema/decode.ts'
import { typeOfKind } from '../../api/schema/fields.ts'
import { Failure } from '../command/failure.ts'
import type { Session } from '../session.ts'
import { patchedLocally } from './local-patch.ts'
import { isFields, type Fields } from './manifest.ts'

/**
 * What --overrides makes of the object that a command has made. Models kubectl/cmd/util
 * Overrider.Apply: the result is read into Go's type, which drops what it does not know.
 */
export function overridden(session: Session, object: Fields): Fields {
  const text = session.flags.text('overrides')
  if (text === '') return object
  const type = session.flags.text('override-type') || 'merge'
  if (!(type === 'merge' || type === 'json' || type === 'strategic')) {
    throw new Failure(`invalid override type: ${type}`)
  }
  const value = patchedLocally(object, patchOf(text, type), type)
  if (!isFields(value)) {
    throw new Failure("couldn't get version/kind; json parse error: json: cannot unmarshal "
      + `${Array.isArray(value) ? 'array' : typeof value} into Go value of type struct { `
      + 'APIVersion string "json:\\"apiVersion,omitempty\\""; '
      + 'Kind string "json:\\"kind,omitempty\\"" }')
  }
  const schema = typeOfKind(String(value['apiVersion']), String(value['kind']))
  if (schema !== 'v1.Pod') {
    throw new Failure('kubectl run --overrides of what is no Pod is not simulated in Grace')
  }
  const decoded = decode(value, schema)
  if (!decoded.ok) throw new Failure(decoded.error)
  const { spec, status = {} } = decoded.value
  return {
    ...decoded.value, status,
    ...(isFields(spec) ? { spec: { ...spec, ...withResources(spec) } } : {}),
  }
}

/** Go writes a container's resources also when they are empty. */
function withResources(spec: Fields): Fields {
  const lists = ['containers', 'initContainers'].flatMap((name) => {
    const list: unknown = spec[name]
    if (!Array.isArray(list)) return []
    return [[name, list.map((one: unknown) => isFields(one) ? { resources: {}, ...one } : one)]]
  })
  return Object.fromEntries(lists) as Fields
}

function patchOf(text: string, type: 'merge' | 'json' | 'strategic'): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    if (type === 'json') {
      throw new Failure('kubectl run --overrides of what is no JSON is not simulated in Grace')
    }
    throw new Failure(type === 'merge' ? 'Invalid JSON Patch' : 'invalid JSON document')
  }
}
