import type { Container, Pod } from '../api/kinds.ts'
import type { SandboxConfig } from '../runtime/types.ts'
import type { Task } from '../time/tasks.ts'
import type { EntryId } from '../trace/entries.ts'
import { backOffBecause, killBecause } from './because.ts'
import { goSeconds } from './go-text.ts'
import { killContainer, killPod } from './kill-container.ts'
import { formatPod, isSidecar, namespaceOf } from './pod.ts'
import type { ActionFacts, PodActions } from './pod-actions.ts'
import { podActions } from './pod-actions.ts'
import type { StartFailure } from './reason-cache.ts'
import type { RuntimeStatus } from './relist.ts'
import type { Rooms } from './rooms.ts'
import { startContainer } from './start-container.ts'

interface Sync {
  readonly pod: Pod
  readonly seen: RuntimeStatus
  readonly cause: EntryId | undefined
}

/** Models kuberuntime_manager.go SyncPod; false if something is to be tried again later. */
export function* syncContainers(
  rooms: Rooms, pod: Pod, seen: RuntimeStatus, cause: EntryId | undefined,
): Task<boolean> {
  const sync = { pod, seen, cause }
  const actions = podActions(facts(rooms), pod, seen)
  if (actions.createSandbox && seen.sandboxes.length > 0) {
    rooms.events.pod(pod, 'Normal', 'SandboxChanged',
      'Pod sandbox changed, it will be killed and re-created.', cause)
  }
  if (actions.killPod) {
    yield* killPod(rooms, pod, seen, undefined, cause)
    if (!actions.createSandbox) return true
  } else {
    for (const kill of actions.kills) {
      const { container, id, message, reason } = kill
      const decisive = reason === 'other' ? undefined : rooms.probes.cause(reason, id)
      yield* killContainer(rooms, {
        pod, container, containerId: id, message, reason, cause: decisive ?? cause,
        because: killBecause(pod, container, reason === 'other' ? 'changed' : reason),
      })
    }
  }
  pruneInit(rooms, pod)
  const sandbox = yield* ensureSandbox(rooms, sync, actions)
  return yield* startAll(rooms, sync, actions, sandbox)
}

function facts(rooms: Rooms): ActionFacts {
  return {
    livenessFailed: (id) => rooms.probes.result('liveness', id) === 'failure',
    startupResult: (id) => rooms.probes.result('startup', id),
    definitionChanged: (container, status) => {
      const image = rooms.startedImages.get(status.id)
      return image !== undefined && image !== container.image
    },
  }
}

interface Sandbox { readonly id: string; readonly ip: string }

function* ensureSandbox(rooms: Rooms, sync: Sync, actions: PodActions): Task<Sandbox> {
  const [newest] = sync.seen.sandboxes
  if (!actions.createSandbox && newest) return { id: newest.id, ip: newest.ip }
  const id = yield* rooms.runtime.runSandbox(sandboxConfig(rooms, sync))
  return { id, ip: rooms.runtime.sandboxes().find((box) => box.id === id)?.ip ?? '' }
}

/** Models kuberuntime_sandbox.go generatePodSandboxConfig. */
function sandboxConfig(rooms: Rooms, { pod, cause }: Sync): SandboxConfig {
  const { metadata, spec } = pod
  const namespace = namespaceOf(pod)
  const hostname = spec.hostname ?? metadata.name.slice(0, 63)
  const hostAliases = (spec.hostAliases ?? [])
    .map(({ ip, hostnames = [] }) => ({ ip, hostnames }))
  return {
    namespace, pod: metadata.name, podUid: metadata.uid, hostname, hostAliases,
    sharedPids: spec.shareProcessNamespace ?? false,
    ...(spec.subdomain
      ? { domainName: `${hostname}.${spec.subdomain}.${namespace}.svc.cluster.local` } : {}),
    ...(spec.hostNetwork ? { hostAddress: rooms.nodeAddress } : {}),
    ...(cause === undefined ? {} : { cause }),
  }
}

/** Ephemeral ones first, then init containers, then the regular ones in their order. */
function* startAll(
  rooms: Rooms, sync: Sync, actions: PodActions, sandbox: Sandbox,
): Task<boolean> {
  let ok = true
  for (const container of actions.ephemeral) {
    ok = (yield* start(rooms, sync, container, sandbox)) && ok
  }
  for (const container of actions.init) {
    if (yield* start(rooms, sync, container, sandbox)) continue
    ok = false
    if (!isSidecar(container)) return ok
  }
  for (const container of actions.containers) {
    ok = (yield* start(rooms, sync, container, sandbox)) && ok
  }
  return ok
}

function* start(rooms: Rooms, sync: Sync, container: Container, sandbox: Sandbox): Task<boolean> {
  const { pod, seen, cause } = sync
  const failure = doBackOff(rooms, sync, container) ?? (yield* startContainer(rooms, {
    pod, container, seen, cause, sandbox: sandbox.id, podIp: sandbox.ip,
  }))
  rooms.reasons.set(pod.metadata.uid, container.name, failure)
  return failure === undefined
}

/** Models doBackOff: the delay counts from the end of the newest container that has ended. */
function doBackOff(rooms: Rooms, sync: Sync, container: Container): StartFailure | undefined {
  const { pod, seen } = sync
  const ended = seen.containers.find((one) => one.name === container.name && one.state === 'exited')
  if (ended?.finishedAt === undefined) return undefined
  const key = `${pod.metadata.uid}_${container.name}_${container.image}`
  if (!rooms.crashes.isOnSince(key, ended.finishedAt)) {
    rooms.crashes.next(key, ended.finishedAt)
    return undefined
  }
  rooms.events.container(pod, container.name, 'Warning', 'BackOff',
    `Back-off restarting failed container ${container.name} in pod ${formatPod(pod)}`, ended.entry,
    backOffBecause(pod))
  const delay = goSeconds(rooms.crashes.get(key))
  return {
    reason: 'CrashLoopBackOff',
    message: `back-off ${delay} restarting failed container=${container.name} `
      + `pod=${formatPod(pod)}`,
  }
}

/** Models pruneInitContainersBeforeStart: of each init container only the newest end is kept. */
function pruneInit(rooms: Rooms, pod: Pod): void {
  const { containers } = rooms.relist.current(pod.metadata.uid)
  for (const { name } of pod.spec.initContainers ?? []) {
    const dead = containers.filter((one) => one.name === name && one.state === 'exited')
    for (const old of dead.slice(1)) rooms.runtime.removeContainer(old.id)
  }
}
