import type { Container, Pod } from '../../api/kinds.ts'
import type { ApiObject } from '../../api/types.ts'
import { Failure } from '../command/failure.ts'
import { pathOf, qualifiedResource, resourceNamed } from '../resources.ts'
import type { Session } from '../session.ts'
import { parseTime } from '../text/duration.ts'
import type { Target } from './targets.ts'

const defaultContainer = 'kubectl.kubernetes.io/default-container'

/** Models kubectl/cmd/util/podcmd FindOrDefaultContainerByName; says on stderr what it chose. */
export function defaultContainerOf(
  session: Session, pod: Pod, quiet: boolean,
  tell: (text: string) => void = (text) => session.err(text),
): string {
  const annotated = pod.metadata.annotations?.[defaultContainer]
  if (annotated !== undefined && containerNames(pod).includes(annotated)) return annotated
  const first = pod.spec.containers[0]!.name
  const others = containerNames(pod).length > 1
  if (!quiet && others) {
    tell(`Defaulted container "${first}" out of: ${namesWithRoles(pod)}\n`)
  }
  return first
}

export function containerNames(pod: Pod): readonly string[] {
  return allContainers(pod).map(({ name }) => name)
}

/** Init containers, then the regular ones, then the ephemeral ones. */
export function allContainers({ spec }: Pod): readonly Container[] {
  return [...spec.initContainers ?? [], ...spec.containers, ...spec.ephemeralContainers ?? []]
}

function namesWithRoles({ spec }: Pod): string {
  return [
    ...spec.containers.map(({ name }) => name),
    ...(spec.initContainers ?? []).map(({ name }) => `${name} (init)`),
    ...(spec.ephemeralContainers ?? []).map(({ name }) => `${name} (ephem)`),
  ].join(', ')
}

interface Selecting {
  readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> }
    & Readonly<Record<string, unknown>>
}

/** The pod that `exec` or `logs` means: itself, or one of a workload's. */
export function podBehind(session: Session, target: Target): Pod {
  const object = session.request<ApiObject>(
    'GET', pathOf(target.info, target.namespace, target.name!),
  )
  if (target.info.name === 'pods') return object as Pod
  mustSelect(session, target, object)
  const pods = podsOf(session, object)
  if (pods.length === 0) {
    throw new Failure(`unable to attach or get logs: no pods found for `
      + `${qualifiedResource(target.info)}/${target.name}`)
  }
  if (pods.length > 1) {
    session.err(`Found ${pods.length} pods, using pod/${pods[0]!.metadata.name}\n`)
  }
  return pods[0]!
}

/** All pods of a workload, as the server lists them; of a pod itself. */
export function podsBehind(session: Session, target: Target): readonly Pod[] {
  const path = pathOf(target.info, target.namespace, target.name!)
  const object = session.request<ApiObject>('GET', path)
  if (target.info.name === 'pods') return [object as Pod]
  mustSelect(session, target, object)
  return listed(session, object)
}

const selecting = new Set([
  'daemonsets', 'deployments', 'jobs', 'replicasets', 'replicationcontrollers', 'services',
  'statefulsets',
])

// Models kubectl/polymorphichelpers SelectorsForObject.
function mustSelect(session: Session, { info, name }: Target, object: ApiObject): void {
  const { selector } = (object['spec'] ?? {}) as Selecting
  const wrong = !selecting.has(info.name) ? `selector for *v1.${info.kind} not implemented`
    : info.name === 'services' && Object.keys(selector ?? {}).length === 0
      ? `invalid service '${name!}': Service is defined without a selector` : undefined
  if (wrong === undefined) return
  const what = session.line.path[0] === 'logs' ? 'get the logs from' : 'attach to'
  throw new Failure(`cannot ${what} *v1.${info.kind}: ${wrong}`)
}

function podsOf(session: Session, object: ApiObject): readonly Pod[] {
  const created = ({ metadata }: Pod) => parseTime(metadata.creationTimestamp) ?? 0
  return listed(session, object).toSorted((a, b) => rank(a) - rank(b) || created(a) - created(b))
}

function listed(session: Session, object: ApiObject): readonly Pod[] {
  const { selector } = (object['spec'] ?? {}) as Selecting
  const labels = selector?.matchLabels ?? selector
  const labelSelector = Object.entries(labels ?? {})
    .map(([key, value]) => `${key}=${String(value)}`).join(',')
  const list = session.request<{ items: readonly Pod[] }>(
    'GET', pathOf(resourceNamed('pods'), object.metadata.namespace), { query: { labelSelector } },
  )
  return list.items
}

function rank(pod: Pod): number {
  return pod.status.phase === 'Running' ? 0 : pod.status.phase === 'Pending' ? 2 : 1
}
