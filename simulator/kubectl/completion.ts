import type { ApiObject } from '../api/types.ts'
import type { Process } from '../kernel/types.ts'
import { attempt } from '../programs/attempt.ts'
import { childCommands, childNamed, flagSpecs, hasCommand, type FlagSpec } from './command/help.ts'
import { loadConfig, currentContext, type KubeConfig } from './config/kubeconfig.ts'
import type { KubectlOptions } from './options.ts'
import { allContainers } from './query/pods.ts'
import type { Pod } from '../api/kinds.ts'
import { allResources, pathOf, qualifiedResource, resourceNamed } from './resources.ts'
import { Failure } from './command/failure.ts'
import { compareText } from './text/compare.ts'

/** What may stand at the cursor: the line's words so far, without what begins there. */
interface Place {
  readonly path: readonly string[]
  readonly args: readonly string[]
  /** The flag whose value is being typed. */
  readonly flag: FlagSpec | undefined
  readonly namespace: string | undefined
  readonly afterDash: boolean
  readonly config: KubeConfig
}

/**
 * Candidates for the word `words[current]` of a kubectl line; none where a file is meant, so that
 * the shell offers its own. Models kubectl/util/completion.
 */
export function completeKubectl(
  options: KubectlOptions, words: readonly string[], current: number, process: Process,
): readonly string[] {
  const typed = words[current] ?? ''
  const place = placeOf(words.slice(1, current), loadConfig(process, ''))
  const equals = typed.startsWith('--') ? typed.indexOf('=') : -1
  if (equals > 0) {
    const flag = flagSpecs(place.path).find(({ name }) => name === typed.slice(2, equals))
    if (!flag) return []
    const lead = typed.slice(0, equals + 1)
    return fitting(typed, flagValues(options, { ...place, flag }).map((value) => lead + value))
  }
  if (place.flag) return fitting(typed, flagValues(options, place))
  if (place.afterDash) return []
  if (typed.startsWith('-')) return fitting(typed, flagNames(place.path))
  if (place.path[0] === 'cp') return fitting(typed, copied(options, place, typed, process))
  return fitting(typed, argumentsOf(options, place, typed))
}

/** A pod's file or one from here. Models the completion of kubectl/cmd/cp. */
function copied(
  options: KubectlOptions, place: Place, typed: string, process: Process,
): readonly string[] {
  if (place.args.length > 0 || /^[/.~]|:/.test(typed)) return []
  const slash = typed.indexOf('/')
  if (slash > 0) {
    const namespace = typed.slice(0, slash)
    return names(options, { ...place, namespace }, 'pods').map((name) => `${namespace}/${name}:`)
  }
  const remote = fitting(typed, [
    ...names(options, place, 'namespaces').map((name) => `${name}/`),
    ...names(options, place, 'pods').map((name) => `${name}:`),
  ])
  if (typed === '') return [...remote, './', '/']
  return remote.length > 0 ? [...remote, ...localNames(process)] : []
}

function localNames({ cwd, files }: Process): readonly string[] {
  const names = attempt(() => files.readDirectory(cwd))
  return (names.ok ? names.value : []).map((name) => {
    const stat = attempt(() => files.stat(`${cwd}/${name}`))
    return stat.ok && stat.value.kind === 'directory' ? `${name}/` : name
  })
}

function fitting(typed: string, candidates: readonly string[]): readonly string[] {
  return [...new Set(candidates)].filter((candidate) => candidate.startsWith(typed))
    .toSorted(compareText)
}

function placeOf(words: readonly string[], config: KubeConfig): Place {
  let path: readonly string[] = []
  const args: string[] = []
  let flag: FlagSpec | undefined
  let namespace: string | undefined
  for (const word of words) {
    if (flag) {
      if (flag.name === 'namespace') namespace = word
      flag = undefined
    } else if (word === '--') return { path, args, flag, namespace, afterDash: true, config }
    else if (word.startsWith('-')) {
      const [name, value] = word.split('=')
      const spec = flagSpecs(path).find((one) => {
        return `--${one.name}` === name || `-${one.shorthand}` === name
      })
      if (value === undefined && spec?.bareValue === undefined) flag = spec
      else if (spec?.name === 'namespace') namespace = value
    } else {
      const child = args.length === 0 ? childNamed(path, word) : undefined
      if (child !== undefined && hasCommand([...path, child])) path = [...path, child]
      else args.push(word)
    }
  }
  return { path, args, flag, namespace, afterDash: false, config }
}

