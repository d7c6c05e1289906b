import type { ResourceInfo } from '../../api/discovery.ts'
import type { ApiRequest } from '../../api/types.ts'
import { StatusFailure } from '../command/failure.ts'
import { groupVersion, pathOf } from '../resources.ts'
import type { Session } from '../session.ts'

/**
 * A collection. What the server says to a wrong selector begins with what was looked for.
 * Models cli-runtime/resource Selector.Visit.
 */
export function requestList<Body>(
  session: Session, info: ResourceInfo, namespace: string | undefined,
  rest: Pick<ApiRequest, 'query' | 'accept'>,
): Body {
  try {
    return session.request<Body>('GET', pathOf(info, namespace), rest)
  } catch (error) {
    if (!(error instanceof StatusFailure)) throw error
    const { reason, message = '' } = error.status
    if (reason !== 'BadRequest' && reason !== 'NotFound') throw error
    throw new StatusFailure({ ...error.status, message: `${soughtIn(info, rest)}: ${message}` })
  }
}

function soughtIn(info: ResourceInfo, { query }: Pick<ApiRequest, 'query'>): string {
  const version = info.group === '' ? `/${info.version}` : groupVersion(info)
  const resource = `"${version}, Resource=${info.name}"`
  const { labelSelector = '', fieldSelector = '' } = query ?? {}
  return labelSelector === '' && fieldSelector === '' ? `Unable to list ${resource}`
    : `Unable to find ${resource} that match label selector "${labelSelector}", `
      + `field selector "${fieldSelector}"`
}
