import type { Pod } from '../api/kinds.ts'

const annotation = 'kubectl.kubernetes.io/last-applied-configuration'

/** Manifests as applied, parsed: a pod is asked about many times, and its text stays the same. */
const parsed = new WeakMap<object, unknown>()

/**
 * Whether a field stood in the manifest: known exactly for an applied one (its text is kept in an
 * annotation), undefined for others.
 */
export function givenIn(pod: Pod, path: string): boolean | undefined {
  const { annotations } = pod.metadata
  const text = annotations?.[annotation]
  if (annotations === undefined || text === undefined) return undefined
  let value = parsed.get(annotations) ?? parse(text)
  if (value === undefined) return undefined
  parsed.set(annotations, value)
  for (const [, name, index] of path.matchAll(/([^.[\]]+)|\[(\d+)\]/g)) {
    if (typeof value !== 'object' || value === null) return false
    // The boundary: a parsed manifest is JSON.
    value = (value as Readonly<Record<string, unknown>>)[name ?? index ?? '']
  }
  return value !== undefined
}

/** Anybody may write an annotation: undefined where it is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
