import type { Workload } from '../../api/kinds.ts'
import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { dryRun, dryRunNote } from '../command/common-flags.ts'
import { Failure, nothingNamed, throwAll } from '../command/failure.ts'
import { objectsOf } from '../query/objects.ts'
import { pathOf, qualifiedKind } from '../resources.ts'
import type { Session } from '../session.ts'

// Models kubectl/cmd/scale ScaleOptions.RunScale.
export function* scale(session: Session): Task<ExitCode> {
  const { args, flags } = session
  if (!flags.given.has('replicas')) throw new Failure('required flag(s) "replicas" not set')
  const replicas = flags.number('replicas')
  if (replicas < 0) {
    throw new Failure('The --replicas=COUNT flag is required, and COUNT must be greater than or '
      + 'equal to 0')
  }
  if (args.length === 0 && flags.list('filename').length === 0) throw nothingNamed()
  const mode = dryRun(session)
  const { found, failures } = yield* objectsOf(session, args)
  if (found.length === 0 && failures.length > 0) {
    const kind = (args[0] ?? '').split('/')[0]!
    throw new Failure(`no objects passed to scale ${failures[0]?.message ?? kind}`)
  }
  for (const { target, object } of found) {
    const { spec, metadata } = object as Workload
    const expected = flags.number('current-replicas')
    if (expected >= 0 && spec.replicas !== expected) {
      throw new Failure(`Expected replicas to be ${expected}, was ${spec.replicas ?? 0}`)
    }
    if (mode !== 'client') {
      session.request('PATCH', pathOf(target.info, target.namespace, metadata.name, 'scale'), {
        body: { spec: { replicas } }, contentType: 'merge-patch',
        query: mode === 'server' ? { dryRun: 'All' } : {},
      })
    }
    session.out(`${qualifiedKind(target.info)}/${metadata.name} scaled${dryRunNote(mode)}\n`)
  }
  throwAll(failures)
  return 0
}
