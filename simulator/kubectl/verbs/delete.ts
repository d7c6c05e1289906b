import type { ApiObject } from '../../api/types.ts'
import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { dryRun, dryRunNote, propagationOf, type DryRun } from '../command/common-flags.ts'
import { Failure, nothingNamed, StatusFailure, throwAll } from '../command/failure.ts'
import { readManifests } from '../manifest/manifest.ts'
import { requestList } from '../query/lists.ts'
import {
  nameBesideSelector, refuseWordsBesideFiles, targetsOf, type Target,
} from '../query/targets.ts'
import { waitUntilGone, type Awaited } from '../query/until-gone.ts'
import { pathOf, qualifiedKind } from '../resources.ts'
import type { Session } from '../session.ts'
import { listQuery } from './get.ts'
import { checkRaw, sendRaw } from './raw.ts'

/** `source`: the file that names it. */
interface Doomed { readonly target: Target; readonly name: string; readonly source?: string }

// Models kubectl/cmd/delete DeleteOptions.
export function* deleteObjects(session: Session): Task<ExitCode> {
  const mode = dryRun(session)
  const how = options(session)
  checkUse(session)
  if (session.flags.text('raw') !== '') return yield* sendRaw(session, 'DELETE')
  const { doomed, failures } = yield* chosen(session)
  if (session.flags.on('force')) warnOfForce(session)
  if (doomed.length === 0 && failures.length === 0) session.out('No resources found\n')
  const asks = session.flags.on('interactive') && doomed.length > 0
  if (asks && !(yield* isConfirmed(session, doomed))) {
    session.out('deletion is cancelled\n')
    return 0
  }
  const awaited: Awaited[] = []
  for (const { target, name, source } of doomed) {
    try {
      const uid = deleteOne(session, target, name, how, mode)
      awaited.push({ target, name, uid })
      say(session, target, name, how, mode)
    } catch (error) {
      if (error instanceof Failure) failures.push(error)
      else if (!(error instanceof StatusFailure)) throw error
      else if (!(ignoresMissing(session) && error.status.reason === 'NotFound')) {
        failures.push(source === undefined ? error
          : error.within(`error when deleting "${source}": `))
      }
    }
  }
  yield* session.flush()
  if (mode === 'none' && session.flags.on('wait')) yield* waitForAll(session, awaited, failures)
  throwAll(failures)
  return 0
}

/** What a selector found may have gone meanwhile. */
function ignoresMissing({ flags }: Session): boolean {
  if (flags.given.has('ignore-not-found')) return flags.on('ignore-not-found')
  return flags.on('all') || (flags.text('selector') || flags.text('field-selector')) !== ''
}

interface How { readonly graceSeconds: number | undefined; readonly propagation: string }

function options(session: Session): How {
  const { flags } = session
  const given = flags.number('grace-period')
  const [now, force] = [flags.on('now'), flags.on('force')]
  if (now && flags.given.has('grace-period') && given !== -1) {
    throw new Failure('--now and --grace-period cannot be specified together')
  }
  const asked = now ? 1 : given
  if (force && asked > 0) {
    throw new Failure('--force and --grace-period greater than 0 cannot be specified together')
  }
  const propagation = propagationOf(session)
  // A grace period of 0 without --force is sent as 1, so that the object is not just dropped.
  const graceSeconds = force && asked < 0 ? 0 : asked === 0 && !force ? 1 : asked
  return { graceSeconds: graceSeconds < 0 ? undefined : graceSeconds, propagation }
}

function checkUse(session: Session): void {
  const { flags, args } = session
  if (flags.on('all') && (flags.text('selector') || flags.text('field-selector')) !== '') {
    throw new Failure('setting \'all\' parameter but found a non empty selector. ')
  }
  const output = flags.text('output')
  if (output !== '' && output !== 'name') {
    throw new Failure(`unexpected -o output mode: ${output}. We only support '-o name'`)
  }
  if (flags.text('raw') !== '') {
    if (flags.on('interactive')) throw new Failure('--interactive can not be used with --raw')
    checkRaw(session, 'one or none')
    return
  }
  if (args.length > 0 || flags.list('filename').length > 0) return
  if (flags.on('all')) {
    throw new Failure('at least one resource must be specified to use a selector')
  }
  throw nothingNamed()
}

