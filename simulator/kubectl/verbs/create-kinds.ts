import type { ExitCode } from '../../kernel/types.ts'
import { dryRun, writeQuery } from '../command/common-flags.ts'
import { Failure, StatusFailure, usageFailure } from '../command/failure.ts'
import type { Fields } from '../manifest/manifest.ts'
import { printerOf } from '../output/formats.ts'
import { objectName } from '../output/names.ts'
import { pathOf, resourceOfKind } from '../resources.ts'
import type { Session } from '../session.ts'
import { sayCreated } from './create.ts'

/** `kubectl create namespace NAME`. */
export function createNamespace(session: Session): ExitCode {
  return createObject(session, { apiVersion: 'v1', kind: 'Namespace' }, { spec: {}, status: {} })
}

export function createServiceAccount(session: Session): ExitCode {
  return createObject(session, { apiVersion: 'v1', kind: 'ServiceAccount' }, {})
}

/** `kubectl create configmap NAME --from-literal=k=v --from-file=path`. */
export function createConfigMap(session: Session): ExitCode {
  const missing = ['from-env-file', 'append-hash'].find((flag) => session.flags.given.has(flag))
  if (missing !== undefined) {
    throw new Failure(`kubectl create configmap --${missing} is not simulated in Grace`)
  }
  const data = dataOf(session)
  return createObject(session, { apiVersion: 'v1', kind: 'ConfigMap' },
    Object.keys(data).length === 0 ? {} : { data })
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
  return createObject(session, { apiVersion: 'apps/v1', kind: 'Deployment' }, {
    spec: {
      replicas: flags.number('replicas'), selector: { matchLabels: labels }, strategy: {},
      template: { metadata: { labels }, spec: { containers } },
    },
    status: {},
  }, labels)
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
  return createObject(session, { apiVersion: 'batch/v1', kind: 'Job' }, {
    spec: { template: { metadata: {}, spec: { containers: [container], restartPolicy: 'Never' } } },
    status: {},
  })
}

/** The last part of an image's path, without tag. */
function containerName(image: string): string {
  return image.slice(image.lastIndexOf('/') + 1).replace(/[:@].*$/, '')
}

function nameOf(session: Session): string {
  const { args, line } = session
  const named = line.dashAt < 0 ? args : args.slice(0, line.dashAt)
  if (named.length !== 1) {
    throw usageFailure(line.path, `exactly one NAME is required, got ${named.length}`)
  }
  return named[0]!
}

function dataOf(session: Session): Readonly<Record<string, string>> {
  const data: Record<string, string> = {}
  for (const literal of session.flags.list('from-literal')) {
    const equals = literal.indexOf('=')
    if (equals < 1) {
      throw new Failure(`invalid literal source ${literal}, expected key=value`)
    }
    const value = literal.slice(equals + 1).replace(/^["']+|["']+$/g, '')
    add(session, data, literal.slice(0, equals), value)
  }
  for (const source of session.flags.list('from-file')) {
    const [key, name] = source.includes('=')
      ? split(source) : [source.slice(source.lastIndexOf('/') + 1), source]
    const path = session.process.absolute(name)
    const { files } = session.process
    if (!files.exists(path)) {
      throw new Failure(`error reading ${name}: no such file or directory`)
    }
    if (files.stat(path, true).kind === 'directory') {
      for (const entry of files.readDirectory(path)) {
        add(session, data, entry, files.readFile(`${path}/${entry}`))
      }
    } else add(session, data, key, files.readFile(path))
  }
  return data
}

function split(source: string): readonly [string, string] {
  const equals = source.indexOf('=')
  return [source.slice(0, equals), source.slice(equals + 1)]
}

function add(
  session: Session, data: Record<string, string>, key: string, value: string,
): void {
  if (key in data) {
    throw new Failure(`cannot add key "${key}", another key by that name already exists in Data `
      + `for ConfigMap "${nameOf(session)}"`)
  }
  data[key] = value
}

/** Models kubectl/cmd/create CreateSubcommandOptions.Run. */
function createObject(
  session: Session, type: { readonly apiVersion: string; readonly kind: string },
  fields: Fields, labels?: Readonly<Record<string, string>>,
): ExitCode {
  const mode = dryRun(session)
  const name = nameOf(session)
  const info = resourceOfKind(type.apiVersion, type.kind)!
  const printer = printerOf(session, objectName)
  // A namespace stands in the object only when it was asked for.
  const namespace = info.namespaced && session.namespaceGiven
    ? { namespace: session.namespace } : {}
  const body: Fields = {
    ...type, metadata: { name, ...namespace, ...(labels ? { labels } : {}) }, ...fields,
  }
  const object = mode === 'client'
    ? body : post(session, body, pathOf(info, session.namespace), mode)
  sayCreated(session, object, { info, name }, mode, printer)
  return 0
}

function post(session: Session, body: Fields, path: string, mode: 'none' | 'server'): Fields {
  try {
    return session.request<Fields>(
      'POST', path, { body, query: writeQuery(session, 'kubectl-create', mode) },
    )
  } catch (error) {
    if (!(error instanceof StatusFailure)) throw error
    const kind = String(body['kind']).toLowerCase()
    throw new Failure(`failed to create ${kind}: ${error.message}`)
  }
}
