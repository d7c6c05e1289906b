import type { TimelineEntry } from '../../server/protocol.ts'
import { draft, type Of, type Telling } from './links.ts'
import {
  tellExited, tellLog, tellProbe, tellProcess, tellProcessEnd, tellPullEnd, tellStarted,
} from './tell-run.ts'
import { tellCommand, tellCommandEnd, tellEvent, tellStatus } from './tell-status.ts'
import {
  tellAbandoned, tellGrace, tellHookEnd, tellHookStart, tellSignal, tellStop,
} from './tell-stop.ts'
import type { TraceView } from './trace-view.ts'

type Teller<K extends TimelineEntry['kind']> =
  (view: TraceView, entry: Of<K>, isAsked: boolean) => Telling

/** Another kind in the trace is another row here: what has none does not compile. */
export const tellers: { readonly [K in TimelineEntry['kind']]: Teller<K> } = {
  signal: tellSignal,
  stop: tellStop,
  'grace-start': tellGrace,
  'hook-start': tellHookStart,
  'hook-end': tellHookEnd,
  'hook-abandoned': tellAbandoned,
  'container-started': tellStarted,
  'container-created': (view, entry) => ({ links: [], next: view.reason(entry) }),
  'container-exited': tellExited,
  probe: tellProbe,
  'pull-start': tellPullEnd,
  'pull-end': tellPullEnd,
  'process-start': tellProcess,
  'process-exec': tellProcess,
  'process-end': tellProcessEnd,
  log: tellLog,
  'pod-status': tellStatus,
  event: tellEvent,
  command: (_view, entry) => tellCommand(entry),
  'command-end': tellCommandEnd,
  request: (view, entry) => ({
    links: [draft(entry, 'request', {
      from: entry.by, command: `${entry.verb} ${entry.resource} ${entry.name}`.trim(),
    })],
    next: view.reason(entry),
  }),
  object: (view, entry) => ({ links: [], next: view.cause(entry) }),
  file: (view, entry) => ({
    links: [draft(entry, entry.by === 'editor' ? 'saved' : 'written', { path: entry.path })],
    next: view.reason(entry),
  }),
  input: (_view, entry) => ({ links: [draft(entry, 'input')] }),
  limit: (view, entry) => ({
    links: [draft(entry, 'limit', { limit: entry.limit })], next: view.reason(entry),
  }),
}
