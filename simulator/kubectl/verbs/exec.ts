import type { Pod } from '../../api/kinds.ts'
import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { Failure, usageFailure } from '../command/failure.ts'
import { defaultContainerOf, podBehind } from '../query/pods.ts'
import { targetsOf } from '../query/targets.ts'
import { node, requireRunning } from '../remote/remote-command.ts'
import { runRemotely } from '../remote/run-remotely.ts'
import type { Session } from '../session.ts'

// Models kubectl/cmd/exec ExecOptions.
export function* exec(session: Session): Task<ExitCode> {
  const { flags } = session
  const { name, argv } = words(session)
  const [target] = targetsOf(session, [name], { collections: false, defaultType: 'pods' })
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

function words(session: Session): { readonly name: string; readonly argv: readonly string[] } {
  const { args, line } = session
  const { dashAt } = line
  if (dashAt < 0 && args.length > 1) {
    throw usageFailure(line.path, 'exec [POD] [COMMAND] is not supported anymore. '
      + 'Use exec [POD] -- [COMMAND] instead')
  }
  const name = args.length > 0 && dashAt !== 0 ? args[0]! : ''
  const argv = dashAt < 0 ? [] : args.slice(dashAt)
  if (name === '') throw new Failure('pod, type/name or --filename must be specified')
  if (argv.length === 0) {
    throw new Failure('you must specify at least one command for the container')
  }
  return { name, argv }
}

export function place(session: Session, { metadata }: Pod) {
  const { cause } = session.process
  return {
    namespace: metadata.namespace ?? 'default', pod: metadata.name,
    ...(cause === undefined ? {} : { cause }),
  }
}