function flagNames(path: readonly string[]): readonly string[] {
  return flagSpecs(path).flatMap(({ name, shorthand }) => {
    return shorthand === undefined ? [`--${name}`] : [`--${name}`, `-${shorthand}`]
  })
}

const outputs = ['json', 'yaml', 'name', 'go-template', 'jsonpath']

function flagValues(options: KubectlOptions, place: Place): readonly string[] {
  switch (place.flag?.name) {
    case 'namespace': return names(options, place, 'namespaces')
    case 'container': return containers(options, place)
    case 'context': return place.config.contexts.map(({ name }) => name)
    case 'cluster': return place.config.clusters.map(({ name }) => name)
    case 'user': return place.config.users.map(({ name }) => name)
    case 'output': return place.path[0] === 'get' ? [...outputs, 'wide', 'custom-columns'] : outputs
    case 'dry-run': return ['none', 'server', 'client']
    case 'types': return ['Normal', 'Warning']
    case 'restart': return ['Always', 'OnFailure', 'Never']
    default: return []
  }
}

/** Commands whose first word is a type and whose others are names. */
const typeThenNames = new Set([
  'get', 'describe', 'delete', 'edit', 'label', 'annotate', 'patch', 'scale', 'wait', 'autoscale',
  'expose', 'rollout status', 'rollout history', 'rollout restart', 'rollout undo', 'taint',
])
const podThenContainer = new Set(['logs', 'exec', 'attach', 'port-forward', 'debug'])
const nodeNames = new Set(['cordon', 'uncordon', 'drain'])

function argumentsOf(options: KubectlOptions, place: Place, typed: string): readonly string[] {
  const { path, args } = place
  const words = path.join(' ')
  const children = args.length === 0 ? childCommands(path).filter((name) => {
    return hasCommand([...path, name]) || (path.length === 0 && name === 'options')
  }) : []
  if (path.length === 0) return [...children, 'help']
  if (typeThenNames.has(words)) return typesOrNames(options, place, typed)
  if (podThenContainer.has(words)) {
    if (args.length === 0) return names(options, place, 'pods')
    return args.length === 1 && words === 'logs' ? containers(options, place) : []
  }
  if (nodeNames.has(words)) return names(options, place, 'nodes')
  if (words === 'explain') return args.length === 0 ? typeNames() : []
  if (words === 'config use-context') return place.config.contexts.map(({ name }) => name)
  return children
}

function typesOrNames(options: KubectlOptions, place: Place, typed: string): readonly string[] {
  const slash = typed.indexOf('/')
  if (slash > 0) {
    const type = typed.slice(0, slash)
    return names(options, place, type).map((name) => `${type}/${name}`)
  }
  if (place.args.length === 0) {
    const comma = typed.lastIndexOf(',')
    return typeNames().map((name) => typed.slice(0, comma + 1) + name)
  }
  const [type = '', ...taken] = place.args
  if (type.includes('/')) return []
  return names(options, place, type).filter((name) => !taken.includes(name))
}

function typeNames(): readonly string[] {
  return allResources().filter(({ verbs }) => verbs.includes('get')).map(qualifiedResource)
}

function names(options: KubectlOptions, place: Place, type: string): readonly string[] {
  return objects(options, place, type).map(({ metadata }) => metadata.name)
}

function containers(options: KubectlOptions, place: Place): readonly string[] {
  const pod = objects(options, place, 'pods').find(({ metadata }) => {
    return metadata.name === place.args[0]?.replace(/^pods?\//, '')
  })
  return pod ? allContainers(pod as Pod).map(({ name }) => name) : []
}

function objects(options: KubectlOptions, place: Place, type: string): readonly ApiObject[] {
  try {
    const info = resourceNamed(type)
    const namespace = place.namespace ?? currentContext(place.config, '')?.namespace ?? 'default'
    const answer = options.api.request({
      method: 'GET', path: pathOf(info, namespace), userAgent: 'kubectl',
    })
    return answer.code === 200 ? (answer.body as { items: readonly ApiObject[] }).items : []
  } catch (error) {
    if (error instanceof Failure) return []
    throw error
  }
}
