import type { Container, Pod, ServiceAccount, Toleration, Volume } from '../kinds.ts'

const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount'

/** Models plugin/pkg/admission/serviceaccount: the token volume and its mounts. */
export function admitServiceAccount(
  pod: Pod, account: ServiceAccount, volumeSuffix: string,
): Pod {
  const name = pod.spec.serviceAccountName ?? 'default'
  const named: Pod = {
    ...pod, spec: { ...pod.spec, serviceAccount: name, serviceAccountName: name },
  }
  const automount = pod.spec.automountServiceAccountToken ?? account.automountServiceAccountToken
  if (automount === false) return named
  const existing = pod.spec.volumes?.find((volume) => volume.name.startsWith('kube-api-access-'))
  const volumeName = existing?.name ?? `kube-api-access-${volumeSuffix}`
  let mounted = false
  const mount = (containers: readonly Container[] | undefined): readonly Container[] => {
    return (containers ?? []).map((container) => {
      const mounts = container.volumeMounts ?? []
      if (mounts.some((one) => one.mountPath === TOKEN_PATH)) return container
      mounted = true
      const token = { name: volumeName, readOnly: true, mountPath: TOKEN_PATH }
      return { ...container, volumeMounts: [...mounts, token] }
    })
  }
  const spec = {
    ...named.spec, containers: mount(pod.spec.containers),
    ...(pod.spec.initContainers ? { initContainers: mount(pod.spec.initContainers) } : {}),
  }
  if (!mounted || existing) return { ...named, spec }
  return { ...named, spec: { ...spec, volumes: [...spec.volumes ?? [], tokenVolume(volumeName)] } }
}

function tokenVolume(name: string): Volume {
  const projected = {
    defaultMode: 420,
    sources: [
      { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      {
        downwardAPI: {
          items: [{
            path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' },
          }],
        },
      },
    ],
  }
  return { name, projected }
}

/** Models the admission plugins Priority and DefaultTolerationSeconds; both run on updates too. */
export function admitPod(pod: Pod): Pod {
  return {
    ...pod,
    spec: {
      ...pod.spec, priority: pod.spec.priority ?? 0,
      preemptionPolicy: pod.spec.preemptionPolicy ?? 'PreemptLowerPriority',
      tolerations: withNodeTolerations(pod.spec.tolerations ?? []),
    },
  }
}

function withNodeTolerations(tolerations: readonly Toleration[]): readonly Toleration[] {
  const added = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']
    .filter((key) => !tolerations.some((one) => {
      return (one.key === key || !one.key) && (!one.effect || one.effect === 'NoExecute')
    }))
    .map((key) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }))
  return [...tolerations, ...added]
}
