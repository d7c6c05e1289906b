import type { ExecRequest, LogOptions, LogStream, NodeApi, StatusError } from '../api/types.ts'
import type { Pod } from '../api/kinds.ts'
import type { ExecSession } from '../runtime/types.ts'
import { RuntimeError } from '../runtime/types.ts'
import type { Task } from '../time/tasks.ts'
import { logTarget } from './log-target.ts'
import { openLog, refusedLog } from './log-stream.ts'
import { allContainers, namespaceOf } from './pod.ts'
import type { Rooms } from './rooms.ts'

/** What the kubelet's own server answers: logs, exec, attach. */
export function createNodeApi(rooms: Rooms, pods: ReadonlyMap<string, Pod>): NodeApi {
  const find = (namespace: string, name: string): Pod | undefined => {
    for (const pod of pods.values()) {
      if (pod.metadata.name === name && namespaceOf(pod) === namespace) return pod
    }
    return undefined
  }
  return {
    exec: (request) => exec(rooms, find(request.namespace, request.pod), request),
    attach: (request) => attach(rooms, find(request.namespace, request.pod), request),
    logs: (namespace, name, options) => logs(rooms, find(namespace, name), options),
  }
}

function* exec(
  rooms: Rooms, pod: Pod | undefined, request: ExecRequest,
): Task<ExecSession | StatusError> {
  const found = runningContainer(rooms, pod, request.container)
  if (typeof found !== 'string') return found
  try {
    return yield* rooms.runtime.exec(found, request.argv, request.streams, request.cause)
  } catch (error) {
    if (!(error instanceof RuntimeError)) throw error
    return internal('Internal error occurred: error executing command in container: '
      + error.message)
  }
}

function* attach(
  rooms: Rooms, pod: Pod | undefined, request: ExecRequest,
): Task<ExecSession | StatusError> {
  const found = runningContainer(rooms, pod, request.container)
  if (typeof found !== 'string') return found
  return rooms.runtime.attach(found, request.streams, request.cause)
}

/** Looks among the containers that run, not in the status: it works while a hook runs. */
function runningContainer(
  rooms: Rooms, pod: Pod | undefined, wanted: string | undefined,
): string | StatusError {
  if (!pod) return { code: 404, reason: 'NotFound', message: 'pod does not exist' }
  const name = wanted ?? pod.spec.containers[0]!.name
  if (![...allContainers(pod)].some(({ container }) => container.name === name)) {
    return invalidContainer(name, pod)
  }
  const found = rooms.relist.current(pod.metadata.uid).containers
    .find((container) => container.name === name && container.state === 'running')
  return found?.id ?? internal(`unable to upgrade connection: container not found ("${name}")`)
}

function internal(message: string): StatusError {
  return { code: 500, reason: 'InternalError', message: `Internal error occurred: ${message}` }
}

function invalidContainer(name: string, pod: Pod): StatusError {
  const message = `container ${name} is not valid for pod ${pod.metadata.name}`
  return { code: 400, reason: 'BadRequest', message }
}

function logs(
  rooms: Rooms, pod: Pod | undefined, options: LogOptions,
): LogStream | StatusError {
  if (!pod) return { code: 404, reason: 'NotFound', message: 'pod does not exist' }
  const container = options.container ?? onlyContainer(pod)
  if (typeof container !== 'string') return container
  if (![...allContainers(pod)].some((one) => one.container.name === container)) {
    return invalidContainer(container, pod)
  }
  const status = rooms.status.get(pod.metadata.uid) ?? pod.status
  const target = logTarget(pod.metadata.name, status, container, options.previous ?? false)
  if ('refused' in target) return { code: 400, reason: 'BadRequest', message: target.refused }
  const log = rooms.runtime.log(target.id)
  if (!log) return refusedLog(`unable to retrieve container logs for containerd://${target.id}`)
  return openLog(rooms, target.id, log, options)
}

function onlyContainer(pod: Pod): string | StatusError {
  const { containers, initContainers = [] } = pod.spec
  if (containers.length === 1) return containers[0]!.name
  const names = (list: readonly { readonly name: string }[]): string =>
    `[${list.map(({ name }) => name).join(' ')}]`
  const init = initContainers.length
    ? ` or one of the init containers: ${names(initContainers)}` : ''
  const message = `a container name must be specified for pod ${pod.metadata.name}, choose one of: `
    + `${names(containers)}${init}`
  return { code: 400, reason: 'BadRequest', message }
}
