import type { EventObject, Pod } from '../api/kinds.ts'
import type { Api, ApiObject } from '../api/types.ts'
import type { ClusterView } from '../lab-types.ts'
import { limits } from '../limits.ts'
import { describePod } from './describe/pod.ts'
import { eventsQuery } from './describe/table.ts'
import { withoutManagedFields } from './output/formats.ts'
import { isTable, TablePrinter } from './output/table.ts'
import { toYaml } from './text/yaml.ts'

interface Seen {
  readonly api: Pick<Api, 'request'>
  /** Current namespace of the workstation's kubectl. */
  readonly namespace: string
  /** Date and time, Unix milliseconds. */
  readonly now: number
}

/**
 * The cluster in the words kubectl would print. No process runs for it, nothing is drawn or
 * written: the observer reads what is stored, and kubectl's own printers lay it out.
 */
export function lookAtCluster(seen: Seen): ClusterView {
  const { namespace } = seen
  return {
    pods: table(seen, '/api/v1/pods', true) || 'No resources found\n',
    events: table(seen, `/api/v1/namespaces/${namespace}/events`, false)
      || `No resources found in ${namespace} namespace.\n`,
    each: eachPod(seen),
  }
}

function table({ api }: Seen, path: string, wideEverywhere: boolean): string {
  const { body } = api.request({ method: 'GET', path, accept: 'table', userAgent: 'observer' })
  if (!isTable(body)) return ''
  const printer = new TablePrinter({
    wide: wideEverywhere, headers: true, withNamespace: wideEverywhere, showLabels: false,
    labelColumns: [],
  }, undefined)
  printer.print(body)
  return cut(printer.flush())
}

/** Pods in the order of the table, as many as there is room for. */
function eachPod(seen: Seen): ClusterView['each'] {
  const each: ClusterView['each'][number][] = []
  let room = limits.lookedChars
  for (const pod of list<Pod>(seen, '/api/v1/pods', {}).slice(0, limits.lookedPods)) {
    const one = onePod(seen, pod)
    room -= one.describe.length + one.yaml.length
    if (room < 0) break
    each.push(one)
  }
  return each
}

function onePod(seen: Seen, pod: Pod): ClusterView['each'][number] {
  const { name, namespace = '' } = pod.metadata
  const path = `/api/v1/namespaces/${namespace}/events`
  const events = list<EventObject>(seen, path, eventsQuery(pod))
  return {
    namespace, name, describe: cut(describePod(pod, events, seen.now)),
    yaml: cut(toYaml(withoutManagedFields(
      { ...pod, apiVersion: 'v1', kind: 'Pod' } satisfies ApiObject))),
  }
}

function list<T>(
  { api }: Seen, path: string, query: Readonly<Record<string, string>>,
): readonly T[] {
  const { code, body } = api.request({ method: 'GET', path, query, userAgent: 'observer' })
  // The views of `api/kinds.ts` hold for what the server hands out.
  return code === 200 ? (body as { readonly items: readonly T[] }).items : []
}

/** A text that is too long ends after a whole line, and says so. */
function cut(text: string): string {
  if (text.length <= limits.lookedTextChars) return text
  const end = text.lastIndexOf('\n', limits.lookedTextChars)
  return `${text.slice(0, Math.max(end, 0))}\n... (cut)\n`
}
