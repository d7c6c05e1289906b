import { mask } from './mask.ts'
import { outputDifferences } from './outputs.ts'
import { podDifferences } from './pod-paths.ts'
import { slack } from './slack.ts'
import type { ControllerRecord, EventRecord, Recording } from './types.ts'

/** Every way in which `b` differs from `a`, as lines of text; none means that they agree. */
export function differences(a: Recording, b: Recording): string[] {
  return [
    ...commandDifferences(a, b), ...podDifferences(a, b),
    ...eventDifferences(a, b), ...sliceDifferences(a, b), ...controllerDifferences(a, b),
  ]
}

function commandDifferences(a: Recording, b: Recording): string[] {
  const found: string[] = []
  const front = Math.max(0, ...a.commands.filter((c) => !c.bg).map((c) => c.end))
  a.commands.forEach((expected, i) => {
    const actual = b.commands[i]
    if (!actual || actual.line !== expected.line) {
      found.push(`command: not run: ${expected.line}`)
      return
    }
    if (expected.exit !== actual.exit) {
      found.push(`exit: ${expected.line}: ${expected.exit} ≠ ${actual.exit}`)
    }
    const [da, db] = [expected.end - expected.start, actual.end - actual.start]
    const own = !expected.bg || expected.end < front - 1 // others were interrupted by the recorder
    const printed = expected.out.map((chunk) => chunk[1]).join('')
    const hold = /rollout/.test(expected.line) ? 3 : /BackOff/.test(printed) ? 4 : 0
    if (own && Math.abs(da - db) > slack(da) + hold) {
      found.push(`duration: ${expected.line}: ${da.toFixed(1)} s ≠ ${db.toFixed(1)} s`)
    }
    for (const stream of [1, 2]) {
      for (const text of outputDifferences(expected, actual, a, b, stream)) {
        found.push(`output: ${expected.line}${stream === 2 ? ' (stderr)' : ''}: ${text}`)
      }
    }
  })
  return found
}

function eventDifferences(a: Recording, b: Recording): string[] {
  const found: string[] = []
  const [ea, eb] = [eventTable(a), eventTable(b)]
  for (const [key, { n, t }] of ea) {
    const other = eb.get(key)
    if (!other) found.push(`event: missing: ${key.slice(0, 220)}`)
    else if (Math.abs(n - other.n) > Math.max(1, n * 0.2)) {
      found.push(`event: ${key.slice(0, 160)}: ${n} times ≠ ${other.n}`)
    } else if (!/-XXXXX/.test(key) && Math.abs(t - other.t) > slack(t, key) + 1) {
      const seconds = `${t.toFixed(1)} s ≠ ${other.t.toFixed(1)} s`
      found.push(`event: ${key.slice(0, 160)}: first ${seconds} after the pod`)
    }
  }
  for (const key of eb.keys()) {
    if (!ea.has(key)) found.push(`event: not in the real cluster: ${key.slice(0, 220)}`)
  }
  return found
}

/** Events by what they say: how often, and how long after their pod the first was seen. */
function eventTable(r: Recording): Map<string, { n: number; t: number }> {
  const table = new Map<string, { n: number; t: number }>()
  for (const event of r.events) {
    const key = eventKey(event, r)
    const known = table.get(key) ?? { n: 0, t: Infinity }
    const since = event.t - (r.pods[event.name]?.[0]?.t ?? 0)
    table.set(key, { n: known.n + (event.count ?? 1), t: Math.min(known.t, since) })
  }
  return table
}

function eventKey(event: EventRecord, r: Recording): string {
  return `${event.kind} ${mask(event.name)}${event.field ? ` ${mask(event.field)}` : ''} `
    + `${event.type} ${event.reason} [${event.from}] ${mask(event.message, r.namespace, r.started)}`
}

function sliceDifferences(a: Recording, b: Recording): string[] {
  const states = (r: Recording): string[] => (r.endpointslices ?? [])
    .filter((slice) => slice.type !== 'DELETED')
    .map((slice) => slice.endpoints.map((x) => mask(x.pod ?? '') + (x.ready ? ' ready' : '')
      + (x.serving ? ' serving' : '') + (x.terminating ? ' terminating' : '')).sort().join(', ')
      || 'none')
    .filter((state, i, all) => state !== all[i - 1])
  const [sa, sb] = [states(a), states(b)]
  const same = sa.some((state) => /XXXXX/.test(state))
    ? sa.at(-1) === sb.at(-1) : sa.join(' | ') === sb.join(' | ')
  const shown = `\n      expected ${sa.join(' | ')}\n      actual   ${sb.join(' | ')}`
  return same ? [] : [`endpoints: ${shown}`]
}

const counters = [
  'replicas', 'readyReplicas', 'availableReplicas', 'updatedReplicas', 'succeeded', 'failed',
  'active',
]

function controllerDifferences(a: Recording, b: Recording): string[] {
  const kinds = ['deployments', 'replicasets', 'jobs'] as const
  return kinds.flatMap((kind) => {
    const [la, lb] = [lastStates(a[kind]), lastStates(b[kind])]
    const show = (list: string[]): string => list.join(' | ').slice(0, 300)
    return la.join() === lb.join()
      ? [] : [`${kind}: \n      expected ${show(la)}\n      actual   ${show(lb)}`]
  })
}

function lastStates(changes: ControllerRecord[] = []): string[] {
  const last = new Map<string, ControllerRecord>()
  for (const change of changes) {
    if (change.type === 'DELETED') last.delete(change.name)
    else last.set(change.name, change)
  }
  return [...last.values()].map((object) => {
    const counts = counters
      .map((key) => (object.status?.[key] ? `${key}=${String(object.status[key])}` : ''))
    const conditions = (object.status?.conditions ?? []).map((condition) =>
      (typeof condition === 'string'
        ? condition : `${condition.type}=${condition.status} ${condition.reason ?? ''}`))
    return `${mask(object.name)} ${object.replicas ?? ''} ${counts.filter(Boolean).join(' ')} `
      + conditions.join(', ')
  }).sort()
}
