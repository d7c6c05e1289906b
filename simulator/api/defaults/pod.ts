import type {
  Container, Handler, HttpGetAction, LifecycleHandler, Pod, PodSpec, Probe, ProjectedSource,
  Volume,
} from '../kinds.ts'

// Models pkg/apis/core/v1/defaults.go and zz_generated.defaults.go.

/** What a Pod gets; a pod template gets podSpecDefaults only. */
export function podDefaults(pod: Pod): Pod {
  const spec = podSpecDefaults(pod.spec)
  const requested = (containers: readonly Container[] | undefined): readonly Container[] => {
    return (containers ?? []).map(withRequests)
  }
  return {
    ...pod,
    spec: {
      ...spec, containers: requested(spec.containers),
      ...(spec.initContainers ? { initContainers: requested(spec.initContainers) } : {}),
      enableServiceLinks: spec.enableServiceLinks ?? true,
    },
  }
}

export function podSpecDefaults(spec: PodSpec): PodSpec {
  const containers = (list: readonly Container[] | undefined): readonly Container[] => {
    return (list ?? []).map((container) => containerDefaults(container, spec.hostNetwork === true))
  }
  // The conversion to the internal type turns a negative grace period into 1 (conversion.go).
  const grace = spec.terminationGracePeriodSeconds ?? 30
  return {
    ...spec,
    containers: containers(spec.containers),
    ...(spec.initContainers ? { initContainers: containers(spec.initContainers) } : {}),
    ...(spec.ephemeralContainers
      ? { ephemeralContainers: containers(spec.ephemeralContainers) } : {}),
    ...(spec.volumes ? { volumes: spec.volumes.map(volumeDefaults) } : {}),
    dnsPolicy: spec.dnsPolicy ?? 'ClusterFirst',
    restartPolicy: spec.restartPolicy ?? 'Always',
    securityContext: spec.securityContext ?? {},
    schedulerName: spec.schedulerName ?? 'default-scheduler',
    terminationGracePeriodSeconds: grace < 0 ? 1 : grace,
    // The deprecated name of the field is kept in step.
    ...serviceAccount(spec.serviceAccountName ?? spec.serviceAccount),
  }
}

function serviceAccount(name: string | undefined): Partial<PodSpec> {
  return name === undefined ? {} : { serviceAccount: name, serviceAccountName: name }
}

function containerDefaults(container: Container, hostNetwork: boolean): Container {
  const { lifecycle, livenessProbe, readinessProbe, startupProbe } = container
  return {
    ...container,
    imagePullPolicy: container.imagePullPolicy ?? pullPolicy(container.image ?? ''),
    terminationMessagePath: container.terminationMessagePath ?? '/dev/termination-log',
    terminationMessagePolicy: container.terminationMessagePolicy ?? 'File',
    resources: container.resources ?? {},
    ...(container.ports ? {
      ports: container.ports.map((port) => ({
        ...port, protocol: port.protocol ?? 'TCP',
        ...(hostNetwork && !port.hostPort ? { hostPort: port.containerPort } : {}),
      })),
    } : {}),
    ...(container.env ? {
      env: container.env.map((variable) => {
        const fieldRef = variable.valueFrom?.fieldRef
        if (!fieldRef) return variable
        const valueFrom = {
          ...variable.valueFrom, fieldRef: { ...fieldRef, apiVersion: fieldRef.apiVersion ?? 'v1' },
        }
        return { ...variable, valueFrom }
      }),
    } : {}),
    ...(lifecycle ? {
      lifecycle: {
        ...lifecycle,
        ...(lifecycle.postStart ? { postStart: handlerDefaults(lifecycle.postStart) } : {}),
        ...(lifecycle.preStop ? { preStop: handlerDefaults(lifecycle.preStop) } : {}),
      },
    } : {}),
    ...(livenessProbe ? { livenessProbe: probeDefaults(livenessProbe) } : {}),
    ...(readinessProbe ? { readinessProbe: probeDefaults(readinessProbe) } : {}),
    ...(startupProbe ? { startupProbe: probeDefaults(startupProbe) } : {}),
  }
}

/** Always where the tag is `latest` or missing; a digest alone counts as a tag. */
function pullPolicy(image: string): Container['imagePullPolicy'] {
  if (image.includes('@')) return 'IfNotPresent'
  const last = image.slice(image.lastIndexOf('/') + 1)
  const tag = last.includes(':') ? last.slice(last.indexOf(':') + 1) : 'latest'
  return tag === 'latest' ? 'Always' : 'IfNotPresent'
}

function handlerDefaults<T extends Handler | LifecycleHandler>(handler: T): T {
  return handler.httpGet ? { ...handler, httpGet: httpDefaults(handler.httpGet) } : handler
}

function httpDefaults(action: HttpGetAction): HttpGetAction {
  return { ...action, path: action.path ?? '/', scheme: action.scheme ?? 'HTTP' }
}

function probeDefaults(probe: Probe): Probe {
  return {
    ...handlerDefaults(probe),
    ...(probe.grpc ? { grpc: { ...probe.grpc, service: probe.grpc.service ?? '' } } : {}),
    timeoutSeconds: probe.timeoutSeconds ?? 1,
    periodSeconds: probe.periodSeconds ?? 10,
    successThreshold: probe.successThreshold ?? 1,
    failureThreshold: probe.failureThreshold ?? 3,
  }
}

/** A missing request is the limit. */
function withRequests(container: Container): Container {
  const { limits, requests } = container.resources
  if (!limits) return container
  const resources = { ...container.resources, requests: { ...limits, ...requests } }
  return { ...container, resources }
}

/** `defaultMode`: 0644 in octal. */
const modeDefault = { defaultMode: 420 }

function volumeDefaults(volume: Volume): Volume {
  const { emptyDir, configMap, secret, projected, downwardAPI, hostPath } = volume
  if (Object.keys(volume).every((name) => name === 'name')) return { ...volume, emptyDir: {} }
  return {
    ...volume,
    ...(emptyDir ? { emptyDir } : {}),
    ...(configMap ? { configMap: { ...modeDefault, ...configMap } } : {}),
    ...(secret ? { secret: { ...modeDefault, ...secret } } : {}),
    ...(hostPath ? { hostPath: { ...hostPath, type: hostPath.type ?? '' } } : {}),
    ...(downwardAPI ? {
      downwardAPI: { ...modeDefault, ...downwardAPI, ...downwardItems(downwardAPI) },
    } : {}),
    ...(projected ? { projected: projectedDefaults(projected) } : {}),
  }
}

function projectedDefaults(projected: NonNullable<Volume['projected']>): Volume['projected'] {
  const sources = (projected.sources ?? []).map((source): ProjectedSource => ({
    ...source,
    ...(source.serviceAccountToken ? {
      serviceAccountToken: { expirationSeconds: 3600, ...source.serviceAccountToken },
    } : {}),
    ...(source.downwardAPI ? { downwardAPI: downwardItems(source.downwardAPI) } : {}),
  }))
  return { ...modeDefault, ...projected, sources }
}

type DownwardItems = Pick<NonNullable<Volume['downwardAPI']>, 'items'>

function downwardItems(downward: DownwardItems): DownwardItems {
  if (!downward.items) return {}
  return {
    items: downward.items.map((item) => item.fieldRef ? {
      ...item, fieldRef: { ...item.fieldRef, apiVersion: item.fieldRef.apiVersion ?? 'v1' },
    } : item),
  }
}
