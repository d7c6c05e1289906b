import type { Container, Pod } from '../api/kinds.ts'
import type { ContainerConfig } from '../runtime/types.ts'
import { environment } from './environment.ts'
import { expand } from './expansion.ts'
import { goQuote } from './go-text.ts'
import { formatPod } from './pod.ts'
import type { Rooms } from './rooms.ts'
import { traceTarget } from './trace-target.ts'
import { containerMounts } from './volumes.ts'

type Config = Omit<ContainerConfig, 'attempt' | 'cause' | 'because' | 'commandBecause'>

/** Models kubelet/kuberuntime/kuberuntime_container.go generateContainerConfig. */
export function containerConfig(
  rooms: Rooms, pod: Pod, container: Container, podIp: string,
): { readonly config: Config } | { readonly error: string } {
  const addresses = { podIp, nodeAddress: rooms.nodeAddress }
  const env = environment(rooms.client, pod, container, addresses)
  if ('error' in env) return env
  const variables = new Map(env.variables)
  const mounts = containerMounts(rooms, pod, container, addresses, variables)
  if ('error' in mounts) return mounts
  const expanded = (words: readonly string[] | undefined): readonly string[] =>
    (words ?? []).map((word) => expand(word, variables))
  const user = container.securityContext?.runAsUser ?? pod.spec.securityContext?.runAsUser
  const imageUser = rooms.runtime.imageUser(container.image) ?? ''
  const refusal = rootRefusal(pod, container, user, imageUser)
  if (refusal !== undefined) return { error: refusal }
  return {
    config: {
      target: traceTarget(pod, container.name), image: container.image,
      command: expanded(container.command), args: expanded(container.args),
      env: env.variables, workingDirectory: container.workingDir ?? '',
      tty: container.tty ?? false, stdin: container.stdin ?? false,
      stdinOnce: container.stdinOnce ?? false, mounts: mounts.mounts,
      terminationMessagePath: container.terminationMessagePath,
      messageFromLog: container.terminationMessagePolicy === 'FallbackToLogsOnError',
      ...(container.targetContainerName ? { targetContainer: container.targetContainerName } : {}),
      ...(user === undefined ? {} : { user: String(user) }),
      ...groupsOf(pod, container),
      readOnlyRoot: container.securityContext?.readOnlyRootFilesystem ?? false,
    },
  }
}

/** Models kuberuntime/security_context.go determineEffectiveSecurityContext, the groups of it. */
function groupsOf(
  pod: Pod, container: Container,
): Pick<ContainerConfig, 'primaryGroup' | 'otherGroups'> {
  const { fsGroup, runAsGroup, supplementalGroups = [] } = pod.spec.securityContext
  const primaryGroup = container.securityContext?.runAsGroup ?? runAsGroup
  return {
    ...(primaryGroup === undefined ? {} : { primaryGroup }),
    otherGroups: [...(fsGroup === undefined ? [] : [fsGroup]), ...supplementalGroups],
  }
}

/** Models kuberuntime/security_context_others.go verifyRunAsNonRoot. */
function rootRefusal(
  pod: Pod, container: Container, user: number | undefined, imageUser: string,
): string | undefined {
  const asked = container.securityContext?.runAsNonRoot ?? pod.spec.securityContext?.runAsNonRoot
  const where = `(pod: ${goQuote(formatPod(pod))}, container: ${container.name})`
  if (!asked || (user !== undefined && user !== 0)) return undefined
  if (user === 0) return `container's runAsUser breaks non-root policy ${where}`
  if (imageUser === '' || Number(imageUser) === 0) {
    return `container has runAsNonRoot and image will run as root ${where}`
  }
  if (/^\d+$/.test(imageUser)) return undefined
  return `container has runAsNonRoot and image has non-numeric user (${imageUser}), `
    + `cannot verify user is non-root ${where}`
}
