import { portName, portNumber } from '../../api/validation/names.ts'
import type { ExitCode } from '../../kernel/types.ts'
import { Failure } from '../command/failure.ts'
import type { Fields } from '../manifest/manifest.ts'
import type { Session } from '../session.ts'
import { goQuote } from '../text/quote.ts'
import { createObject, nameOf } from './create-object.ts'

// Models kubectl/cmd/create create_service.go, one function a sub-command.

export function createClusterIp(session: Session): ExitCode {
  const address = session.flags.text('clusterip')
  if (address !== 'None') mustHavePort(session)
  return createService(session, 'ClusterIP', address === '' ? {} : { clusterIP: address })
}

export function createNodePort(session: Session): ExitCode {
  mustHavePort(session)
  return createService(session, 'NodePort', {})
}

export function createLoadBalancer(session: Session): ExitCode {
  mustHavePort(session)
  return createService(session, 'LoadBalancer', {})
}

export function createExternalName(session: Session): ExitCode {
  const { flags } = session
  if (!flags.given.has('external-name')) {
    throw new Failure('required flag(s) "external-name" not set')
  }
  return createService(session, 'ExternalName', { externalName: flags.text('external-name') })
}

function mustHavePort(session: Session): void {
  nameOf(session)
  if (session.flags.list('tcp').length > 0) return
  throw new Failure('at least one tcp port specifier must be provided')
}

function createService(session: Session, type: string, more: Fields): ExitCode {
  const labels = { app: nameOf(session) }
  const { flags } = session
  const nodePort = flags.has('node-port') ? flags.number('node-port') : 0
  const ports = flags.list('tcp').map((text) => ({
    ...portOf(text), ...(nodePort === 0 ? {} : { nodePort }),
  }))
  return createObject(session, {
    apiVersion: 'v1', kind: 'Service', labels,
    fields: {
      spec: { ...more, ...(ports.length > 0 ? { ports } : {}), selector: labels, type },
      status: { loadBalancer: {} },
    },
    refusal: `failed to create ${type} service:`,
  })
}

/** `80`, `80:8080`, `80:http`. */
function portOf(text: string): Fields {
  const [first = '', target = first] = text.split(':')
  const port = parsedPort(first)
  const name = text.replaceAll(':', '-')
  const isNumber = /^[-+]?\d+$/.test(target)
  const wrong = isNumber ? portNumber(Number(target)) : portName(target)
  if (target !== first && wrong.length > 0) throw new Failure(wrong.join(','))
  return { name, port, protocol: 'TCP', targetPort: isNumber ? Number(target) : target }
}

/** Models strconv.ParseUint of 16 bits. */
function parsedPort(text: string): number {
  const failed = `strconv.ParseUint: parsing ${goQuote(text)}: `
  if (!/^\d+$/.test(text)) throw new Failure(`${failed}invalid syntax`)
  if (Number(text) > 65_535) throw new Failure(`${failed}value out of range`)
  return Number(text)
}
