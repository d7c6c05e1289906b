import type { Pod } from '../../api/kinds.ts'
import { exitCodeOf } from '../../kernel/signals.ts'
import type { ExecSession, Streams } from '../../runtime/types.ts'
import type { Task } from '../../time/tasks.ts'
import { Failure } from '../command/failure.ts'
import { defaultContainerOf } from '../query/pods.ts'
import { pathOf, resourceNamed } from '../resources.ts'
import type { Session } from '../session.ts'
import { accepted } from './run-remotely.ts'

export interface RemoteCommand {
  readonly namespace: string
  readonly pod: string
  readonly argv: readonly string[]
  readonly streams: Streams
  /** Takes the word about the container that was chosen. */
  readonly tell: (text: string) => void
}

/** Starts a command in a pod, as `kubectl exec` does. Models kubectl/cmd/exec ExecOptions.Run. */
export function* startRemotely(session: Session, command: RemoteCommand): Task<ExecSession> {
  const { namespace, argv, streams, tell } = command
  const path = pathOf(resourceNamed('pods'), namespace, command.pod)
  const pod = session.request<Pod>('GET', path)
  requireRunning(pod)
  const container = session.flags.text('container')
    || defaultContainerOf(session, pod, false, tell)
  const { cause } = session.process
  return accepted(yield* node(session).exec({
    namespace, pod: pod.metadata.name, container, argv, streams,
    ...(cause === undefined ? {} : { cause }),
  }))
}

export function requireRunning({ status }: Pod): void {
  if (status.phase !== 'Succeeded' && status.phase !== 'Failed') return
  throw new Failure('cannot exec into a container in a completed pod; current phase is '
    + status.phase)
}

export function node(session: Session) {
  const { node: api } = session.options.api
  if (!api) throw new Failure('dial tcp 192.0.2.2:10250: connect: connection refused')
  return api
}

/** What kubectl says to a command that failed over there; it ends with its code. */
export function requireSuccess({ status }: ExecSession): void {
  const code = status && status.kind !== 'stopped' ? exitCodeOf(status) : 0
  if (code === 0) return
  throw new Failure(`command terminated with exit code ${code}`, { bare: true, exitCode: code })
}
