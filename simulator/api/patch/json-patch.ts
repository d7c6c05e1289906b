import { equalJson, isObject, objectOf, ownOf, put } from '../json.ts'
import { Refusal } from '../status.ts'

/** RFC 7386. */
export function mergePatch(current: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch
  const merged: Record<string, unknown> = { ...objectOf(current) }
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key]
    else put(merged, key, mergePatch(ownOf(merged, key), value))
  }
  return merged
}

/** RFC 6902. */
export function jsonPatch(current: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) throw rejected()
  return patch.reduce<unknown>((document, operation) => {
    return applied(document, objectOf(operation))
  }, current)
}

function applied(document: unknown, operation: Readonly<Record<string, unknown>>): unknown {
  const path = pointer(operation['path'])
  switch (operation['op']) {
    case 'add': return edited(document, path, { set: operation['value'], insert: true })
    case 'replace':
      at(document, path)
      return edited(document, path, { set: operation['value'], insert: false })
    case 'remove':
      at(document, path)
      return edited(document, path, 'remove')
    case 'copy':
      return edited(document, path, {
        set: at(document, pointer(operation['from'])), insert: true,
      })
    case 'move': {
      const from = pointer(operation['from'])
      const value = at(document, from)
      return edited(edited(document, from, 'remove'), path, { set: value, insert: true })
    }
    case 'test':
      if (!equalJson(at(document, path), operation['value'])) throw rejected()
      return document
    default: throw rejected()
  }
}

type Edit = 'remove' | { readonly set: unknown; readonly insert: boolean }

function edited(value: unknown, path: readonly string[], edit: Edit): unknown {
  const [head, ...rest] = path
  if (head === undefined) return edit === 'remove' ? null : edit.set
  if (Array.isArray(value)) return editedList(value, head, rest, edit)
  if (!isObject(value)) throw rejected()
  if (rest.length > 0) {
    if (value[head] === undefined) throw rejected()
    return { ...value, [head]: edited(value[head], rest, edit) }
  }
  if (edit !== 'remove') return { ...value, [head]: edit.set }
  const { [head]: _removed, ...others } = value
  return others
}

function editedList(
  list: readonly unknown[], head: string, rest: readonly string[], edit: Edit,
): unknown {
  const index = head === '-' ? list.length : Number(head)
  if (!Number.isInteger(index) || index < 0 || index > list.length) throw rejected()
  const copy = [...list]
  if (rest.length > 0) {
    if (index === list.length) throw rejected()
    copy[index] = edited(list[index], rest, edit)
  } else if (edit === 'remove') copy.splice(index, 1)
  else copy.splice(index, edit.insert ? 0 : 1, edit.set)
  return copy
}

/** The value a pointer names; there must be one. */
function at(value: unknown, path: readonly string[]): unknown {
  let here: unknown = value
  for (const name of path) {
    here = Array.isArray(here) ? here[Number(name)] : objectOf(here)[name]
    if (here === undefined) throw rejected()
  }
  return here
}

function pointer(path: unknown): readonly string[] {
  if (typeof path !== 'string' || (path !== '' && !path.startsWith('/'))) throw rejected()
  return path.split('/').slice(1).map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'))
}

function rejected(): Refusal {
  return new Refusal(422, 'Invalid',
    'the server rejected our request due to an error in our request', {})
}
