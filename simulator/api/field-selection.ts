import type { ResourceInfo } from './discovery.ts'
import { objectOf, valueAt } from './json.ts'
import { fieldTerms } from './selectors.ts'
import { badRequest } from './status.ts'
import type { ApiObject } from './types.ts'
import type { Selects } from './watches.ts'

/** Fields a selector may name, beside metadata.name and metadata.namespace. */
const SELECTABLE: Readonly<Record<string, readonly string[]>> = {
  pods: [
    'spec.nodeName', 'spec.restartPolicy', 'spec.schedulerName', 'spec.serviceAccountName',
    'spec.hostNetwork', 'status.phase', 'status.podIP', 'status.nominatedNodeName',
  ],
  events: [
    'involvedObject.kind', 'involvedObject.namespace', 'involvedObject.name',
    'involvedObject.uid', 'involvedObject.apiVersion', 'involvedObject.resourceVersion',
    'involvedObject.fieldPath', 'reason', 'reportingComponent', 'source', 'type',
  ],
  namespaces: ['status.phase'], secrets: ['type'], services: ['spec.clusterIP', 'spec.type'],
  nodes: ['spec.unschedulable'], replicasets: ['status.replicas'], jobs: ['status.successful'],
}

const BOOLEANS = ['spec.hostNetwork', 'spec.unschedulable']

/** The field selector of a request; a field that cannot be selected is refused. */
export function fieldSelects(
  info: ResourceInfo, selector: string | undefined,
): Selects | undefined {
  const terms = fieldTerms(selector)
  if (terms.length === 0) return undefined
  const known = ['metadata.name', 'metadata.namespace', ...SELECTABLE[info.name] ?? []]
  const stranger = terms.find((term) => !known.includes(term.field))
  if (stranger) {
    throw badRequest(`field label not supported: ${stranger.field}`)
  }
  return (object) => terms.every((term) => {
    return (fieldOf(object, term.field) === term.value) === term.equal
  })
}

function fieldOf(object: ApiObject, field: string): string {
  if (field === 'source') {
    const component = objectOf(object['source'])['component']
    return String(component ?? object['reportingComponent'] ?? '')
  }
  const value = valueAt(object, field)
  if (value === undefined || value === null) return BOOLEANS.includes(field) ? 'false' : ''
  return String(value)
}
