import type { Container, Pod } from '../api/kinds.ts'
import { RuntimeError } from '../runtime/types.ts'
import type { Task } from '../time/tasks.ts'
import type { Because, EntryId } from '../trace/entries.ts'
import { commandBecause, pullBecause, restartBecause } from './because.ts'
import { containerConfig } from './container-config.ts'
import { newestOf } from './container-statuses.ts'
import { runHook } from './hooks.ts'
import { killContainer } from './kill-container.ts'
import type { StartFailure } from './reason-cache.ts'
import type { RuntimeStatus } from './relist.ts'
import type { Rooms } from './rooms.ts'

export interface Start {
  readonly pod: Pod
  readonly container: Container
  /** The status the sync began with: it tells the attempt number. */
  readonly seen: RuntimeStatus
  readonly sandbox: string
  readonly podIp: string
  readonly cause: EntryId | undefined
}

/** Models kubelet/kuberuntime/kuberuntime_container.go startContainer. */
export function* startContainer(rooms: Rooms, start: Start): Task<StartFailure | undefined> {
  const { pod, container } = start
  const fail = (message: string, because: readonly Because[], cause = start.cause): void =>
    rooms.events.container(
      pod, container.name, 'Warning', 'Failed', `Error: ${message}`, cause, because,
    )
  const noImage = yield* rooms.images.ensure(pod, container, start.cause)
  if (noImage) {
    fail(noImage.reason, pullBecause(pod, container))
    return noImage
  }
  const created = yield* createContainer(rooms, start)
  if ('reason' in created) {
    fail(created.message, [])
    return created
  }
  const { id } = created
  rooms.events.container(pod, container.name, 'Normal', 'Created',
    `Created container: ${container.name}`, rooms.runtime.container(id)?.entry)
  try {
    yield* rooms.runtime.startContainer(id, rooms.runtime.container(id)?.entry)
  } catch (error) {
    if (!(error instanceof RuntimeError)) throw error
    fail(
      error.message, commandBecause(pod, container), rooms.runtime.container(id)?.entry,
    )
    return { reason: 'RunContainerError', message: error.message }
  }
  const started = rooms.runtime.container(id)?.startEntry
  rooms.events.container(pod, container.name, 'Normal', 'Started',
    `Started container ${container.name}`, started)
  return yield* postStart(rooms, start, id, started)
}

function* createContainer(
  rooms: Rooms, start: Start,
): Task<{ readonly id: string } | StartFailure> {
  const { pod, container, seen } = start
  const before = newestOf(seen, container.name)
  const attempt = before ? before.attempt + 1 : 0
  // A restart follows from the end of the container before it, whatever called for the sync.
  const cause = (before && rooms.runtime.container(before.id)?.entry) ?? start.cause
  const built = containerConfig(rooms, pod, container, start.podIp)
  if ('error' in built) return { reason: 'CreateContainerConfigError', message: built.error }
  try {
    const id = yield* rooms.runtime.createContainer(start.sandbox, {
      ...built.config, attempt, commandBecause: commandBecause(pod, container),
      ...(cause === undefined ? {} : { cause }),
      ...(before ? { because: restartBecause(pod) } : {}),
    })
    rooms.startedImages.set(id, container.image)
    return { id }
  } catch (error) {
    if (!(error instanceof RuntimeError)) throw error
    return { reason: 'CreateContainerError', message: error.message }
  }
}

/** The hook runs inside the start: nothing else of the pod goes on meanwhile. */
function* postStart(
  rooms: Rooms, start: Start, containerId: string, cause: EntryId | undefined,
): Task<StartFailure | undefined> {
  const { pod, container } = start
  const handler = container.lifecycle?.postStart
  if (!handler) return undefined
  const outcome = yield* runHook(rooms, {
    pod, container, containerId, hook: 'postStart', handler, cause,
  })
  if (outcome.ok) return undefined
  rooms.events.container(
    pod, container.name, 'Warning', 'FailedPostStartHook', 'PostStartHook failed', outcome.entry,
  )
  yield* killContainer(rooms, {
    pod, container, containerId, message: 'FailedPostStartHook', reason: 'other',
    cause: outcome.entry, because: [{ rule: 'poststart-failed-kills' }],
  })
  return { reason: 'PostStartHookError', message: outcome.message }
}
