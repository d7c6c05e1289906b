import type { ApiObject } from '../../api/types.ts'
import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import {
  dryRun, dryRunNote, fieldValidation, propagationOf, writeQuery, type DryRun,
} from '../command/common-flags.ts'
import { Failure, StatusFailure, throwAll } from '../command/failure.ts'
import { lastAppliedOf, withLastApplied } from '../manifest/last-applied.ts'
import { readManifests, type Fields, type Manifest } from '../manifest/manifest.ts'
import { printerOf, type Printer } from '../output/formats.ts'
import { objectName } from '../output/names.ts'
import { waitUntilGone } from '../query/until-gone.ts'
import { pathOf, qualifiedKind } from '../resources.ts'
import type { Session } from '../session.ts'
import { checkRaw, sendRaw } from './raw.ts'

const manager = 'kubectl-replace'

// Models kubectl/cmd/replace ReplaceOptions.Run.
export function* replace(session: Session): Task<ExitCode> {
  const { flags } = session
  const propagation = propagationOf(session)
  const mode = dryRun(session)
  if (flags.list('filename').length === 0) throw new Failure('must specify one of -f and -k')
  if (flags.given.has('grace-period') && !flags.on('force')) {
    throw new Failure('--grace-period must have --force specified')
  }
  if (flags.millis('timeout') !== 0 && !flags.on('force')) {
    throw new Failure('--timeout must have --force specified')
  }
  if (flags.on('force') && mode !== 'none') {
    throw new Failure('--dry-run can not be used when --force is set')
  }
  if (flags.text('raw') !== '') {
    checkRaw(session, 'one')
    return yield* sendRaw(session, 'PUT')
  }
  const { items, failures } = yield* readManifests(session, {
    validate: fieldValidation(session) !== 'Ignore',
  })
  if (items.length === 0 && failures.length === 0) throw new Failure('no objects passed to replace')
  const printer = printerOf(session, objectName)
  const found: Error[] = [...failures]
  for (const item of items) {
    try {
      if (flags.on('force')) yield* recreate(session, item, propagation, printer)
      else replaceOne(session, item, mode, printer)
    } catch (error) {
      if (!(error instanceof StatusFailure)) throw error
      found.push(error)
    }
  }
  throwAll(found)
  return 0
}

function replaceOne(
  session: Session, item: Manifest, mode: DryRun, printer: Printer | undefined,
): void {
  if (mode === 'client') {
    // The server is not asked, not even whether there is something to replace.
    const kept = session.flags.on('save-config') ? withLastApplied(item.object) : item.object
    say(session, item, kept, mode, printer)
    return
  }
  const path = pathOf(item.info, item.namespace, item.name)
  const source = `error when replacing "${item.source}": `
  try {
    const live = session.request<ApiObject>('GET', path)
    const body = withVersion(annotated(session, item, live), live)
    const done = session.request<Fields>('PUT', path, {
      body, query: writeQuery(session, manager, mode), source: item.from(),
    })
    say(session, item, done, mode, printer)
  } catch (error) {
    if (!(error instanceof StatusFailure)) throw error
    throw error.within(source)
  }
}

/** The annotation of `apply` is renewed where the live object has one. */
function annotated(session: Session, item: Manifest, live: ApiObject): Fields {
  const keep = session.flags.on('save-config') || lastAppliedOf(live) !== undefined
  return keep ? withLastApplied(item.object) : item.object
}

function withVersion(body: Fields, live: ApiObject): Fields {
  const metadata = body['metadata'] as Fields
  if (metadata['resourceVersion'] !== undefined) return body
  return { ...body, metadata: { ...metadata, resourceVersion: live.metadata.resourceVersion } }
}

function say(
  session: Session, item: Manifest, object: Fields, mode: DryRun, printer: Printer | undefined,
): void {
  if (printer) session.out(printer(object))
  else session.out(`${qualifiedKind(item.info)}/${item.name} replaced${dryRunNote(mode)}\n`)
}

/** --force: deletes, waits until it is gone, creates anew. */
function* recreate(
  session: Session, item: Manifest, propagation: string, printer: Printer | undefined,
): Task {
  const { flags } = session
  const grace = flags.given.has('grace-period') ? flags.number('grace-period') : -1
  const path = pathOf(item.info, item.namespace, item.name)
  const live = session.find<ApiObject>(path)
  if (live) {
    session.request('DELETE', path, {
      body: {
        propagationPolicy: propagation, ...(grace < 0 ? {} : { gracePeriodSeconds: grace }),
      },
    })
    const where = item.namespace === undefined ? '' : ` from ${item.namespace} namespace`
    session.out(`${qualifiedKind(item.info)} "${item.name}" deleted${where}\n`)
    const target = { info: item.info, namespace: item.namespace, name: item.name }
    const timeout = flags.millis('timeout')
    const awaited = { target, name: item.name, uid: live.metadata.uid }
    const until = timeout > 0 ? session.options.clock.now() + timeout : undefined
    const failure = yield* waitUntilGone(session, awaited, until)
    if (failure) throw failure
    // kubectl asks again once a second whether the object is gone.
    if (!session.options.isPaused()) yield* session.process.sleep(1000)
  }
  try {
    const created = session.request<Fields>('POST', pathOf(item.info, item.namespace), {
      body: withLastAppliedIfAsked(session, item), query: writeQuery(session, manager, 'none'),
      source: item.from(),
    })
    say(session, item, created, 'none', printer)
  } catch (error) {
    if (!(error instanceof StatusFailure)) throw error
    throw error.within(`error when creating "${item.source}": `)
  }
}

function withLastAppliedIfAsked(session: Session, item: Manifest): Fields {
  return session.flags.on('save-config') ? withLastApplied(item.object) : item.object
}
