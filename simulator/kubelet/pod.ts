import type { Container, Pod } from '../api/kinds.ts'

// How the kubelet speaks of pods and their containers.

export type ProbeKind = 'liveness' | 'readiness' | 'startup'
export type ContainerList = 'initContainers' | 'containers' | 'ephemeralContainers'

/** Whether an init container stays beside the regular ones. */
export function isSidecar(container: Container): boolean {
  return container.restartPolicy === 'Always'
}

export function sidecars(pod: Pod): readonly Container[] {
  return (pod.spec.initContainers ?? []).filter(isSidecar)
}

export function namespaceOf(pod: Pod): string {
  return pod.metadata.namespace ?? 'default'
}

/** `name_namespace(uid)`, as the kubelet names a pod in texts. */
export function formatPod(pod: Pod): string {
  return `${pod.metadata.name}_${namespaceOf(pod)}(${pod.metadata.uid})`
}

export function isTerminalPhase(phase: string | undefined): boolean {
  return phase === 'Succeeded' || phase === 'Failed'
}

/** Every container of a pod with the field that holds it, in order of the lists. */
export function* allContainers(pod: Pod): Generator<{
  readonly container: Container; readonly list: ContainerList; readonly index: number
}> {
  const lists: readonly ContainerList[] = ['initContainers', 'containers', 'ephemeralContainers']
  for (const list of lists) {
    const containers = pod.spec[list] ?? []
    for (const [index, container] of containers.entries()) yield { container, list, index }
  }
}

export function findContainer(pod: Pod, name: string): Container | undefined {
  for (const { container } of allContainers(pod)) if (container.name === name) return container
  return undefined
}

/** `spec.containers{name}` and the like: what an event's involvedObject points at. */
export function fieldPath(pod: Pod, name: string): string | undefined {
  for (const { container, list } of allContainers(pod)) {
    if (container.name === name) return `spec.${list}{${name}}`
  }
  return undefined
}

/** `spec.containers[0]`: the field of the manifest that defines a container. */
export function manifestPath(pod: Pod, name: string): string {
  for (const { container, list, index } of allContainers(pod)) {
    if (container.name === name) return `spec.${list}[${index}]`
  }
  return 'spec'
}
