import type { Container, ContainerPort, PodSpec } from '../kinds.ts'
import { duplicate, forbiddenField, invalidValue, required, unsupported } from '../status.ts'
import type { FieldError } from '../status.ts'
import { validateEnv, validateEnvFrom } from './env.ts'
import { validateLifecycle, validateProbes } from './handlers.ts'
import { dns1123Label, portName, portNumber } from './names.ts'
import { validateResources } from './resources.ts'
import { validateMounts } from './volumes.ts'

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never']
const MESSAGE_POLICIES = ['File', 'FallbackToLogsOnError']

/** Models core/validation validateContainers: regular containers, in the order of its checks. */
export function validateContainers(spec: PodSpec): FieldError[] {
  if (spec.containers.length === 0) return [required('spec.containers')]
  const errors: FieldError[] = []
  const names = new Set<string>()
  for (const [index, container] of spec.containers.entries()) {
    const at = `spec.containers[${index}]`
    errors.push(...validateCommon(container, spec, at))
    if (names.has(container.name)) errors.push(duplicate(`${at}.name`, container.name))
    else names.add(container.name)
    if (container.lifecycle) {
      errors.push(...validateLifecycle(
        container.lifecycle, `${at}.lifecycle`, spec.terminationGracePeriodSeconds))
    }
    errors.push(...validateProbes(container, at, spec.terminationGracePeriodSeconds))
    if (container.restartPolicy !== undefined) {
      errors.push(forbiddenField(
        `${at}.restartPolicy`, 'may not be set for non-init containers'))
    }
  }
  errors.push(...validateHostPorts(spec.containers, 'spec.containers'))
  return errors
}

const SIDECAR_ONLY = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const

/** Models validateInitContainers: hooks and probes are for side-cars only. */
export function validateInitContainers(spec: PodSpec): FieldError[] {
  const errors: FieldError[] = []
  const names = new Set(spec.containers.map((container) => container.name))
  for (const [index, container] of (spec.initContainers ?? []).entries()) {
    const at = `spec.initContainers[${index}]`
    errors.push(...validateCommon(container, spec, at))
    errors.push(...validateSidecar(container, spec, at))
    if (names.has(container.name)) errors.push(duplicate(`${at}.name`, container.name))
    else if (container.name !== '') names.add(container.name)
    errors.push(...validateHostPorts([container], at))
  }
  return errors
}

function validateSidecar(container: Container, spec: PodSpec, at: string): FieldError[] {
  const grace = spec.terminationGracePeriodSeconds
  const errors: FieldError[] = []
  if (container.restartPolicy !== undefined && container.restartPolicy !== 'Always') {
    errors.push(unsupported(`${at}.restartPolicy`, container.restartPolicy, ['Always']))
  }
  if (container.restartPolicy === 'Always') {
    if (container.lifecycle) {
      errors.push(...validateLifecycle(container.lifecycle, `${at}.lifecycle`, grace))
    }
    return [...errors, ...validateProbes(container, at, grace)]
  }
  for (const field of SIDECAR_ONLY) {
    if (container[field]) {
      errors.push(forbiddenField(`${at}.${field}`,
        'may not be set for init containers without restartPolicy=Always'))
    }
  }
  return errors
}

/** Models validateContainerCommon. */
function validateCommon(container: Container, spec: PodSpec, at: string): FieldError[] {
  const errors: FieldError[] = []
  if (container.name === '') errors.push(required(`${at}.name`))
  else {
    for (const wrong of dns1123Label(container.name)) {
      errors.push(invalidValue(`${at}.name`, container.name, wrong))
    }
  }
  if (!container.image) errors.push(required(`${at}.image`))
  if (!MESSAGE_POLICIES.includes(container.terminationMessagePolicy)) {
    errors.push(unsupported(`${at}.terminationMessagePolicy`,
      container.terminationMessagePolicy, MESSAGE_POLICIES))
  }
  errors.push(...validatePorts(container.ports ?? [], `${at}.ports`))
  errors.push(...validateEnv(container.env, `${at}.env`))
  errors.push(...validateEnvFrom(container.envFrom, `${at}.envFrom`))
  errors.push(...validateMounts(container, spec.volumes, `${at}.volumeMounts`))
  if (!PULL_POLICIES.includes(container.imagePullPolicy)) {
    errors.push(unsupported(`${at}.imagePullPolicy`, container.imagePullPolicy, PULL_POLICIES))
  }
  errors.push(...validateResources(container.resources, `${at}.resources`))
  errors.push(...validateSecurity(container, `${at}.securityContext`))
  return errors
}

const PROTOCOLS = ['SCTP', 'TCP', 'UDP']

function validatePorts(ports: readonly ContainerPort[], field: string): FieldError[] {
  const errors: FieldError[] = []
  const names = new Set<string>()
  for (const [index, port] of ports.entries()) {
    const at = `${field}[${index}]`
    if (port.name) {
      const wrong = portName(port.name)
      errors.push(...wrong.map((text) => invalidValue(`${at}.name`, port.name, text)))
      if (wrong.length === 0 && names.has(port.name)) {
        errors.push(duplicate(`${at}.name`, port.name))
      } else if (wrong.length === 0) names.add(port.name)
    }
    if (port.containerPort === 0) errors.push(required(`${at}.containerPort`))
    else errors.push(...numbered(port.containerPort, `${at}.containerPort`))
    if (port.hostPort) errors.push(...numbered(port.hostPort, `${at}.hostPort`))
    if (!PROTOCOLS.includes(port.protocol)) {
      errors.push(unsupported(`${at}.protocol`, port.protocol, PROTOCOLS))
    }
  }
  return errors
}

function numbered(port: number, field: string): FieldError[] {
  return portNumber(port).map((wrong) => invalidValue(field, port, wrong))
}

/** Models checkHostPortConflicts: one protocol, address and port of the node each. */
function validateHostPorts(containers: readonly Container[], field: string): FieldError[] {
  const errors: FieldError[] = []
  const taken = new Set<string>()
  for (const [index, container] of containers.entries()) {
    const at = field.endsWith(']') ? field : `${field}[${index}]`
    for (const [portIndex, port] of (container.ports ?? []).entries()) {
      if (!port.hostPort) continue
      const use = `${port.protocol}/${port.hostIP ?? ''}/${port.hostPort}`
      if (taken.has(use)) errors.push(duplicate(`${at}.ports[${portIndex}].hostPort`, use))
      taken.add(use)
    }
  }
  return errors
}

function validateSecurity(container: Container, field: string): FieldError[] {
  const { runAsUser, runAsGroup } = container.securityContext ?? {}
  return [
    ...validateId(`${field}.runAsUser`, runAsUser),
    ...validateId(`${field}.runAsGroup`, runAsGroup),
  ]
}

/** Models apimachinery's IsValidUserID and IsValidGroupID. */
export function validateId(field: string, id: number | undefined): FieldError[] {
  if (id === undefined || (id >= 0 && id <= 2_147_483_647)) return []
  return [invalidValue(field, id, 'must be between 0 and 2147483647, inclusive')]
}
