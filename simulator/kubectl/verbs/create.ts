import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import {
  dryRun, dryRunNote, fieldValidation, writeQuery, type DryRun,
} from '../command/common-flags.ts'
import { Failure, StatusFailure, throwAll, usageFailure } from '../command/failure.ts'
import { withLastApplied } from '../manifest/last-applied.ts'
import { readManifests, type Fields, type Manifest } from '../manifest/manifest.ts'
import { printerOf, type Printer } from '../output/formats.ts'
import { objectName } from '../output/names.ts'
import { pathOf, qualifiedKind } from '../resources.ts'
import type { Session } from '../session.ts'
import { checkRaw, sendRaw } from './raw.ts'

const manager = 'kubectl-create'

// Models kubectl/cmd/create CreateOptions.RunCreate.
export function* create(session: Session): Task<ExitCode> {
  const { flags, args, line } = session
  if (args.length > 0) throw usageFailure(line.path, `Unexpected args: [${args.join(' ')}]`)
  const raw = flags.text('raw') !== ''
  if (flags.list('filename').length === 0) throw new Failure('must specify one of -f and -k')
  if (raw && flags.on('edit')) throw new Failure('--raw and --edit are mutually exclusive')
  if (raw) checkRaw(session, 'one')
  if (flags.on('edit')) throw new Failure('kubectl create --edit is not simulated in Grace')
  const mode = dryRun(session)
  if (raw) return yield* sendRaw(session, 'POST')
  const validate = fieldValidation(session) !== 'Ignore'
  const { items, failures } = yield* readManifests(session, { validate })
  if (items.length === 0 && failures.length === 0) throw new Failure('no objects passed to create')
  const printer = printerOf(session, objectName)
  const found: Error[] = []
  for (const item of items) {
    try {
      createOne(session, item, mode, printer)
    } catch (error) {
      if (!(error instanceof StatusFailure)) throw error
      found.push(error.within(`error when creating "${item.source}": `))
    }
  }
  throwAll([...found, ...failures])
  return 0
}

function createOne(
  session: Session, item: Manifest, mode: DryRun, printer: Printer | undefined,
): void {
  const body = session.flags.on('save-config') ? withLastApplied(item.object) : item.object
  const object = mode === 'client' ? body : session.request<Fields>(
    'POST', pathOf(item.info, item.namespace),
    { body, query: writeQuery(session, manager, mode), source: item.from() },
  )
  sayCreated(session, object, item, mode, printer)
}

/** Prints the object, or the line that it was created. */
export function sayCreated(
  session: Session, object: Fields, item: Pick<Manifest, 'info' | 'name'>, mode: DryRun,
  printer: Printer | undefined,
): void {
  if (printer) {
    session.out(printer(object))
    return
  }
  const metadata = object['metadata'] as Fields
  const name = typeof metadata['name'] === 'string' ? metadata['name'] : item.name
  session.out(`${qualifiedKind(item.info)}/${name} created${dryRunNote(mode)}\n`)
}
