import type { Container, Pod, PodSpec } from '../kinds.ts'
import { dns1123Label } from './names.ts'

/** Models pkg/api/pod/warnings.go GetWarningsForPod: accepted, but hardly meant. */
export function podWarnings(pod: Pod): string[] {
  const wrong = dns1123Label(pod.metadata.name)
  return [
    ...(wrong.length === 0 ? [] : ["metadata.name: this is used in the Pod's hostname, which can "
      + `result in surprising behavior; a DNS label is recommended: [${wrong.join(' ')}]`]),
    ...specWarnings(pod.spec, 'spec'),
  ]
}

/** Those of a template; a negative grace period is told only there. */
export function templateWarnings(spec: PodSpec): string[] {
  const field = 'spec.template.spec'
  return [
    ...(spec.terminationGracePeriodSeconds >= 0 ? [] : [`${field}.terminationGracePeriodSeconds: `
      + 'must be >= 0; negative values are invalid and will be treated as 1']),
    ...specWarnings(spec, field),
  ]
}

function specWarnings(spec: PodSpec, field: string): string[] {
  return [
    ...(spec.imagePullSecrets ?? []).flatMap((secret, index) => {
      return secret.name ? [] : [`${field}.imagePullSecrets[${index}].name: invalid empty name ""`]
    }),
    ...(['initContainers', 'containers'] as const).flatMap((list) => {
      return (spec[list] ?? []).flatMap((container, index) => {
        return containerWarnings(container, `${field}.${list}[${index}]`)
      })
    }),
  ]
}

function containerWarnings(container: Container, field: string): string[] {
  const { limits = {}, requests = {} } = container.resources
  const fractional = ([['limits', limits], ['requests', requests]] as const)
    .flatMap(([part, list]) => Object.entries(list).flatMap(([name, quantity]) => {
      const bytes = name === 'memory' || name === 'ephemeral-storage'
      if (!bytes || !String(quantity).endsWith('m')) return []
      return [`${field}.resources.${part}[${name}]: fractional byte value `
        + `${JSON.stringify(quantity)} is invalid, must be an integer`]
    }))
  return [...fractional, ...envWarnings(container, field), ...portWarnings(container, field)]
}

function envWarnings(container: Container, field: string): string[] {
  const seen = new Set<string>()
  return (container.env ?? []).flatMap((variable, index) => {
    if (!seen.has(variable.name)) {
      seen.add(variable.name)
      return []
    }
    return [`${field}.env[${index}]: hides previous definition of `
      + `${JSON.stringify(variable.name)}, which may be dropped when using apply`]
  })
}

function portWarnings(container: Container, field: string): string[] {
  const ports = container.ports ?? []
  return ports.flatMap((port, index) => {
    const at = `${field}.ports[${index}]`
    const twin = ports.findIndex((other) => {
      return other.containerPort === port.containerPort && other.protocol === port.protocol
        && other.hostIP === port.hostIP && other.hostPort === port.hostPort
    })
    const warnings = twin < index
      ? [`${at}: duplicate port definition with ${field}.ports[${twin}]`] : []
    return warnings
  })
}
