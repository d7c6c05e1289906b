import type { Container, Handler, HttpGetAction, Lifecycle, Probe } from '../kinds.ts'
import { forbiddenField, invalidValue, required, unsupported } from '../status.ts'
import type { FieldError } from '../status.ts'
import { MUST_BE_NON_NEGATIVE, headerName, portName, portNumber } from './names.ts'

interface AnyHandler extends Handler {
  readonly grpc?: { readonly port: number; readonly service?: string }
  readonly sleep?: { readonly seconds: number }
}

/** Models core/validation validateLifecycle: postStart first, then preStop. */
export function validateLifecycle(
  lifecycle: Lifecycle, field: string, graceSeconds: number,
): FieldError[] {
  return [
    ...(lifecycle.postStart
      ? validateHandler(lifecycle.postStart, `${field}.postStart`, graceSeconds) : []),
    ...(lifecycle.preStop
      ? validateHandler(lifecycle.preStop, `${field}.preStop`, graceSeconds) : []),
  ]
}

/** Models validateHandler: of several handlers only the first one's fields are looked at. */
function validateHandler(
  handler: AnyHandler, field: string, graceSeconds: number,
): FieldError[] {
  const errors: FieldError[] = []
  let handlers = 0
  const check = (name: string, given: boolean, errorsOf: () => readonly FieldError[]): void => {
    if (!given) return
    if (handlers++ > 0) {
      errors.push(forbiddenField(`${field}.${name}`, 'may not specify more than 1 handler type'))
    } else errors.push(...errorsOf())
  }
  const { exec, httpGet, tcpSocket, grpc, sleep } = handler
  check('exec', exec !== undefined, () => {
    return exec?.command?.length ? [] : [required(`${field}.exec.command`)]
  })
  check('httpGet', httpGet !== undefined, () => validateHttpGet(httpGet!, `${field}.httpGet`))
  check('tcpSocket', tcpSocket !== undefined, () => {
    return validatePort(tcpSocket!.port, `${field}.tcpSocket.port`)
  })
  check('grpc', grpc !== undefined, () => validatePort(grpc!.port, `${field}.grpc.port`))
  check('sleep', sleep !== undefined, () => {
    return validateSleep(sleep!.seconds, `${field}.sleep`, graceSeconds)
  })
  if (handlers === 0) errors.push(required(field, 'must specify a handler type'))
  return errors
}

/** Equal to the grace period passes, whatever the words say. */
function validateSleep(seconds: number, field: string, graceSeconds: number): FieldError[] {
  if (seconds >= 0 && seconds <= graceSeconds) return []
  return [invalidValue(field, seconds, 'must be non-negative and less than '
    + `terminationGracePeriodSeconds (${graceSeconds})`)]
}

function validateHttpGet(action: HttpGetAction, field: string): FieldError[] {
  const errors: FieldError[] = []
  if (!action.path) errors.push(required(`${field}.path`))
  errors.push(...validatePort(action.port, `${field}.port`))
  if (!['HTTP', 'HTTPS'].includes(action.scheme)) {
    errors.push(unsupported(`${field}.scheme`, action.scheme, ['HTTP', 'HTTPS']))
  }
  for (const header of action.httpHeaders ?? []) {
    for (const wrong of headerName(header.name)) {
      errors.push(invalidValue(`${field}.httpHeaders`, header.name, wrong))
    }
  }
  return errors
}

function validatePort(port: number | string, field: string): FieldError[] {
  const wrong = typeof port === 'number' ? portNumber(port) : portName(port)
  return wrong.map((message) => invalidValue(field, port, message))
}

const NON_NEGATIVE = [
  'initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold',
  'failureThreshold',
] as const

function validateProbe(probe: Probe, field: string, graceSeconds: number): FieldError[] {
  const errors = validateHandler(probe, field, graceSeconds)
  for (const name of NON_NEGATIVE) {
    const value = probe[name]
    if (value !== undefined && value < 0) {
      errors.push(invalidValue(`${field}.${name}`, value, MUST_BE_NON_NEGATIVE))
    }
  }
  const grace = probe.terminationGracePeriodSeconds
  if (grace !== undefined && grace <= 0) {
    errors.push(invalidValue(
      `${field}.terminationGracePeriodSeconds`, grace, 'must be greater than 0'))
  }
  return errors
}

/** The three probes of a container, in the order in which the server tells their errors. */
export function validateProbes(
  container: Container, field: string, graceSeconds: number,
): FieldError[] {
  const { livenessProbe, readinessProbe, startupProbe } = container
  return [
    ...(livenessProbe ? restarting(livenessProbe, `${field}.livenessProbe`, graceSeconds) : []),
    ...(readinessProbe ? readiness(readinessProbe, `${field}.readinessProbe`, graceSeconds) : []),
    ...(startupProbe ? restarting(startupProbe, `${field}.startupProbe`, graceSeconds) : []),
  ]
}

function restarting(probe: Probe, field: string, graceSeconds: number): FieldError[] {
  const errors = validateProbe(probe, field, graceSeconds)
  if (probe.successThreshold !== 1) {
    errors.push(invalidValue(`${field}.successThreshold`, probe.successThreshold, 'must be 1'))
  }
  return errors
}

function readiness(probe: Probe, field: string, graceSeconds: number): FieldError[] {
  const errors = validateProbe(probe, field, graceSeconds)
  const grace = probe.terminationGracePeriodSeconds
  if (grace !== undefined) {
    errors.push(invalidValue(`${field}.terminationGracePeriodSeconds`, grace,
      'must not be set for readinessProbes'))
  }
  return errors
}