// Models DeleteOptions.confirmation: one word, and only a `y` is a yes.
function* isConfirmed(session: Session, doomed: readonly Doomed[]): Task<boolean> {
  session.out(`You are about to delete the following ${doomed.length} resource(s):\n`)
  for (const { target, name } of doomed) session.out(`${qualifiedKind(target.info)}/${name}\n`)
  session.out('Do you want to continue? (y/N): ')
  yield* session.flush()
  const answer = yield* session.process.readLine(0)
  return /^\s*y\s*$/i.test(answer ?? '')
}

function* chosen(session: Session) {
  const { flags, args } = session
  const doomed: Doomed[] = []
  const failures: Error[] = []
  if (flags.list('filename').length > 0) {
    refuseWordsBesideFiles(args)
    const manifests = yield* readManifests(session, { validate: false })
    failures.push(...manifests.failures)
    for (const { info, namespace, name, source } of manifests.items) {
      doomed.push({ target: { info, namespace, name }, name, source })
    }
    return { doomed, failures }
  }
  const all = flags.on('all') || flags.text('selector') !== ''
    || flags.text('field-selector') !== ''
  for (const target of targetsOf(session, args, { collections: all })) {
    if (target.name !== undefined && flags.on('all')) throw nameBesideSelector()
    if (target.name !== undefined) doomed.push({ target, name: target.name })
    else doomed.push(...listed(session, target))
  }
  return { doomed, failures }
}

function listed(session: Session, target: Target): readonly Doomed[] {
  const list = requestList<{ items: readonly ApiObject[] }>(
    session, target.info, target.namespace, { query: listQuery(session) },
  )
  return list.items.map(({ metadata }) => ({
    target: { ...target, namespace: target.info.namespaced ? metadata.namespace : undefined },
    name: metadata.name,
  }))
}

function warnOfForce(session: Session): void {
  if (session.flags.number('grace-period') > 0) return
  session.err('Warning: Immediate deletion does not wait for confirmation that the running '
    + 'resource has been terminated. The resource may continue to run on the cluster '
    + 'indefinitely.\n')
}

/** The uid of what was deleted, as the answer tells it. */
function deleteOne(
  session: Session, target: Target, name: string, how: How, mode: DryRun,
): string | undefined {
  const path = pathOf(target.info, target.namespace, name)
  if (mode === 'client') {
    return session.request<ApiObject>('GET', path).metadata.uid
  }
  const answer = session.request<{
    readonly metadata?: { readonly uid?: string }
    readonly details?: { readonly uid?: string }
  }>('DELETE', path, {
    body: {
      propagationPolicy: how.propagation,
      ...(how.graceSeconds === undefined ? {} : { gracePeriodSeconds: how.graceSeconds }),
      ...(mode === 'server' ? { dryRun: ['All'] } : {}),
    },
    query: mode === 'server' ? { dryRun: 'All' } : {},
  })
  return answer.metadata?.uid ?? answer.details?.uid
}

function say(session: Session, target: Target, name: string, how: How, mode: DryRun): void {
  const kind = qualifiedKind(target.info)
  if (session.flags.text('output') === 'name') {
    session.out(`${kind}/${name}\n`)
    return
  }
  const done = how.graceSeconds === 0 ? 'force deleted' : 'deleted'
  const where = target.namespace === undefined ? '' : ` from ${target.namespace} namespace`
  session.out(`${kind} "${name}" ${done}${where}${dryRunNote(mode)}\n`)
}

function* waitForAll(session: Session, awaited: readonly Awaited[], failures: Error[]): Task {
  const timeout = session.flags.millis('timeout')
  const until = timeout > 0 ? session.options.clock.now() + timeout : undefined
  for (const one of awaited) {
    const failure = yield* waitUntilGone(session, one, until)
    if (failure) failures.push(failure)
  }
}
