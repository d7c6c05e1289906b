import type { ApiObject } from '../../api/types.ts'
import type { Task } from '../../time/tasks.ts'
import { StatusFailure } from '../command/failure.ts'
import { readManifests } from '../manifest/manifest.ts'
import { pathOf } from '../resources.ts'
import type { Session } from '../session.ts'
import { labelFilter } from './label-filter.ts'
import { requestList } from './lists.ts'
import { refuseWordsBesideFiles, targetsOf, type Target } from './targets.ts'

export interface Found { readonly target: Target; readonly object: ApiObject }

/** The live objects that words, -f or -l name, each fetched, and what could not be. */
export function* objectsOf(
  session: Session, words: readonly string[],
): Task<{ readonly found: readonly Found[]; readonly failures: Error[] }> {
  const found: Found[] = []
  const failures: Error[] = []
  const fromFiles = session.flags.list('filename').length > 0
  const targets = yield* wanted(session, words, failures)
  const selects = fromFiles ? labelFilter(session) : undefined
  for (const target of targets) {
    try {
      const live = fetched(session, target)
      found.push(...selects ? live.filter(({ object }) => selects(object)) : live)
    } catch (error) {
      if (!(error instanceof StatusFailure)) throw error
      failures.push(error)
    }
  }
  return { found, failures }
}

/** The objects of the files as they stand there, for what asks no server. */
export function* localObjects(
  session: Session,
): Task<{ readonly found: readonly Found[]; readonly failures: Error[] }> {
  const { items, failures } = yield* readManifests(session, { validate: false, asWritten: true })
  const found = items.map(({ info, namespace, name, object }): Found => ({
    target: { info, namespace, name }, object: object as ApiObject,
  }))
  return { found, failures: [...failures] }
}

function* wanted(
  session: Session, words: readonly string[], failures: Error[],
): Task<readonly Target[]> {
  const { flags } = session
  if (flags.list('filename').length > 0) {
    refuseWordsBesideFiles(words)
    const manifests = yield* readManifests(session, { validate: false, latest: true })
    failures.push(...manifests.failures)
    return manifests.items.map(({ info, namespace, name }) => ({ info, namespace, name }))
  }
  const collections = (flags.has('all') && flags.on('all')) || flags.text('selector') !== ''
  return targetsOf(session, words, { collections })
}

function fetched(session: Session, target: Target): readonly Found[] {
  const { info, namespace, name } = target
  if (name !== undefined) {
    return [{ target, object: session.request<ApiObject>('GET', pathOf(info, namespace, name)) }]
  }
  const selector = session.flags.text('selector')
  const list = requestList<{ items: readonly ApiObject[] }>(session, info, namespace, {
    query: selector === '' ? {} : { labelSelector: selector },
  })
  return list.items.map((object) => ({
    target: { ...target, name: object.metadata.name, namespace: object.metadata.namespace }, object,
  }))
}
