import type { Pod } from '../../api/kinds.ts'
import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { Failure, usageFailure } from '../command/failure.ts'
import { defaultContainerOf, podBehind } from '../query/pods.ts'
import { targetsOf } from '../query/targets.ts'
import { node } from '../remote/remote-command.ts'
import { runRemotely } from '../remote/run-remotely.ts'
import type { Session } from '../session.ts'
import { place } from './exec.ts'

// Models kubectl/cmd/attach AttachOptions.
export function* attach(session: Session): Task<ExitCode> {
  const { args, flags, line } = session
  if (args.length === 0) throw new Failure('at least 1 argument is required for attach')
  if (args.length > 2) {
    throw new Failure('expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw '
      + `${args.length}: [${args.join(' ')}]`)
  }
  if (flags.millis('pod-running-timeout') <= 0) {
    throw usageFailure(line.path, '--pod-running-timeout must be higher than zero')
  }
  const [target] = targetsOf(session, args, {
    collections: false, ...(args.length === 1 ? { defaultType: 'pods' } : {}),
  })
  const pod = podBehind(session, target!)
  const { phase } = pod.status
  if (phase === 'Succeeded' || phase === 'Failed') {
    throw new Failure(`cannot attach a container in a completed pod; current phase is ${phase}`)
  }
  const container = flags.text('container') || defaultContainerOf(session, pod, flags.on('quiet'))
  return yield* attachTo(session, pod, container)
}

/** Connects this terminal with a container's first process. */
export function* attachTo(session: Session, pod: Pod, container: string): Task<ExitCode> {
  const { flags } = session
  const [stdin, tty] = [flags.on('stdin'), flags.on('tty')]
  const spec = pod.spec.containers.find(({ name }) => name === container)
  if (tty && spec && !spec.tty) {
    session.err(`error: Unable to use a TTY - container ${container} did not allocate one\n`)
  }
  if (!flags.on('quiet')) {
    session.err('All commands and output from this session will be recorded in container logs, '
      + 'including credentials and sensitive information passed through the command prompt.\n'
      + "If you don't see a command prompt, try pressing enter.\n")
  }
  const raw = stdin && tty && spec?.tty === true && session.process.isTty(0)
  const code = yield* runRemotely(session, {
    stdin, tty: tty && spec?.tty === true,
    connect: (streams) => node(session).attach(
      { ...place(session, pod), container, argv: [], streams },
    ),
  })
  if (raw && pod.spec.restartPolicy === 'Always' && !flags.on('quiet')) {
    session.out(`Session ended, resume using 'kubectl attach ${pod.metadata.name} -c ${container} `
      + "-i -t' command when the pod is running\n")
  }
  return code
}
