import type { ExitCode } from '../../kernel/types.ts'
import { dryRun, writeQuery } from '../command/common-flags.ts'
import { Failure, StatusFailure, usageFailure } from '../command/failure.ts'
import type { Fields } from '../manifest/manifest.ts'
import { typedPrinterOf } from '../output/formats.ts'
import { objectName } from '../output/names.ts'
import { pathOf, resourceOfKind } from '../resources.ts'
import type { Session } from '../session.ts'
import { sayCreated } from './create.ts'

export interface Creation {
  readonly apiVersion: string
  readonly kind: string
  readonly fields: Fields
  readonly labels?: Readonly<Record<string, string>>
  /** Where it is not the name that was typed. */
  readonly name?: string
  /** What a refusal begins with, where it is not `failed to create KIND:`. */
  readonly refusal?: string
}

/** Models kubectl/cmd/create CreateSubcommandOptions.Run. */
export function createObject(session: Session, creation: Creation): ExitCode {
  const { apiVersion, kind, fields, labels } = creation
  const mode = dryRun(session)
  const name = creation.name ?? nameOf(session)
  const info = resourceOfKind(apiVersion, kind)!
  const printer = typedPrinterOf(session, objectName)
  // A namespace stands in the object only when it was asked for.
  const namespace = info.namespaced && session.namespaceGiven
    ? { namespace: session.namespace } : {}
  const body: Fields = {
    apiVersion, kind, metadata: { name, ...namespace, ...(labels ? { labels } : {}) }, ...fields,
  }
  const refusal = creation.refusal ?? `failed to create ${kind.toLowerCase()}:`
  const path = pathOf(info, session.namespace)
  const object = mode === 'client' ? body : post(session, { body, path, mode, refusal })
  sayCreated(session, object, { info, name }, mode, printer)
  return 0
}

export function nameOf(session: Session): string {
  const { args, line } = session
  const named = line.dashAt < 0 ? args : args.slice(0, line.dashAt)
  if (named.length !== 1) {
    throw usageFailure(line.path, `exactly one NAME is required, got ${named.length}`)
  }
  return named[0]!
}

function post(session: Session, how: {
  readonly body: Fields; readonly path: string; readonly mode: 'none' | 'server'
  readonly refusal: string
}): Fields {
  const { body, path, mode, refusal } = how
  try {
    return session.request<Fields>(
      'POST', path, { body, query: writeQuery(session, 'kubectl-create', mode) },
    )
  } catch (error) {
    if (!(error instanceof StatusFailure)) throw error
    throw new Failure(`${refusal} ${error.message}`)
  }
}
