import { parse } from 'yaml'
import type { Process } from '../../kernel/types.ts'
import { Failure } from '../command/failure.ts'
import { toYaml } from '../text/yaml.ts'

export interface Context {
  readonly cluster?: string
  readonly user?: string
  readonly namespace?: string
}

/** A kubeconfig as far as kubectl reads it here; other fields are kept as they are. */
export interface KubeConfig {
  readonly path: string
  readonly currentContext: string
  readonly contexts: readonly { readonly name: string; readonly context: Context }[]
  readonly clusters: readonly {
    readonly name: string; readonly cluster: Readonly<Record<string, unknown>>
  }[]
  readonly users: readonly {
    readonly name: string; readonly user: Readonly<Record<string, unknown>>
  }[]
}

/** The file a fresh workstation has. */
export function freshKubeconfig(namespace: string): string {
  return toYaml(serialised({
    path: '', currentContext: 'lab',
    clusters: [{ name: 'lab', cluster: { server: 'https://grace.example:6443' } }],
    contexts: [{ name: 'lab', context: { cluster: 'lab', user: 'learner', namespace } }],
    users: [{ name: 'learner', user: {} }],
  }))
}

export function configPath(process: Process, flag: string): string {
  if (flag !== '') return process.absolute(flag)
  const variable = (process.env.get('KUBECONFIG') ?? '').split(':').find((path) => path !== '')
  if (variable !== undefined) return process.absolute(variable)
  return `${process.env.get('HOME') ?? '/root'}/.kube/config`
}

export function loadConfig(process: Process, flag: string): KubeConfig {
  const path = configPath(process, flag)
  return process.files.exists(path)
    ? configIn(process.files.readFile(path), path) : emptyConfig(path)
}

/** Current namespace of kubectl with this config file. */
export function namespaceOf(text: string): string {
  return currentContext(configIn(text, ''), '')?.namespace || 'default'
}

function configIn(text: string, path: string): KubeConfig {
  const value: unknown = parsed(text, path)
  if (typeof value !== 'object' || value === null) return emptyConfig(path)
  const fields = value as Readonly<Record<string, unknown>>
  return {
    path,
    currentContext: typeof fields['current-context'] === 'string' ? fields['current-context'] : '',
    contexts: named(fields['contexts'], 'context') as KubeConfig['contexts'],
    clusters: named(fields['clusters'], 'cluster') as KubeConfig['clusters'],
    users: named(fields['users'], 'user') as KubeConfig['users'],
  }
}

function emptyConfig(path: string): KubeConfig {
  return { path, currentContext: '', contexts: [], clusters: [], users: [] }
}

/** Every command reads the file anew and mostly finds in it what the last one found. */
let last: { readonly text: string; readonly value: unknown } = { text: '', value: null }

function parsed(text: string, path: string): unknown {
  try {
    if (text !== last.text) last = { text, value: parse(text) }
    return last.value
  } catch {
    throw new Failure(`error loading config file "${path}": yaml: it is not valid YAML`)
  }
}

/** Entries of a list that have a name, each with an object under `field`. */
function named(list: unknown, field: string): readonly unknown[] {
  if (!Array.isArray(list)) return []
  return list.flatMap((item: unknown) => {
    if (typeof item !== 'object' || item === null || !('name' in item)) return []
    const value = (item as Readonly<Record<string, unknown>>)[field]
    return [{ name: String(item.name), [field]: typeof value === 'object' && value ? value : {} }]
  })
}

/** The context in use; a name that is not there is an error. */
export function currentContext(config: KubeConfig, flag: string): Context | undefined {
  const name = flag || config.currentContext
  const found = config.contexts.find((context) => context.name === name)
  if (!found && flag !== '') throw new Failure(`context "${flag}" does not exist`)
  return found?.context
}

/** Address of the server that the context names. */
export function serverOf(config: KubeConfig, flag: string): string {
  const cluster = currentContext(config, flag)?.cluster
  const found = config.clusters.find(({ name }) => name === cluster)
  return String(found?.cluster.server ?? '')
}

export function saveConfig(process: Process, config: KubeConfig): void {
  const folder = config.path.slice(0, config.path.lastIndexOf('/')) || '/'
  process.files.mkdir(folder, { parents: true })
  process.files.writeFile(config.path, toYaml(serialised(config)), { mode: 0o600 })
}

/** As it is written to the file, and as `config view` prints it. */
export function serialised(config: KubeConfig): Readonly<Record<string, unknown>> {
  return {
    kind: 'Config', apiVersion: 'v1',
    clusters: config.clusters.length === 0 ? null : config.clusters,
    users: config.users.length === 0 ? null : config.users,
    contexts: config.contexts.length === 0 ? null : config.contexts,
    'current-context': config.currentContext,
  }
}
