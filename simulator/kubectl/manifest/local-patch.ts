import { jsonPatch, mergePatch } from '../../api/patch/json-patch.ts'
import { strategicMerge } from '../../api/patch/strategic-merge.ts'
import { typeOfKind } from '../../api/schema/fields.ts'
import { Refusal } from '../../api/status.ts'
import { Failure } from '../command/failure.ts'
import { isFields, type Fields } from './manifest.ts'

export type PatchType = 'strategic' | 'merge' | 'json'

const operations = new Set(['add', 'remove', 'replace', 'move', 'copy', 'test'])

/** What the patch makes of an object without asking the server. Models patch getPatchedJSON. */
export function patchedLocally(object: Fields, patch: unknown, type: PatchType): unknown {
  if (type === 'merge') return mergePatch(object, patch)
  if (type === 'json') return byOperations(object, patch)
  if (!isFields(patch)) throw new Failure('invalid JSON document')
  const [apiVersion, kind] = [String(object['apiVersion']), String(object['kind'])]
  const schema = typeOfKind(apiVersion, kind)
  if (schema === undefined) {
    throw new Failure(`strategic merge of ${apiVersion} ${kind} is not simulated in Grace`)
  }
  return strategicMerge(object, patch, schema)
}

function byOperations(object: Fields, patch: unknown): unknown {
  if (!Array.isArray(patch)) {
    const found = isFields(patch) ? 'object' : typeof patch === 'boolean' ? 'bool' : typeof patch
    throw new Failure(
      `json: cannot unmarshal ${found} into Go value of type jsonpatch.Patch`)
  }
  const odd: unknown = patch.find((one) => !isFields(one) || !operations.has(String(one['op'])))
  if (isFields(odd)) throw new Failure(`Unexpected kind: ${String(odd['op'] ?? 'unknown')}`)
  try {
    return jsonPatch(object, patch)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new Failure('a JSON patch that does not fit the object is not simulated in Grace')
  }
}
