import { infoAt } from './discovery.ts'
import type { ResourceInfo } from './discovery.ts'

/** What a path names: a collection, an object, or something below an object. */
export interface Route {
  readonly info: ResourceInfo
  readonly namespace: string | undefined
  readonly name: string | undefined
  readonly subresource: string | undefined
}

/** `/api/v1/namespaces/default/pods/web/status` and the like; undefined for other paths. */
export function route(path: string): Route | undefined {
  const plain = path.split('/').filter((part) => part !== '')
  const parts = path.includes('%') ? plain.map(decoded) : plain
  const core = parts[0] === 'api'
  if (!core && parts[0] !== 'apis') return undefined
  const group = core ? '' : parts[1] ?? ''
  const version = core ? parts[1] : parts[2]
  const rest = parts.slice(core ? 2 : 3)
  // Below a namespace there is a resource, unless what follows is a part of the Namespace itself.
  const scoped = rest[0] === 'namespaces' && rest.length > 2
    && !['status', 'finalize'].includes(rest[2]!)
  const [resource, name, subresource, ...beyond] = scoped ? rest.slice(2) : rest
  const info = infoAt(group, version ?? '', resource ?? '')
  if (!info || beyond.length > 0) return undefined
  if (subresource !== undefined && !info.subresources.includes(subresource)) return undefined
  if (scoped && !info.namespaced) return undefined
  return { info, namespace: scoped ? rest[1] : undefined, name, subresource }
}

/** A part that is no valid encoding is taken as it stands: then there is nothing of that name. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** `v1`, `apps/v1`. */
export function apiVersionOf(info: ResourceInfo): string {
  return info.group === '' ? info.version : `${info.group}/${info.version}`
}
