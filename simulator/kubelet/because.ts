import type { Container, LifecycleHandler, Pod, Probe } from '../api/kinds.ts'
import type { Because, HookName } from '../trace/entries.ts'
import { givenIn } from './given-in.ts'
import { manifestPath, type ProbeKind } from './pod.ts'

// The fields and rules that decided what the kubelet did, for "why did this happen?".

type Handler = Pick<LifecycleHandler, 'exec' | 'httpGet' | 'sleep' | 'tcpSocket'>
  & Pick<Probe, 'grpc'>

/** The hook's field of the manifest. */
export function hookBecause(run: {
  readonly pod: Pod; readonly container: { readonly name: string }
  readonly hook: HookName; readonly handler: LifecycleHandler
}): readonly Because[] {
  const base = `${manifestPath(run.pod, run.container.name)}.lifecycle.${run.hook}`
  return [handlerField(base, run.handler)]
}

function handlerField(base: string, { exec, httpGet, sleep, tcpSocket, grpc }: Handler): Because {
  const manifest = (field: string, value: string): Because =>
    ({ field: `${base}.${field}`, value, origin: 'manifest' })
  if (exec) return manifest('exec.command', JSON.stringify(exec.command ?? []))
  if (httpGet) return manifest('httpGet.port', String(httpGet.port))
  if (sleep) return manifest('sleep.seconds', String(sleep.seconds))
  if (grpc) return manifest('grpc.port', String(grpc.port))
  return manifest('tcpSocket.port', String(tcpSocket?.port ?? ''))
}

/** Where a container's grace period comes from; a delete's own word outranks the manifest. */
export function graceBecause(
  pod: Pod, probeField: { readonly field: string; readonly seconds: number } | undefined,
): readonly Because[] {
  const given = pod.metadata.deletionGracePeriodSeconds
  const spec = pod.spec.terminationGracePeriodSeconds
  const fromSpec = podField(pod, 'terminationGracePeriodSeconds', spec, 30)
  if (given === undefined && probeField) {
    return [{ field: probeField.field, value: String(probeField.seconds), origin: 'manifest' }]
  }
  if (given === undefined || given === spec) return [fromSpec]
  const asked: Because = { field: 'gracePeriodSeconds', value: String(given), origin: 'command' }
  if (given === 0) return [{ rule: 'force-delete' }, asked]
  return [...(given < spec ? [{ rule: 'grace-shortened' } as const] : []), asked, fromSpec]
}

/** What lets a container be started again. */
export function restartBecause(pod: Pod): readonly Because[] {
  return [policyField(pod), { rule: 'restart-policy' }]
}

/** What makes the kubelet wait before that. */
export function backOffBecause(pod: Pod): readonly Because[] {
  return [{ rule: 'crash-back-off' }, policyField(pod)]
}

function policyField(pod: Pod): Because {
  return podField(pod, 'restartPolicy', pod.spec.restartPolicy, 'Always')
}

/** What a container's main process is. */
export function commandBecause(pod: Pod, container: Container): readonly Because[] {
  const path = manifestPath(pod, container.name)
  const words = (['command', 'args'] as const).flatMap((field): readonly Because[] => {
    const value = container[field]
    if (!value?.length) return []
    return [{ field: `${path}.${field}`, value: JSON.stringify(value), origin: 'manifest' }]
  })
  return words.length > 0 ? words : [imageField(pod, container), { rule: 'command-of-image' }]
}

/** Which image, and when it is fetched. */
export function pullBecause(pod: Pod, container: Container): readonly Because[] {
  const { image, imagePullPolicy } = container
  const isLatest = /^[^@]*(?:^|\/)[^:@/]+(?::latest)?$/.test(image)
  const policy = containerField(
    pod, container, 'imagePullPolicy', imagePullPolicy, isLatest ? 'Always' : 'IfNotPresent',
  )
  const fields = [imageField(pod, container), policy]
  return imagePullPolicy === 'Never' ? fields.toReversed() : fields
}

function imageField(pod: Pod, { name, image }: Container): Because {
  return { field: `${manifestPath(pod, name)}.image`, value: image, origin: 'manifest' }
}

/** What a probe asks, and how often. */
export function probeBecause(
  pod: Pod, container: Container, kind: ProbeKind, probe: Probe,
): readonly Because[] {
  const name = `${kind}Probe`
  return [
    handlerField(`${manifestPath(pod, container.name)}.${name}`, probe),
    containerField(pod, container, `${name}.periodSeconds`, probe.periodSeconds, 10),
  ]
}

/** Why a container is killed that runs: a probe gave up on it, or its image was changed. */
export function killBecause(
  pod: Pod, container: Container, reason: 'liveness' | 'startup' | 'changed',
): readonly Because[] {
  if (reason === 'changed') return [{ rule: 'definition-changed' }, imageField(pod, container)]
  const name = `${reason}Probe` as const
  return [{ rule: `${reason}-kills` }, containerField(
    pod, container, `${name}.failureThreshold`, container[name]?.failureThreshold, 3,
  )]
}

export function deadlineBecause(pod: Pod): readonly Because[] {
  const value = String(pod.spec.activeDeadlineSeconds ?? '')
  return [
    { rule: 'active-deadline-over' },
    { field: 'spec.activeDeadlineSeconds', value, origin: 'manifest' },
  ]
}

function podField(pod: Pod, field: string, value: unknown, byDefault: unknown): Because {
  const known = givenIn(pod, `spec.${field}`)
  const isGiven = known ?? value !== byDefault
  return {
    field: `spec.${field}`, value: String(value), origin: isGiven ? 'manifest' : 'default',
  }
}

function containerField(
  pod: Pod, container: Container, field: string, value: unknown, byDefault: unknown,
): Because {
  const path = `${manifestPath(pod, container.name)}.${field}`
  const isGiven = givenIn(pod, path) ?? value !== byDefault
  return { field: path, value: String(value), origin: isGiven ? 'manifest' : 'default' }
}
