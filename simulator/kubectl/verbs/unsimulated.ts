import type { ExitCode } from '../../kernel/types.ts'
import { Failure, usageFailure } from '../command/failure.ts'
import type { Session } from '../session.ts'

/** What the real command says to wrong use, before it would have to do something. */
const misuse: Readonly<Record<string, (session: Session) => Failure | undefined>> = {
  'auth reconcile': mustNameFile,
  autoscale: ({ flags }) => flags.given.has('max')
    ? undefined : new Failure('required flag(s) "max" not set'),
  completion: ({ args, line }) => args.length > 0
    ? undefined : usageFailure(line.path, 'Shell not specified.'),
  debug: ({ flags }) => flags.text('image') !== '' || flags.text('copy-to') !== ''
    ? undefined : new Failure('you must specify --image when not using --copy-to.'),
  kustomize: noKustomization,
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

function noMetrics(): Failure {
  return new Failure('Metrics API not available')
}

function noKustomization({ args, process }: Session): Failure | undefined {
  const folder = process.absolute(args[0] ?? '.')
  const names = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']
  if (names.some((name) => process.files.exists(`${folder}/${name}`))) return undefined
  return new Failure("unable to find one of 'kustomization.yaml', 'kustomization.yml' or "
    + `'Kustomization' in directory '${folder}'`)
}
