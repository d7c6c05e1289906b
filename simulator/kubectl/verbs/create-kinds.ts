import type { ExitCode } from '../../kernel/types.ts'
import { Failure } from '../command/failure.ts'
import type { Session } from '../session.ts'
import { createObject, nameOf } from './create-object.ts'

/** `kubectl create namespace NAME`. */
export function createNamespace(session: Session): ExitCode {
  return createObject(session, {
    apiVersion: 'v1', kind: 'Namespace', fields: { spec: {}, status: {} },
  })
}

export function createServiceAccount(session: Session): ExitCode {
  return createObject(session, { apiVersion: 'v1', kind: 'ServiceAccount', fields: {} })
}

export function createDeployment(session: Session): ExitCode {
  const { flags, args, line } = session
  const images = flags.list('image')
  if (images.length === 0) throw new Failure('required flag(s) "image" not set')
  const name = nameOf(session)
  const command = line.dashAt < 0 ? [] : args.slice(line.dashAt)
  if (command.length > 0 && images.length > 1) {
    throw new Failure('cannot specify multiple --image options and command')
  }
  const labels = { app: name }
  const port = flags.number('port')
  const containers = images.map((image) => ({
    image, name: containerName(image), resources: {},
    ...(command.length > 0 ? { command } : {}),
    ...(port > 0 ? { ports: [{ containerPort: port }] } : {}),
  }))
  const spec = {
    replicas: flags.number('replicas'), selector: { matchLabels: labels }, strategy: {},
    template: { metadata: { labels }, spec: { containers } },
  }
  return createObject(session, {
    apiVersion: 'apps/v1', kind: 'Deployment', fields: { spec, status: {} }, labels,
  })
}

export function createJob(session: Session): ExitCode {
  const { flags, args, line } = session
  const image = flags.text('image')
  if (flags.text('from') !== '') {
    throw new Failure('kubectl create job --from is not simulated in Grace')
  }
  const name = nameOf(session)
  if (image === '') throw new Failure('either --image or --from must be specified')
  const command = line.dashAt < 0 ? [] : args.slice(line.dashAt)
  const container = { image, name, resources: {}, ...(command.length > 0 ? { command } : {}) }
  const template = { metadata: {}, spec: { containers: [container], restartPolicy: 'Never' } }
  return createObject(session, {
    apiVersion: 'batch/v1', kind: 'Job', fields: { spec: { template }, status: {} },
  })
}

/** The last part of an image's path, without tag. */
function containerName(image: string): string {
  return image.slice(image.lastIndexOf('/') + 1).replace(/[:@].*$/, '')
}
