import type { Client } from '../api/client.ts'
import type {
  Container, DownwardItem, KeyToPath, Pod, ProjectedSource, Volume,
} from '../api/kinds.ts'
import type { Mount } from '../runtime/types.ts'
import type { Chance } from '../time/random.ts'
import { decodeBase64 } from './base64.ts'
import type { Addresses } from './downward.ts'
import { downwardField, resourceField } from './downward.ts'
import { expand } from './expansion.ts'
import { namespaceOf } from './pod.ts'

type Files = ReadonlyMap<string, string>
type Failure = { readonly error: string }
/** Before the pod has an address; volumes cannot show it. */
const nowhere: Addresses = { podIp: '', nodeAddress: '' }

interface Rooms { readonly client: Client; readonly chance: Chance }
/** Where volumes get their text from. */
interface Sources { readonly client: Client; readonly token: (pod: Pod) => string }

/** Models MountVolume.SetUp of each plugin: why a volume cannot be there yet, or undefined. */
export function volumeFailure(
  client: Client, pod: Pod,
): { readonly volume: string; readonly error: string } | undefined {
  // Nothing can be wrong with a token: its thousand characters are drawn when they are mounted.
  const sources = { client, token: () => '' }
  for (const volume of pod.spec.volumes ?? []) {
    const content = volumeFiles(sources, pod, volume, nowhere)
    if (content && 'error' in content) return { volume: volume.name, error: content.error }
  }
  return undefined
}

export function containerMounts(
  rooms: Rooms, pod: Pod, container: Container, addresses: Addresses,
  variables: ReadonlyMap<string, string>,
): { readonly mounts: readonly Mount[] } | Failure {
  const sources = { client: rooms.client, token: (of: Pod) => token(rooms.chance, of) }
  const mounts: Mount[] = []
  for (const mount of container.volumeMounts ?? []) {
    const { name, mountPath, readOnly = false } = mount
    const subPath = mount.subPathExpr ? expandedPath(mount.subPathExpr, variables) : mount.subPath
    if (typeof subPath === 'object') return subPath
    const volume = (pod.spec.volumes ?? []).find((one) => one.name === name)
    if (!volume) continue
    const content = volumeFiles(sources, pod, volume, addresses)
    if (content && 'error' in content) return content
    const place = { path: mountPath, readOnly: readOnly || content !== undefined }
    if (!content) {
      const inside = subPath === undefined || subPath === '' ? '' : `/${subPath}`
      const group = volume.emptyDir ? pod.spec.securityContext.fsGroup : undefined
      mounts.push({
        ...place, readOnly, shared: `${pod.metadata.uid}/${name}${inside}`,
        ...(group === undefined ? {} : { group }),
      })
    } else mounts.push({ ...place, ...shown(volume, content.files, subPath) })
  }
  return { mounts }
}

/** Models kubelet/container/helpers.go ExpandContainerVolumeMounts. */
function expandedPath(text: string, variables: ReadonlyMap<string, string>): string | Failure {
  const names = [...text.matchAll(/\$(?:\$|\(([^)]*)\))/g)].flatMap(([, name]) => name ?? [])
  const missing = [...new Set(names.filter((name) => !variables.get(name)))].sort()
  if (missing.length > 0) return { error: `missing value for ${missing.join(', ')}` }
  return expand(text, variables)
}

/** Models volume/util/atomic_writer.go: files with their modes, in a directory open to all. */
function shown(
  volume: Volume, files: Files, subPath: string | undefined,
): Pick<Mount, 'files' | 'modes' | 'directoryMode'> {
  const modes = new Map([...files.keys()].map((path) => [path, modeOf(volume, path)]))
  return {
    files: below(files, subPath), modes: below(modes, subPath),
    // Secrets and tokens lie in memory, whose root directory is sticky.
    directoryMode: volume.configMap || volume.downwardAPI ? 0o777 : 0o1777,
  }
}

function modeOf({ configMap, secret, projected, downwardAPI }: Volume, path: string): number {
  const given = configMap ?? secret ?? projected ?? downwardAPI
  const sources = [configMap, secret, downwardAPI,
    ...(projected?.sources ?? []).flatMap((one) => [one.configMap, one.secret, one.downwardAPI])]
  for (const source of sources) {
    for (const item of source?.items ?? []) {
      if (item.path === path && item.mode !== undefined) return item.mode
    }
  }
  return given?.defaultMode ?? 0o644
}

