import type { ResourceInfo } from '../../api/discovery.ts'
import { Failure, nothingNamed } from '../command/failure.ts'
import { allResources, qualifiedResource, resourcesNamed } from '../resources.ts'
import type { Session } from '../session.ts'

/** What the words of a command name: one object, or a collection when `name` is absent. */
export interface Target {
  readonly info: ResourceInfo
  /** Absent for cluster-scoped resources and with --all-namespaces. */
  readonly namespace: string | undefined
  readonly name: string | undefined
}

export interface TargetOptions {
  /** Without a name the collection is meant (get); otherwise that is an error (delete pod). */
  readonly collections: boolean
  /** Type assumed for bare names, as `exec web` does. */
  readonly defaultType?: string
  /** Several types at once are refused. */
  readonly singleType?: boolean
}

/** Models cli-runtime/resource Builder.ResourceTypeOrNameArgs. */
export function targetsOf(
  session: Session, args: readonly string[], options: TargetOptions,
): readonly Target[] {
  const namespace = allNamespaces(session) ? undefined : session.namespace
  const target = (info: ResourceInfo, name?: string): Target => ({
    info, namespace: info.namespaced ? namespace : undefined, name,
  })
  const isSelected = options.defaultType === undefined && hasSelector(session)
  if (args.some((arg) => arg.includes('/'))) {
    if (isSelected) {
      throw new Failure('selectors and the all flag cannot be used when passing resource/name '
        + 'arguments')
    }
    return args.map((arg) => {
      const { type, name } = splitName(arg, options.defaultType)
      noNameAcrossNamespaces(session)
      return target(typeNamed(session, type)[0]!, name)
    })
  }
  if (options.defaultType !== undefined) {
    const infos = resourcesNamed(options.defaultType)
    if (args.every((name) => name === '')) throw nothingNamed()
    return args.flatMap((name) => infos.map((info) => target(info, name)))
  }
  const [types = '', ...names] = args
  const infos = types.split(',').flatMap((type) => typeNamed(session, type))
  if (options.singleType && infos.length > 1) {
    throw new Failure('you may only specify a single resource type')
  }
  if (names.length === 0) {
    if (options.collections) return infos.map((info) => target(info))
    throw new Failure('resource(s) were provided, but no name was specified')
  }
  if (isSelected) throw nameBesideSelector()
  noNameAcrossNamespaces(session)
  return infos.flatMap((info) => names.map((name) => target(info, name)))
}

function hasSelector({ flags }: Session): boolean {
  return ['selector', 'field-selector'].some((name) => flags.has(name) && flags.text(name) !== '')
}

export function nameBesideSelector(): Failure {
  return new Failure('name cannot be provided when a selector is specified')
}

/** Words name nothing where files say what is meant. Models Builder.visitByPaths. */
export function refuseWordsBesideFiles(words: readonly string[]): void {
  if (words.length === 0) return
  if (words.some((word) => word.includes('/'))) {
    throw new Failure('resource/name arguments cannot be provided when a path is specified')
  }
  throw new Failure('when paths, URLs, or stdin is provided as input, you may not specify resource '
    + 'arguments as well')
}

function allNamespaces(session: Session): boolean {
  return session.flags.has('all-namespaces') && session.flags.on('all-namespaces')
}

function noNameAcrossNamespaces(session: Session): void {
  if (allNamespaces(session)) {
    throw new Failure('a resource cannot be retrieved by name across all namespaces')
  }
}

/** A short name that several resources have means the first. Models restmapper shortcutExpander. */
function typeNamed(session: Session, type: string): readonly ResourceInfo[] {
  const infos = resourcesNamed(type)
  const others = allResources().filter((info) => info.shortNames.includes(type))
  session.warn(others.slice(1).map((info) => `short name "${type}" could also match lower `
    + `priority resource ${qualifiedResource(info)}`))
  return infos
}

function splitName(arg: string, defaultType: string | undefined): { type: string; name: string } {
  const slash = arg.indexOf('/')
  if (slash < 0) {
    if (defaultType !== undefined) return { type: defaultType, name: arg }
    throw new Failure('there is no need to specify a resource type as a separate argument when '
      + "passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' "
      + "instead of 'kubectl get resource resource/<resource_name>'")
  }
  const [type, name, ...more] = arg.split('/')
  if (more.length > 0) {
    throw new Failure('arguments in resource/name form may not have more than one slash')
  }
  if (!type || !name) {
    throw new Failure('arguments in resource/name form must have a single resource and name')
  }
  return { type, name }
}
