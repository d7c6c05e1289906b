import { resources } from '../api/discovery.ts'
import type { ResourceInfo } from '../api/discovery.ts'
import { Failure } from './command/failure.ts'

/** `v1`, `apps/v1`. */
export function groupVersion(info: ResourceInfo): string {
  return info.group === '' ? info.version : `${info.group}/${info.version}`
}

/** `pods`, `deployments.apps`: how the server names a resource in its messages. */
export function qualifiedResource(info: ResourceInfo): string {
  return info.group === '' ? info.name : `${info.name}.${info.group}`
}

/** `pod`, `deployment.apps`: how kubectl names the kind of an object in its own lines. */
export function qualifiedKind(info: ResourceInfo): string {
  const kind = info.kind.toLowerCase()
  return info.group === '' ? kind : `${kind}.${info.group}`
}

/** Path of a collection, an object, or something below an object. */
export function pathOf(
  info: ResourceInfo, namespace: string | undefined, ...rest: readonly string[]
): string {
  // An empty word, mostly a variable without a value, would name the whole collection.
  if (rest[0] === '') throw new Failure('resource name may not be empty')
  const root = info.group === '' ? `/api/${info.version}` : `/apis/${info.group}/${info.version}`
  const scope = info.namespaced && namespace !== undefined ? `/namespaces/${namespace}` : ''
  return [`${root}${scope}/${info.name}`, ...rest].join('/')
}

/** Resources behind one word: a name in any of its forms, or a category such as `all`. */
export function resourcesNamed(word: string): readonly ResourceInfo[] {
  const inCategory = resources.filter((info) => info.categories.includes(word))
  return inCategory.length > 0 ? inCategory : [resourceNamed(word)]
}

/** Models the RESTMapper with its short names: `po`, `pod`, `Pods`, `deploy.apps`, `pods.v1.`. */
export function resourceNamed(word: string): ResourceInfo {
  const [name = '', ...suffix] = word.toLowerCase().split('.')
  const named = resources.filter((info) => {
    return info.name === name || info.singular === name || info.shortNames.includes(name)
      || info.kind.toLowerCase() === name
  })
  const found = named.find((info) => fitsSuffix(info, suffix))
    ?? named.find((info) => suffix.length > 0 && info.group.startsWith(suffix.join('.')))
  if (name === '' || !found) {
    throw new Failure(`the server doesn't have a resource type "${word.split('.')[0]!}"`)
  }
  return found
}

/** A group alone, or a version and its group; the core group is empty and follows a dot. */
function fitsSuffix(info: ResourceInfo, suffix: readonly string[]): boolean {
  if (suffix.length === 0 || info.group === suffix.join('.')) return true
  return suffix.length > 1 && info.version === suffix[0]
    && info.group === suffix.slice(1).join('.')
}

/** The same, for commands that tell of a strange word without `error: `. */
export function plainlyNamed(word: string): ResourceInfo {
  try {
    return resourceNamed(word)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    throw new Failure(error.message, { bare: true })
  }
}

/** The resource that holds objects of this kind. */
export function resourceOfKind(apiVersion: string, kind: string): ResourceInfo | undefined {
  // The mapper lowers the kind, so `kind: pod` finds pods and it is the server that objects.
  return resources.find((info) => {
    return groupVersion(info) === apiVersion && info.kind.toLowerCase() === kind.toLowerCase()
  })
}

export function allResources(): readonly ResourceInfo[] {
  return resources
}
