import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { Failure } from '../command/failure.ts'
import { download } from '../copy/download.ts'
import { fileSpec } from '../copy/file-spec.ts'
import { upload } from '../copy/upload.ts'
import type { Session } from '../session.ts'

// Models kubectl/cmd/cp CopyOptions.Run.
export function* cp(session: Session): Task<ExitCode> {
  const { args } = session
  if (args.length !== 2) throw new Failure('source and destination are required')
  const [source, destination] = [fileSpec(args[0]!), fileSpec(args[1]!)]
  if (source.pod !== '' && destination.pod !== '') {
    throw new Failure('one of src or dest must be a local file specification')
  }
  if (source.path === '' || destination.path === '') throw new Failure('filepath can not be empty')
  if (source.pod !== '') yield* download(session, source, destination)
  else if (destination.pod !== '') yield* upload(session, source, destination)
  else throw new Failure('one of src or dest must be a remote file specification')
  return 0
}
