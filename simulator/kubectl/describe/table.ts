import type { ResourceInfo } from '../../api/discovery.ts'
import type { EventObject, Pod } from '../../api/kinds.ts'
import type { ApiObject } from '../../api/types.ts'
import { Failure } from '../command/failure.ts'
import type { Session } from '../session.ts'
import { describePod } from './pod.ts'

export type Describer = (session: Session, object: ApiObject) => string

const describers: Readonly<Record<string, Describer>> = {
  pods: (session, object) => describePod(object as Pod, eventsOf(session, object), session.now),
}

/** How objects of a resource are described. */
export function describerFor(info: ResourceInfo): Describer {
  const describer = describers[info.name]
  if (!describer || (info.group === 'events.k8s.io')) {
    throw new Failure(`kubectl describe ${info.name} is not simulated in Grace`)
  }
  return describer
}

/** The server's events about an object; describe looks for its uid. */
export function eventsOf(session: Session, { metadata }: ApiObject): readonly EventObject[] {
  const namespace = metadata.namespace ?? 'default'
  const fields = [
    `involvedObject.uid=${metadata.uid}`, `involvedObject.name=${metadata.name}`,
    ...(metadata.namespace === undefined ? [] : [`involvedObject.namespace=${namespace}`]),
  ]
  const path = metadata.namespace === undefined
    ? '/api/v1/events' : `/api/v1/namespaces/${namespace}/events`
  const list = session.request<{ items: readonly EventObject[] }>('GET', path, {
    query: { fieldSelector: fields.join(',') },
  })
  return list.items
}
