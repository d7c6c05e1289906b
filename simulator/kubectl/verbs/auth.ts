import type { ExitCode } from '../../kernel/types.ts'
import { Failure } from '../command/failure.ts'
import { resourceNamed } from '../resources.ts'
import type { Session } from '../session.ts'

/** The learner is the cluster's administrator and may do everything. Models kubectl/cmd/auth. */
export function canI(session: Session): ExitCode {
  const { args, flags } = session
  if (flags.on('list')) throw new Failure('kubectl auth can-i --list is not simulated in Grace')
  const [verb, target] = args
  if (verb === undefined || target === undefined || args.length > 3) {
    throw new Failure('you must specify two arguments: verb resource or verb '
      + "resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.")
  }
  try {
    if (!target.startsWith('/') && target !== '*') resourceNamed(target.split('/')[0]!)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    session.err(`Warning: ${error.message}\n\n`)
  }
  if (!flags.on('quiet')) session.out('yes\n')
  return 0
}
