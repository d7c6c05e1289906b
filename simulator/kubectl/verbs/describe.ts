import type { ApiObject } from '../../api/types.ts'
import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { Failure, StatusFailure, throwEach } from '../command/failure.ts'
import { describerFor, notDescribed } from '../describe/table.ts'
import { readManifests } from '../manifest/manifest.ts'
import { requestList } from '../query/lists.ts'
import { refuseWordsBesideFiles, targetsOf, type Target } from '../query/targets.ts'
import { pathOf } from '../resources.ts'
import type { Session } from '../session.ts'
import { listQuery } from './get.ts'

// Models kubectl/cmd/describe DescribeOptions.
export function* describe(session: Session): Task<ExitCode> {
  const { flags, args } = session
  if (args.length === 0 && flags.list('filename').length === 0) {
    throw new Failure('You must specify the type of resource to describe. Use "kubectl '
      + 'api-resources" for a complete list of supported resources.')
  }
  const { targets, unread } = yield* wanted(session)
  const failures: Error[] = []
  const texts: string[] = []
  for (const target of targets) {
    try {
      for (const object of found(session, target)) {
        const describer = describerFor(target.info)
        if (!describer) throw notDescribed(target.info)
        texts.push(describer(session, object))
      }
    } catch (error) {
      if (!(error instanceof StatusFailure)) throw error
      failures.push(error)
    }
  }
  const [failure] = failures
  // Two words are first taken for a kind and the beginning of a name.
  if (args.length === 2 && failures.length === 1 && isNotFound(failure)
    && args[0]!.includes('/')) throw failure
  session.out(texts.join('\n\n'))
  if (texts.length === 0 && failures.length + unread.length === 0) {
    session.err(targets.every(({ info }) => info.namespaced) && !flags.on('all-namespaces')
      ? `No resources found in ${session.namespace} namespace.\n` : 'No resources found\n')
  }
  throwEach(unread, failures)
  return 0
}

function* wanted(
  session: Session,
): Task<{ readonly targets: readonly Target[]; readonly unread: readonly Error[] }> {
  if (session.flags.list('filename').length === 0) {
    return { targets: targetsOf(session, session.args, { collections: true }), unread: [] }
  }
  refuseWordsBesideFiles(session.args)
  const { items, failures: unread } = yield* readManifests(session, { validate: false })
  const targets = items.map(({ info, namespace, name }) => ({ info, namespace, name }))
  return { targets, unread }
}

function isNotFound(error: unknown): error is StatusFailure {
  return error instanceof StatusFailure && error.status.reason === 'NotFound'
}

/** The object of that name; where it is the only one asked for, all that begin with it. */
function found(session: Session, target: Target): readonly ApiObject[] {
  const { info, namespace, name } = target
  if (name === undefined) return listed(session, target)
  try {
    return [session.request<ApiObject>('GET', pathOf(info, namespace, name))]
  } catch (error) {
    const { args } = session
    if (!isNotFound(error) || args.length !== 2 || args[0]!.includes('/')) throw error
    const similar = listed(session, target).filter(({ metadata }) => metadata.name.startsWith(name))
    if (similar.length === 0) throw error
    return similar
  }
}

function listed(session: Session, { info, namespace, name }: Target): readonly ApiObject[] {
  const query = name === undefined ? listQuery(session) : {}
  return requestList<{ items: readonly ApiObject[] }>(session, info, namespace, { query }).items
}
