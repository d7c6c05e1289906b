import { groupVersions, resources } from './discovery.ts'
import type { ResourceInfo } from './discovery.ts'
import { apiVersionOf } from './routes.ts'
import type { ApiRequest, ApiResponse } from './types.ts'

/** What `/version` tells, in its order. */
export const version = {
  major: '1', minor: '34', emulationMajor: '1', emulationMinor: '34',
  minCompatibilityMajor: '1', minCompatibilityMinor: '33', gitVersion: 'v1.34.9',
  gitCommit: '0000000000000000000000000000000000000000', gitTreeState: '',
  buildDate: '2026-01-01T00:00:00Z', goVersion: 'go1.26.8', compiler: 'gc',
  platform: 'linux/amd64',
}

/** Answers that do not depend on the cluster's state: version, health, discovery. */
export function wellKnown(request: ApiRequest): ApiResponse | undefined {
  if (request.method !== 'GET') return undefined
  const body = bodyOf(request.path)
  return body === undefined ? undefined : { code: 200, body, warnings: [] }
}

function bodyOf(path: string): unknown {
  switch (path) {
    case '/version': return version
    case '/healthz': case '/livez': case '/readyz': return 'ok'
    case '/api': return { kind: 'APIVersions', versions: ['v1'] }
    case '/apis': return groupList()
    default: return resourceList(path)
  }
}

function groupList(): object {
  const named = groupVersions.filter((one) => one.includes('/'))
  const groups = [...new Set(named.map((one) => one.split('/')[0]!))].map((name) => {
    const versions = named.filter((one) => one.startsWith(`${name}/`))
      .map((groupVersion) => ({ groupVersion, version: groupVersion.split('/')[1] }))
      .reverse()
    return { name, versions, preferredVersion: versions[0] }
  })
  return { kind: 'APIGroupList', apiVersion: 'v1', groups }
}

function resourceList(path: string): object | undefined {
  const groupVersion = /^\/(?:api\/(v1)|apis\/([^/]+\/[^/]+))$/.exec(path)
  const wanted = groupVersion?.[1] ?? groupVersion?.[2]
  if (wanted === undefined) return undefined
  const found = resources.filter((info) => apiVersionOf(info) === wanted)
  if (found.length === 0) return undefined
  return {
    kind: 'APIResourceList', groupVersion: wanted, resources: found.flatMap(described),
  }
}

function described(info: ResourceInfo): readonly object[] {
  const { kind, namespaced } = info
  return [
    {
      name: info.name, singularName: info.singular, namespaced, kind, verbs: info.verbs,
      ...(info.shortNames.length > 0 ? { shortNames: info.shortNames } : {}),
      ...(info.categories.length > 0 ? { categories: info.categories } : {}),
    },
    ...info.subresources.map((name) => ({
      name: `${info.name}/${name}`, singularName: '', namespaced, kind,
      verbs: name === 'status' ? ['get', 'patch', 'update'] : ['create', 'get'],
    })),
  ]
}
