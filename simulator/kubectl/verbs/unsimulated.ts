import type { ExitCode } from '../../kernel/types.ts'
import { Failure, nothingNamed, usageFailure } from '../command/failure.ts'
import type { Session } from '../session.ts'

/** What the real command says to wrong use, before it would have to do something. */
const misuse: Readonly<Record<string, (session: Session) => Failure | undefined>> = {
  'auth reconcile': mustNameFile,
  autoscale: ({ flags }) => flags.given.has('max')
    ? undefined : new Failure('required flag(s) "max" not set'),
  'certificate approve': mustNameRequest, 'certificate deny': mustNameRequest,
  completion: ({ args, line }) => {
    if (args.length === 0) return usageFailure(line.path, 'Shell not specified.')
    return ['bash', 'zsh', 'fish', 'powershell'].includes(args[0]!) ? undefined
      : usageFailure(line.path, `Unsupported shell type "${args[0]!}".`)
  },
  debug: ({ flags }) => flags.text('image') !== '' || flags.text('copy-to') !== ''
    ? undefined : new Failure('you must specify --image when not using --copy-to.'),
  drain: ({ args, flags, line }) => args.length > 0 || flags.text('selector') !== ''
    ? undefined : usageFailure(line.path, 'USAGE: drain NODE [flags]'),
  kustomize: noKustomization,
  'create secret tls': ({ flags }) => flags.text('key') !== '' && flags.text('cert') !== ''
    ? undefined : new Failure('key and cert must be specified'),
  'port-forward': wrongPorts,
  'set env': mustNameObject, 'set image': mustNameObject, 'set resources': mustNameObject,
  'rollout status': mustNameResource, 'rollout history': mustNameResource,
  'rollout undo': mustNameResource, 'rollout restart': mustNameResource,
  // The cluster has no metrics server.
  'top pod': noMetrics, 'top node': noMetrics,
}

/** An honest end for the commands that Grace leaves out. */
export function unsimulated(session: Session): ExitCode {
  const { path } = session.line
  if (path[0] === 'alpha') {
    session.err('No alpha commands are available in this version of kubectl\n')
    return 0
  }
  const wrong = misuse[path.join(' ')]?.(session)
  if (wrong) throw wrong
  throw new Failure(`kubectl ${path.join(' ')} is not simulated in Grace`)
}

function mustNameFile({ flags }: Session): Failure | undefined {
  return flags.list('filename').length > 0
    ? undefined : new Failure('must specify one of -f and -k')
}

function mustNameResource({ args, flags }: Session): Failure | undefined {
  return args.length > 0 || flags.list('filename').length > 0
    ? undefined : new Failure('required resource not specified')
}

/** `LOCAL:REMOTE`, `:REMOTE` or one number for both. */
function wrongPorts({ args, line }: Session): Failure | undefined {
  if (args.length < 2) {
    return usageFailure(line.path, 'TYPE/NAME and list of ports are required for port-forward')
  }
  for (const spec of args.slice(1)) {
    const [local = '', remote = local] = spec.split(':')
    for (const [which, port] of [['local', local || '0'], ['remote', remote]] as const) {
      if (/^\d+$/.test(port) && Number(port) > 65_535) {
        return new Failure(`error parsing ${which} port '${port}': strconv.ParseUint: `
          + `parsing "${port}": value out of range`)
      }
    }
  }
  return undefined
}

function mustNameRequest({ args, flags }: Session): Failure | undefined {
  return args.length > 0 || flags.list('filename').length > 0 ? undefined
    : new Failure('one or more CSRs must be specified as <name> or -f <filename>')
}

function mustNameObject({ args, flags }: Session): Failure | undefined {
  return args.length > 0 || flags.list('filename').length > 0 ? undefined : nothingNamed()
}

function noMetrics({ args, line }: Session): Failure {
  const what = line.path[1] === 'node' ? 'node' : 'pod'
  if (args.length > 1) return usageFailure(line.path, `${what} [NAME | -l label]`)
  return new Failure('Metrics API not available')
}

function noKustomization({ args, process }: Session): Failure | undefined {
  const folder = process.absolute(args[0] ?? '.')
  const names = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']
  if (names.some((name) => process.files.exists(`${folder}/${name}`))) return undefined
  return new Failure("unable to find one of 'kustomization.yaml', 'kustomization.yml' or "
    + `'Kustomization' in directory '${folder}'`)
}
