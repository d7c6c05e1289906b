import type { LifecycleHandler, Pod } from '../api/kinds.ts'
import type { Because, HookName } from '../trace/entries.ts'
import { manifestPath } from './pod.ts'

// The fields and rules that decided what the kubelet did, for "why did this happen?".

/** The hook's field of the manifest. */
export function hookBecause(run: {
  readonly pod: Pod; readonly container: { readonly name: string }
  readonly hook: HookName; readonly handler: LifecycleHandler
}): readonly Because[] {
  const base = `${manifestPath(run.pod, run.container.name)}.lifecycle.${run.hook}`
  const { exec, httpGet, sleep } = run.handler
  const manifest = (field: string, value: string): readonly Because[] =>
    [{ field: `${base}.${field}`, value, origin: 'manifest' }]
  if (exec) return manifest('exec.command', JSON.stringify(exec.command ?? []))
  if (httpGet) return manifest('httpGet.port', String(httpGet.port))
  if (sleep) return manifest('sleep.seconds', String(sleep.seconds))
  return manifest('tcpSocket.port', String(run.handler.tcpSocket?.port ?? ''))
}

/** Where a container's grace period comes from. */
export function graceBecause(
  pod: Pod, probeField: { readonly field: string; readonly seconds: number } | undefined,
): readonly Because[] {
  const given = pod.metadata.deletionGracePeriodSeconds
  const spec = pod.spec.terminationGracePeriodSeconds
  const fromSpec: Because = {
    field: 'spec.terminationGracePeriodSeconds', value: String(spec),
    origin: fieldOrigin(pod, 'terminationGracePeriodSeconds', 30, spec),
  }
  if (given === undefined && probeField) {
    return [{ field: probeField.field, value: String(probeField.seconds), origin: 'manifest' }]
  }
  if (given === 0) return [{ rule: 'force-delete' }]
  if (given !== undefined && given < spec) return [{ rule: 'grace-shortened' }, fromSpec]
  return [fromSpec]
}

/** What lets a container be started again. */
export function restartBecause(pod: Pod): readonly Because[] {
  const value = pod.spec.restartPolicy
  const origin = fieldOrigin(pod, 'restartPolicy', 'Always', value)
  return [{ field: 'spec.restartPolicy', value, origin }, { rule: 'restart-policy' }]
}

/**
 * Whether a field of the spec stood in the manifest: known exactly for an applied one (its text is
 * kept in an annotation), otherwise a value that differs from the default must have been given.
 */
function fieldOrigin(
  pod: Pod, field: string, byDefault: unknown, value: unknown,
): 'manifest' | 'default' {
  const applied = pod.metadata.annotations?.['kubectl.kubernetes.io/last-applied-configuration']
  if (applied === undefined) return value === byDefault ? 'default' : 'manifest'
  return applied.includes(`"${field}":`) ? 'manifest' : 'default'
}
