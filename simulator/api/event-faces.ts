import { objectOf, without } from './json.ts'
import type { JsonObject } from './json.ts'
import type { EventObject } from './kinds.ts'
import type { ApiObject } from './types.ts'

// One stored Event has two faces: core/v1 and events.k8s.io/v1, which renames its fields.

/** Core name → events.k8s.io name. */
const RENAMED = [
  ['involvedObject', 'regarding'], ['message', 'note'], ['source', 'deprecatedSource'],
  ['firstTimestamp', 'deprecatedFirstTimestamp'], ['lastTimestamp', 'deprecatedLastTimestamp'],
  ['count', 'deprecatedCount'], ['reportingComponent', 'reportingController'],
] as const

export function eventsFace(event: EventObject): ApiObject {
  const { metadata, kind } = event
  const renamed = Object.fromEntries(RENAMED.map(([core, name]) => [name, event[core]]))
  const rest = without(event, ...RENAMED.map(([core]) => core))
  return { ...rest, ...without(renamed), kind, metadata, apiVersion: 'events.k8s.io/v1' }
}

/** The body of a write to events.k8s.io as the core object that is stored. */
export function coreFace(body: unknown): JsonObject {
  const sent = objectOf(body)
  const renamed = Object.fromEntries(RENAMED.map(([core, name]) => [core, sent[name]]))
  const rest = without(sent, ...RENAMED.map(([, name]) => name))
  return { ...rest, ...without(renamed), apiVersion: 'v1' }
}
