import type { PodStatus } from '../api/kinds.ts'

/** Models kubelet_pods.go validateContainerLogStatus: which container's log is meant. */
export function logTarget(
  podName: string, status: PodStatus, container: string, previous: boolean,
): { readonly id: string } | { readonly refused: string } {
  const found = [
    ...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? []),
    ...(status.ephemeralContainerStatuses ?? []),
  ].find(({ name }) => name === container)
  const refuse = (text: string): { readonly refused: string } =>
    ({ refused: `container "${container}" in pod "${podName}" is ${text}` })
  if (!found) return refuse('not available')
  const last = found.lastState.terminated?.containerID
  const { waiting, running, terminated } = found.state
  if (previous) {
    return idOf(last)
      ?? { refused: `previous terminated container "${container}" in pod "${podName}" not found` }
  }
  if (running) return idOf(found.containerID) ?? refuse('not available')
  if (terminated) return idOf(terminated.containerID) ?? idOf(last) ?? refuse('terminated')
  if (found.lastState.terminated) return idOf(last) ?? refuse('terminated')
  if (!waiting) return refuse('waiting to start - no logs yet')
  switch (waiting.reason) {
    case 'ErrImagePull': return refuse("waiting to start: image can't be pulled")
    case 'ImagePullBackOff': return refuse('waiting to start: trying and failing to pull image')
    default: return refuse(`waiting to start: ${waiting.reason ?? ''}`)
  }
}

function idOf(containerId: string | undefined): { readonly id: string } | undefined {
  if (containerId === undefined || containerId === '') return undefined
  return { id: containerId.replace('containerd://', '') }
}
