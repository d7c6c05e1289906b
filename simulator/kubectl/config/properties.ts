import { Failure } from '../command/failure.ts'
import type { KubeConfig } from './kubeconfig.ts'

type Kind = 'scalar' | 'bool' | 'bytes' | 'other'
export type Root = 'clusters' | 'contexts' | 'users'

/** What the entries of a kubeconfig hold, by the names they have there. */
const fields: Readonly<Record<Root, Readonly<Record<string, Kind>>>> = {
  clusters: {
    server: 'scalar', 'tls-server-name': 'scalar', 'insecure-skip-tls-verify': 'bool',
    'certificate-authority': 'scalar', 'certificate-authority-data': 'bytes',
    'proxy-url': 'scalar', 'disable-compression': 'bool', extensions: 'other',
  },
  contexts: { cluster: 'scalar', user: 'scalar', namespace: 'scalar', extensions: 'other' },
  users: {
    'client-certificate': 'scalar', 'client-certificate-data': 'bytes', 'client-key': 'scalar',
    'client-key-data': 'bytes', token: 'scalar', tokenFile: 'scalar', 'act-as': 'scalar',
    'act-as-uid': 'scalar', 'act-as-groups': 'other', 'act-as-user-extra': 'other',
    username: 'scalar', password: 'scalar', 'auth-provider': 'other', exec: 'other',
    extensions: 'other',
  },
}

/** Where a dotted name leads: the whole file, or the entries of one root. */
export type Property =
  | { readonly at: 'current-context' }
  | { readonly at: 'ignored' }
  | { readonly at: 'entries'; readonly root: Root }
  | { readonly at: 'entry'; readonly root: Root; readonly name: string }
  | {
    readonly at: 'field'; readonly root: Root; readonly name: string; readonly field: string
    readonly kind: Kind
  }

/** A name may hold dots: it ends before the first field. Models newNavigationSteps. */
export function propertyAt(path: string): Property {
  const [first = '', ...rest] = path.split('.')
  const tooLong = new Failure(`unable to parse one or more field values of ${path}`)
  if (first === 'current-context' || first === 'kind' || first === 'apiVersion') {
    if (rest.length > 0) throw tooLong
    return first === 'current-context' ? { at: first } : { at: 'ignored' }
  }
  if (first === 'preferences' || first === 'extensions') {
    throw new Failure(`kubectl config does not simulate ${first} in Grace`)
  }
  if (!(first === 'clusters' || first === 'contexts' || first === 'users')) {
    throw new Failure(`unable to parse ${path} after [] at api.Config`)
  }
  if (rest.length === 0) return { at: 'entries', root: first }
  const at = rest.findIndex((word, index) => index > 0 && Object.hasOwn(fields[first], word))
  if (at < 0) return { at: 'entry', root: first, name: rest.join('.') }
  if (at < rest.length - 1) throw tooLong
  const field = rest[at]!
  const kind = fields[first][field]!
  if (kind === 'other') {
    throw new Failure(`kubectl config does not simulate ${field} of ${first} in Grace`)
  }
  return { at: 'field', root: first, name: rest.slice(0, at).join('.'), field, kind }
}

type Values = Readonly<Record<string, unknown>>

/** The names and values of a root's entries. */
export function entriesOf(config: KubeConfig, root: Root): ReadonlyMap<string, Values> {
  const pairs = root === 'clusters'
    ? config.clusters.map(({ name, cluster }) => [name, cluster] as const)
    : root === 'users' ? config.users.map(({ name, user }) => [name, user] as const)
      : config.contexts.map(({ name, context }) => [name, { ...context }] as const)
  return new Map(pairs)
}

/** The file with other entries below a root, in the order of their names. */
export function withEntries(
  config: KubeConfig, root: Root, entries: ReadonlyMap<string, Values>,
): KubeConfig {
  const sorted = [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1))
  if (root === 'users') {
    return { ...config, users: sorted.map(([name, user]) => ({ name, user })) }
  }
  if (root === 'clusters') {
    const clusters = sorted.map(([name, cluster]) => {
      return { name, cluster: { server: '', ...cluster } }
    })
    return { ...config, clusters }
  }
  const contexts = sorted.map(([name, context]) => {
    return { name, context: { cluster: '', user: '', ...context } }
  })
  return { ...config, contexts }
}
