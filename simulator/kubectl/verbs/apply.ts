import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import {
  dryRun, dryRunNote, fieldValidation, propagationOf, writeQuery, type DryRun,
} from '../command/common-flags.ts'
import { Failure, StatusFailure, throwAll, usageFailure } from '../command/failure.ts'
import { lastAppliedOf, withLastApplied } from '../manifest/last-applied.ts'
import { readManifests, type Fields, type Manifest } from '../manifest/manifest.ts'
import { threeWayPatch } from '../manifest/three-way-merge.ts'
import { printerOf, type Printer } from '../output/formats.ts'
import { objectName } from '../output/names.ts'
import { groupVersion, pathOf, qualifiedKind, qualifiedResource } from '../resources.ts'
import type { Session } from '../session.ts'
import { compactJson } from '../text/json.ts'

const manager = 'kubectl-client-side-apply'

// Models kubectl/cmd/apply ApplyOptions.Run.
export function* apply(session: Session): Task<ExitCode> {
  const { flags, args, line } = session
  if (args.length > 0) throw usageFailure(line.path, `Unexpected args: [${args.join(' ')}]`)
  propagationOf(session)
  const mode = dryRun(session)
  if (flags.on('force-conflicts') && !flags.on('server-side')) {
    throw new Failure('--force-conflicts only works with --server-side')
  }
  for (const flag of ['server-side', 'prune', 'force', 'kustomize']) {
    if (flags.given.has(flag)) {
      throw new Failure(`kubectl apply --${flag} is not simulated in Grace`)
    }
  }
  const validation = fieldValidation(session)
  if (flags.list('filename').length === 0) throw new Failure('must specify one of -f and -k')
  const { items, failures } = yield* readManifests(session, { validate: validation !== 'Ignore' })
  if (items.length === 0 && failures.length === 0) throw new Failure('no objects passed to apply')
  const silent = flags.text('output') !== ''
  const found: Error[] = [...failures]
  const applied: unknown[] = []
  for (const item of items) {
    try {
      applied.push(applyOne(session, item, mode, silent))
    } catch (error) {
      if (!(error instanceof Failure || error instanceof StatusFailure)) throw error
      found.push(error)
    }
  }
  // A wrong -o comes to light only now, when everything is applied.
  const printer = printerOf(session, objectName)
  if (printer && found.length === 0) printAll(session, printer, applied)
  throwAll(found)
  return 0
}

function printAll(session: Session, printer: Printer, objects: readonly unknown[]): void {
  const byName = session.flags.text('output') === 'name'
  if (objects.length === 1 || byName) for (const object of objects) session.out(printer(object))
  else if (objects.length > 1) {
    session.out(printer({ apiVersion: 'v1', items: objects, kind: 'List', metadata: {} }))
  }
}

/** Creates, patches or leaves one object; returns what the server answered. */
function applyOne(session: Session, item: Manifest, mode: DryRun, silent: boolean): unknown {
  const say = (what: string) => {
    if (!silent) {
      session.out(`${qualifiedKind(item.info)}/${item.name} ${what}${dryRunNote(mode)}\n`)
    }
  }
  const live = current(session, item)
  const modified = withLastApplied(item.object)
  if (!live) {
    const created = mode === 'client' ? modified : create(session, item, modified, mode)
    say('created')
    return created
  }
  // Without the server nothing is compared: what is there counts as changed.
  if (mode === 'client') {
    say('configured')
    return live
  }
  warnIfUnmanaged(session, item, live)
  if (isDeleting(live)) {
    session.err(
      `Warning: Detected changes to resource ${item.name} which is currently being deleted.\n`,
    )
  }
  const patch = threeWayPatch(item.info.kind, lastAppliedOf(live) ?? {}, modified, live)
  if (Object.keys(patch).length === 0) {
    say('unchanged')
    return live
  }
  const patched = patchLive(session, item, patch, mode)
  say('configured')
  return patched
}

function current(session: Session, item: Manifest): Fields | undefined {
  const about = `Resource: "${groupVersion(item.info)}, Resource=${item.info.name}", `
  if (item.name === '') {
    const metadata = item.object['metadata'] as Fields
    if (typeof metadata['generateName'] === 'string') {
      throw new Failure(`from ${metadata['generateName']}: cannot use generate name with apply`)
    }
    throw new Failure('error when retrieving current configuration of:\n'
      + `${resourceLine(item)}\nName: "", Namespace: "${item.namespace ?? ''}"\n`
      + `from server for: "${item.source}": resource name may not be empty`)
  }
  try {
    return session.find<Fields>(pathOf(item.info, item.namespace, item.name))
  } catch (error) {
    if (!(error instanceof StatusFailure)) throw error
    throw error.within(`error when retrieving current configuration of:\n${about}\n`)
  }
}

function resourceLine({ info }: Manifest): string {
  const group = info.group === '' ? '' : info.group
  return `Resource: "${group}/${info.version}, Resource=${info.name}", `
    + `GroupVersionKind: "${group}/${info.version}, Kind=${info.kind}"`
}

function create(session: Session, item: Manifest, body: Fields, mode: DryRun): unknown {
  try {
    return session.request('POST', pathOf(item.info, item.namespace), {
      body, query: writeQuery(session, manager, mode), source: item.from(),
    })
  } catch (error) {
    if (!(error instanceof StatusFailure)) throw error
    throw error.within(`error when creating "${item.source}": `)
  }
}

function patchLive(session: Session, item: Manifest, patch: Fields, mode: DryRun): unknown {
  try {
    return session.request('PATCH', pathOf(item.info, item.namespace, item.name), {
      body: patch, contentType: 'strategic-merge-patch', query: writeQuery(session, manager, mode),
      source: item.from(),
    })
  } catch (error) {
    if (!(error instanceof StatusFailure)) throw error
    throw error.within(`error when applying patch:\n${compactJson(patch)}\nto:\n`
      + `${resourceLine(item)}\nName: "${item.name}", Namespace: "${item.namespace ?? ''}"\n`
      + `for: "${item.source}": `)
  }
}

function warnIfUnmanaged(session: Session, item: Manifest, live: Fields): void {
  if (lastAppliedOf(live)) return
  session.err(`Warning: resource ${qualifiedResource(item.info)}/${item.name} is missing the `
    + 'kubectl.kubernetes.io/last-applied-configuration annotation which is required by kubectl '
    + 'apply. kubectl apply should only be used on resources created declaratively by either '
    + 'kubectl create --save-config or kubectl apply. The missing annotation will be patched '
    + 'automatically.\n')
}

function isDeleting(live: Fields): boolean {
  const metadata = live['metadata'] as Fields
  return metadata['deletionTimestamp'] !== undefined
}
