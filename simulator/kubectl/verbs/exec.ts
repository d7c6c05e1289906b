import type { Pod } from '../../api/kinds.ts'
import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { Failure, throwAll, usageFailure } from '../command/failure.ts'
import { readManifests } from '../manifest/manifest.ts'
import { defaultContainerOf, podBehind } from '../query/pods.ts'
import { targetsOf, type Target } from '../query/targets.ts'
import { node, requireRunning } from '../remote/remote-command.ts'
import { runRemotely } from '../remote/run-remotely.ts'
import type { Session } from '../session.ts'

// Models kubectl/cmd/exec ExecOptions.
export function* exec(session: Session): Task<ExitCode> {
  const { flags } = session
  const { name, argv } = words(session)
  const [target] = name === undefined ? yield* fromFile(session)
    : targetsOf(session, [name], { collections: false, defaultType: 'pods' })
  const pod = podBehind(session, target!)
  requireRunning(pod)
  const container = flags.text('container') || defaultContainerOf(session, pod, flags.on('quiet'))
  return yield* runRemotely(session, {
    stdin: flags.on('stdin'), tty: flags.on('tty'),
    connect: (streams) => node(session).exec({
      ...place(session, pod), container, argv, streams,
    }),
  })
}

/** What a manifest names, if the words name nothing. */
function* fromFile(session: Session): Task<readonly Target[]> {
  const { items, failures } = yield* readManifests(session, { validate: false })
  throwAll(failures)
  return items
}

/** The pod's name (absent: a manifest tells) and the command. */
function words(
  session: Session,
): { readonly name: string | undefined; readonly argv: readonly string[] } {
  const { args, line, flags } = session
  const { dashAt } = line
  if (dashAt < 0 && args.length > 1) {
    throw usageFailure(line.path, 'exec [POD] [COMMAND] is not supported anymore. '
      + 'Use exec [POD] -- [COMMAND] instead')
  }
  const name = args.length > 0 && dashAt !== 0 ? args[0]! : ''
  const argv = dashAt < 0 ? [] : args.slice(dashAt)
  const isInFile = name === '' && flags.list('filename').length > 0
  if (name === '' && !isInFile) throw new Failure('pod, type/name or --filename must be specified')
  if (argv.length === 0) {
    throw new Failure('you must specify at least one command for the container')
  }
  return { name: isInFile ? undefined : name, argv }
}

export function place(session: Session, { metadata }: Pod) {
  const { cause } = session.process
  return {
    namespace: metadata.namespace ?? 'default', pod: metadata.name,
    ...(cause === undefined ? {} : { cause }),
  }
}
