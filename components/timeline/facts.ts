import type { TimelineEntry } from '../../server/protocol.ts'
import { signalName } from './moment.ts'

/** Names of the sentences in `content/messages` under `timeline.facts`. */
export type FactName =
  | 'command'
  | 'commandEnd'
  | 'status'
  | 'gone'
  | 'event'
  | 'warning'
  | 'pullStart'
  | 'pullFailed'
  | 'started'
  | 'exited'
  | 'hookStart'
  | 'hookOk'
  | 'hookFailed'
  | 'hookAbandoned'
  | 'graceStart'
  | 'stop'
  | 'mainStart'
  | 'mainExec'
  | 'mainEnd'
  | 'signalHandled'
  | 'signalIgnored'
  | 'signalFatal'
  | 'signalNoHandler'
  | 'signalStopped'
  | 'saved'
  | 'changed'
  | 'probeFailed'
  | 'limit'

export interface Fact {
  readonly id: number
  readonly at: number
  readonly name: FactName
  readonly values: Readonly<Record<string, string>>
}

/** The timeline as an ordered list: the same facts, one sentence each. */
export function factsOf(entries: readonly TimelineEntry[]): readonly Fact[] {
  const begun = new Map<string, number>()
  return entries.flatMap((entry) => {
    if (entry.kind === 'command') begun.set(entry.tab, entry.at)
    if (entry.kind === 'command-end' && endsQuietly(entry, begun.get(entry.tab))) return []
    const fact = factOf(entry)
    return fact ? [{ id: entry.id, at: entry.at, ...fact }] : []
  })
}

const QUICK_MILLIS = 1_000

/** That a command succeeded at once goes without saying. */
function endsQuietly(
  entry: Extract<TimelineEntry, { kind: 'command-end' }>,
  begunAt: number | undefined,
): boolean {
  return entry.exitCode === 0 && begunAt !== undefined && entry.at - begunAt < QUICK_MILLIS
}

type Told = Pick<Fact, 'name' | 'values'> | null

function factOf(entry: TimelineEntry): Told {
  switch (entry.kind) {
    case 'command':
      return { name: 'command', values: { tab: entry.tab, line: entry.line } }
    case 'command-end':
      return { name: 'commandEnd', values: { line: entry.line, code: String(entry.exitCode) } }
    case 'pod-status':
      return entry.status === ''
        ? { name: 'gone', values: { pod: entry.pod } }
        : { name: 'status', values: { pod: entry.pod, status: entry.status, ready: entry.ready } }
    case 'event':
      return {
        name: entry.type === 'Warning' ? 'warning' : 'event',
        values: { reason: entry.reason, message: entry.message, object: entry.name },
      }
    case 'file':
      return { name: entry.by === 'editor' ? 'saved' : 'changed', values: { path: entry.path } }
    case 'limit':
      return { name: 'limit', values: { limit: entry.limit } }
    default:
      return containerFact(entry)
  }
}

function containerFact(entry: TimelineEntry): Told {
  if (!('target' in entry) || !entry.target) return null
  const container = entry.target.container
  switch (entry.kind) {
    case 'pull-start':
      return { name: 'pullStart', values: { image: entry.image } }
    case 'pull-end':
      return entry.error === undefined
        ? null
        : { name: 'pullFailed', values: { image: entry.image, message: entry.error } }
    case 'container-started':
      return { name: 'started', values: { container } }
    case 'container-exited':
      return {
        name: 'exited',
        values: { container, code: String(entry.exitCode), reason: entry.reason },
      }
    case 'grace-start':
      return { name: 'graceStart', values: { container, seconds: String(entry.seconds) } }
    case 'stop':
      return {
        name: 'stop',
        values: {
          container,
          signal: signalName(entry.signal),
          seconds: String(entry.seconds),
        },
      }
    case 'probe':
      return entry.result === 'success'
        ? null
        : { name: 'probeFailed', values: { probe: entry.probe, output: entry.output } }
    default:
      return hookFact(entry) ?? processFact(entry)
  }
}

function hookFact(entry: TimelineEntry): Told {
  switch (entry.kind) {
    case 'hook-start':
      return { name: 'hookStart', values: { hook: entry.hook, handler: entry.handler } }
    case 'hook-abandoned':
      return { name: 'hookAbandoned', values: { hook: entry.hook } }
    case 'hook-end':
      return entry.ok
        ? { name: 'hookOk', values: { hook: entry.hook } }
        : { name: 'hookFailed', values: { hook: entry.hook, message: entry.message ?? '' } }
    default:
      return null
  }
}

const SIGNAL_FACTS = {
  handled: 'signalHandled',
  ignored: 'signalIgnored',
  fatal: 'signalFatal',
  'no-handler-pid1': 'signalNoHandler',
  stopped: 'signalStopped',
} as const

function processFact(entry: TimelineEntry): Told {
  switch (entry.kind) {
    case 'process-start':
      return entry.role !== 'main'
        ? null
        : { name: 'mainStart', values: { command: entry.argv.join(' '), pid: String(entry.pid) } }
    case 'process-exec':
      return entry.role !== 'main'
        ? null
        : { name: 'mainExec', values: { command: entry.argv.join(' '), pid: String(entry.pid) } }
    case 'process-end':
      return entry.role !== 'main'
        ? null
        : { name: 'mainEnd', values: { pid: String(entry.pid), code: String(entry.exitCode) } }
    case 'signal':
      return {
        name: SIGNAL_FACTS[entry.outcome],
        values: { signal: signalName(entry.signal), pid: String(entry.pid) },
      }
    default:
      return null
  }
}
