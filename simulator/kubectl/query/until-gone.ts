import type { ApiObject } from '../../api/types.ts'
import type { Task } from '../../time/tasks.ts'
import { Failure, SilentExit } from '../command/failure.ts'
import { pathOf, qualifiedResource } from '../resources.ts'
import type { Session } from '../session.ts'
import type { Target } from './targets.ts'

export interface Awaited {
  readonly target: Target
  readonly name: string
  /** Another uid under the same name means that the awaited object is gone. */
  readonly uid: string | undefined
}

/** Blocks until the object is gone. Models kubectl/cmd/wait IsDeleted. */
export function* waitUntilGone(
  session: Session, { target, name, uid }: Awaited, until: number | undefined,
): Task<Failure | undefined> {
  session.catchInterrupts()
  const live = session.find<ApiObject>(pathOf(target.info, target.namespace, name))
  if (!live || (uid !== undefined && live.metadata.uid !== uid)) return undefined
  const stream = session.watch(pathOf(target.info, target.namespace), {
    query: {
      fieldSelector: `metadata.name=${name}`, resourceVersion: live.metadata.resourceVersion,
    },
  })
  try {
    for (;;) {
      const event = stream.next()
      if (event?.type === 'DELETED') return undefined
      if (event) continue
      if (stream.closed) return undefined
      if (until !== undefined && session.options.clock.now() >= until) {
        return new Failure(
          `timed out waiting for the condition on ${qualifiedResource(target.info)}/${name}`,
        )
      }
      if (!(yield* session.wait([stream.arrived], until))) throw new SilentExit(1)
    }
  } finally {
    stream.close()
  }
}