/** The part of a volume that a subPath names: one file, or what lies under a directory. */
function below<T>(
  files: ReadonlyMap<string, T>, subPath: string | undefined,
): ReadonlyMap<string, T> {
  if (subPath === undefined || subPath === '') return files
  const single = files.get(subPath)
  if (single !== undefined) return new Map([['', single]])
  const inside = [...files].filter(([path]) => path.startsWith(`${subPath}/`))
  return new Map(inside.map(([path, text]) => [path.slice(subPath.length + 1), text]))
}

/** Text of a volume that the API fills; undefined for one that is only a place on the node. */
function volumeFiles(
  sources: Sources, pod: Pod, volume: Volume, addresses: Addresses,
): { readonly files: Files } | Failure | undefined {
  const { client } = sources
  if (volume.configMap) return configMapFiles(client, pod, volume.configMap)
  if (volume.secret) {
    return secretFiles(client, pod, { ...volume.secret, name: volume.secret.secretName })
  }
  if (volume.downwardAPI) return downwardFiles(pod, volume.downwardAPI.items ?? [], addresses)
  if (!volume.projected) return undefined
  const all = new Map<string, string>()
  for (const source of volume.projected.sources ?? []) {
    const part = projectedFiles(sources, pod, source, addresses)
    if ('error' in part) return part
    for (const [path, text] of part.files) all.set(path, text)
  }
  return { files: all }
}

function projectedFiles(
  { client, token }: Sources, pod: Pod, source: ProjectedSource, addresses: Addresses,
): { readonly files: Files } | Failure {
  if (source.serviceAccountToken) {
    const { path } = source.serviceAccountToken
    return { files: new Map([[path, token(pod)]]) }
  }
  if (source.configMap) return configMapFiles(client, pod, source.configMap)
  if (source.secret) return secretFiles(client, pod, source.secret)
  return downwardFiles(pod, source.downwardAPI?.items ?? [], addresses)
}

/** A token in the shape of a JSON web token; nobody in the lab checks its signature. */
function token(chance: Chance, pod: Pod): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const part = (length: number, name: string): string =>
    chance.text(length, alphabet, 'token', pod.metadata.uid, name)
  return `eyJhbGciOiJSUzI1NiIs${part(60, 'head')}.eyJ${part(700, 'claims')}.${part(342, 'mark')}`
}

interface Source {
  readonly name: string; readonly items?: readonly KeyToPath[]; readonly optional?: boolean
}

function configMapFiles(
  client: Client, pod: Pod, source: Source,
): { readonly files: Files } | Failure {
  const namespace = namespaceOf(pod)
  const map = client.get('configmaps', namespace, source.name)
  if (!map) return missing(source, 'configmap')
  return picked(map.data ?? {}, source)
}

function secretFiles(
  client: Client, pod: Pod, source: Source,
): { readonly files: Files } | Failure {
  const secret = client.get('secrets', namespaceOf(pod), source.name)
  if (!secret) return missing(source, 'secret')
  const entries = Object.entries(secret.data ?? {})
  return picked(Object.fromEntries(entries.map(([key, text]) => [key, decodeBase64(text)])), source)
}

function missing(source: Source, kind: string): { readonly files: Files } | Failure {
  // Every namespace gets this one from a controller; its certificate is never read in a lab.
  if (source.name === 'kube-root-ca.crt') return { files: new Map([['ca.crt', '']]) }
  if (source.optional) return { files: new Map() }
  return { error: `${kind} "${source.name}" not found` }
}

function picked(
  data: Readonly<Record<string, string>>, source: Source,
): { readonly files: Files } | Failure {
  if (!source.items?.length) return { files: new Map(Object.entries(data)) }
  const files = new Map<string, string>()
  for (const { key, path } of source.items) {
    const text = data[key]
    if (text !== undefined) files.set(path, text)
    else if (!source.optional) {
      return { error: `references non-existent config key: ${key}` }
    }
  }
  return { files }
}

function downwardFiles(
  pod: Pod, items: readonly DownwardItem[], addresses: Addresses,
): { readonly files: Files } {
  return {
    files: new Map(items.map(({ path, fieldRef, resourceFieldRef }) => {
      if (fieldRef) return [path, downwardField(pod, fieldRef.fieldPath, addresses)]
      const owner = pod.spec.containers.find(({ name }) => name === resourceFieldRef?.containerName)
      return [path, resourceFieldRef && owner ? resourceField(pod, owner, resourceFieldRef) : '']
    })),
  }
}
