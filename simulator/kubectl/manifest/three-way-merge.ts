import { compactJson } from '../text/json.ts'
import { listMerge, type ListMerge } from './merge-keys.ts'

// Models apimachinery/util/strategicpatch CreateThreeWayMergePatch: what was applied before and is
// gone from the manifest is deleted; what differs from the live object is set.

type Fields = Readonly<Record<string, unknown>>
type Patch = Record<string, unknown>

/** A strategic merge patch from `current` to `modified`, knowing what was applied last. */
export function threeWayPatch(
  kind: string, original: Fields, modified: Fields, current: Fields,
): Fields {
  const deletions = removed(kind, original, modified)
  const changes = changed(kind, current, modified)
  return merged(kind, deletions, changes)
}

/** A two-way strategic merge patch, as `edit` and `set image` send it. */
export function twoWayPatch(kind: string, from: Fields, to: Fields): Fields {
  return merged(kind, removed(kind, from, to), changed(kind, from, to))
}

/** Additions and changes from `from` to `to`, without deletions. */
function changed(kind: string, from: Fields, to: Fields): Patch {
  const patch: Patch = {}
  for (const [field, value] of Object.entries(to)) {
    if (value === undefined) continue
    const old = from[field]
    if (isFields(old) && isFields(value)) {
      const inner = changed(kind, old, value)
      if (Object.keys(inner).length > 0) patch[field] = inner
    } else if (Array.isArray(old) && Array.isArray(value)) {
      changedList(kind, field, old, value, patch)
    } else if (!same(old, value)) patch[field] = value
  }
  return patch
}

function changedList(
  kind: string, field: string, from: readonly unknown[], to: readonly unknown[], patch: Patch,
): void {
  const merge = listMerge(kind, field)
  if (merge.primitives) {
    const added = to.filter((item) => !from.some((one) => same(one, item)))
    if (added.length > 0) patch[field] = added
    return
  }
  const key = merge.key
  if (key === undefined || !keyed(from, key) || !keyed(to, key)) {
    if (!same(from, to)) patch[field] = to
    return
  }
  const known = byKey(from, key)
  const elements = to.flatMap((item) => changedElement(kind, merge, known, item as Fields))
  const order = to.map((item) => ({ [key]: (item as Fields)[key] }))
  if (elements.length > 0 || !sameOrder(from, to, key)) patch[`$setElementOrder/${field}`] = order
  if (elements.length > 0) patch[field] = elements
}

function changedElement(
  kind: string, merge: ListMerge, known: ReadonlyMap<string, Fields>, item: Fields,
): readonly Fields[] {
  const key = merge.key!
  const old = known.get(compactJson(item[key]))
  if (!old) return [item]
  const inner = changed(kind, old, item)
  if (Object.keys(inner).length === 0) return []
  const retained = merge.retainKeys ? { $retainKeys: Object.keys(item).sort() } : {}
  return [{ ...retained, ...inner, [key]: item[key] }]
}

/** What `from` has and `to` has no longer. */
function removed(kind: string, from: Fields, to: Fields): Patch {
  const patch: Patch = {}
  for (const [field, old] of Object.entries(from)) {
    const value = to[field]
    if (value === undefined) patch[field] = null
    else if (isFields(old) && isFields(value)) {
      const inner = removed(kind, old, value)
      if (Object.keys(inner).length > 0) patch[field] = inner
    } else if (Array.isArray(old) && Array.isArray(value)) {
      removedItems(kind, field, old, value, patch)
    }
  }
  return patch
}

function removedItems(
  kind: string, field: string, from: readonly unknown[], to: readonly unknown[], patch: Patch,
): void {
  const merge = listMerge(kind, field)
  if (merge.primitives) {
    const gone = from.filter((item) => !to.some((one) => same(one, item)))
    if (gone.length > 0) patch[`$deleteFromPrimitiveList/${field}`] = gone
    return
  }
  const key = merge.key
  if (key === undefined || !keyed(from, key) || !keyed(to, key)) return
  const known = byKey(to, key)
  const elements = from.flatMap((item): readonly Fields[] => {
    const old = item as Fields
    const value = known.get(compactJson(old[key]))
    if (!value) return [{ $patch: 'delete', [key]: old[key] }]
    const inner = removed(kind, old, value)
    return Object.keys(inner).length === 0 ? [] : [{ ...inner, [key]: old[key] }]
  })
  if (elements.length > 0) patch[field] = elements
}

/** One patch of two: maps are joined, elements of lists by their key. */
function merged(kind: string, first: Fields, second: Fields): Fields {
  const patch: Patch = { ...first }
  for (const [field, value] of Object.entries(second)) {
    const old = patch[field]
    if (isFields(old) && isFields(value)) patch[field] = merged(kind, old, value)
    else if (Array.isArray(old) && Array.isArray(value)) {
      patch[field] = joined(kind, field, old, value)
    } else patch[field] = value
  }
  return patch
}

function joined(
  kind: string, field: string, first: readonly unknown[], second: readonly unknown[],
): readonly unknown[] {
  const key = listMerge(kind, field).key
  if (key === undefined || field.startsWith('$')) return second
  const rest = [...second]
  const both = first.map((item) => {
    const at = rest.findIndex((one) => same((one as Fields)[key], (item as Fields)[key]))
    return at < 0 ? item : merged(kind, item as Fields, rest.splice(at, 1)[0] as Fields)
  })
  return [...both, ...rest]
}

/** Elements by their key; of several with one key the first counts. */
function byKey(items: readonly unknown[], key: string): ReadonlyMap<string, Fields> {
  return new Map((items as readonly Fields[]).map((item) => [compactJson(item[key]), item] as const)
    .reverse())
}

function keyed(items: readonly unknown[], key: string): boolean {
  return items.every((item) => isFields(item) && item[key] !== undefined)
}

function sameOrder(from: readonly unknown[], to: readonly unknown[], key: string): boolean {
  const keys = (items: readonly unknown[]) => items.map(
    (item) => compactJson((item as Fields)[key]),
  )
  const [before, after] = [keys(from), keys(to)]
  const [known, wanted] = [new Set(before), new Set(after)]
  const kept = before.filter((one) => wanted.has(one))
  return kept.join() === after.filter((one) => known.has(one)).join()
}

export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a === 'string' || typeof b === 'string') return false
  return compactJson(a) === compactJson(b)
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
