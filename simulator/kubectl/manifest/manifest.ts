import type { ResourceInfo } from '../../api/discovery.ts'
import type { Task } from '../../time/tasks.ts'
import type { ManifestSource } from '../../trace/entries.ts'
import { Failure } from '../command/failure.ts'
import { labelFilter } from '../query/label-filter.ts'
import { resourceOfKind } from '../resources.ts'
import type { Session } from '../session.ts'
import { compactJson } from '../text/json.ts'
import { readDocument, splitDocuments } from './documents.ts'
import { readSources } from './files.ts'

/** A JSON object as it stands in a manifest. */
export type Fields = Readonly<Record<string, unknown>>

/** One object of a manifest, with the resource it belongs to. */
export interface Manifest {
  readonly info: ResourceInfo
  readonly namespace: string | undefined
  readonly name: string
  readonly source: string
  readonly object: Fields
  /** File and lines it stands at, for the trace. */
  readonly from: () => ManifestSource
}

export interface Manifests {
  readonly items: readonly Manifest[]
  readonly failures: readonly Error[]
}

/** Objects behind -f, in order, and what could not be read. Models cli-runtime/resource Builder. */
export function* readManifests(session: Session, options: {
  readonly validate: boolean
  /** Without the namespace that the command would put them in. */
  readonly asWritten?: boolean
  /** -l is asked of the live objects, by who fetches them; else of what the files say. */
  readonly latest?: boolean
}): Task<Manifests> {
  const items: Manifest[] = []
  const failures: Error[] = []
  const sources = yield* readSources(session, session.flags.on('recursive'))
  const now = () => session.options.clock.now()
  for (const file of sources) {
    try {
      for (const { text, before } of splitDocuments(file.text)) {
        const document = yield* readDocument(file.shown, text, now)
        const value = document.value ?? undefined
        if (value === undefined) continue
        if (options.validate) checkKindIsSet(file.shown, value)
        const from = (part: string) => file.source(document, part, before)
        const { asWritten = false } = options
        collect({ session, source: file.shown, from, items, failures, asWritten }, value, '')
      }
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      failures.push(error)
    }
  }
  const selects = options.latest ? undefined : labelFilter(session)
  return { items: selects ? items.filter(({ object }) => selects(object)) : items, failures }
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

interface Collection extends Manifests {
  readonly session: Session
  readonly source: string
  readonly from: (part: string) => ManifestSource
  readonly items: Manifest[]
  readonly failures: Error[]
  readonly asWritten: boolean
}

/** `part`: where the value stands in its document, `items[1]`; '' is the whole. */
function collect(into: Collection, value: unknown, part: string): void {
  const { session, source, from, items, failures } = into
  const object = decoded(source, value)
  const list = object['items']
  if (Array.isArray(list) && /List$/.test(String(object['kind']))) {
    const path = part === '' ? 'items' : `${part}.items`
    for (const [index, item] of list.entries()) collect(into, item, `${path}[${index}]`)
    return
  }
  try {
    const item = manifestOf(session, source, object)
    items.push({ ...item, ...(into.asWritten ? { object } : {}), from: () => from(part) })
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    failures.push(error)
  }
}

/** Models kubectl/validation: without a schema only these are looked at here. */
function checkKindIsSet(source: string, value: unknown): void {
  const problems: string[] = []
  if (!isFields(value)) problems.push('invalid object to validate')
  else {
    if (!value['apiVersion']) problems.push('apiVersion not set')
    if (!value['kind']) problems.push('kind not set')
  }
  if (problems.length === 0) return
  const text = problems.length === 1 ? problems[0]! : `[${problems.join(', ')}]`
  throw new Failure(`error validating "${source}": error validating data: ${text}; if you choose `
    + 'to ignore these errors, turn validation off with --validate=false')
}

function decoded(source: string, value: unknown): Fields {
  if (!isFields(value)) {
    throw new Failure(`unable to decode "${source}": json: cannot unmarshal `
      + `${jsonType(value)} into Go value of type unstructured.detector`)
  }
  for (const [field, shown] of [['kind', 'Kind'], ['apiVersion', 'apiVersion']] as const) {
    if (!value[field]) {
      throw new Failure(`unable to decode "${source}": Object '${shown}' is missing in `
        + `'${compactJson(value)}'`)
    }
  }
  return value
}

function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
}

function manifestOf(
  session: Session, source: string, object: Fields,
): Omit<Manifest, 'from'> {
  const metadata = isFields(object['metadata']) ? object['metadata'] : {}
  const name = textOf(metadata['name'])
  const own = textOf(metadata['namespace'])
  const apiVersion = String(object['apiVersion'])
  const kind = String(object['kind'])
  const info = resourceOfKind(apiVersion, kind)
  if (!info) {
    throw new Failure(`resource mapping not found for name: "${name}" namespace: "${own}" from `
      + `"${source}": no matches for kind "${kind}" in version "${apiVersion}"\n`
      + 'ensure CRDs are installed first')
  }
  if (!info.namespaced) return { info, namespace: undefined, name, source, object }
  const namespace = own || session.namespace
  if (session.namespaceGiven && own !== '' && own !== session.namespace) {
    throw new Failure(`the namespace from the provided object "${own}" does not match the `
      + `namespace "${session.namespace}". You must pass '--namespace=${own}' to `
      + 'perform this operation.')
  }
  const placed = { ...object, metadata: { ...metadata, namespace } }
  return { info, namespace, name, source, object: placed }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
