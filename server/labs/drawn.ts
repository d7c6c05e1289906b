import type { Entry, EntryKind } from '../../simulator/trace/entries.ts'
import type { RunUntil } from '../protocol.ts'
import type { Noticed } from './run.ts'

/** What the timeline draws as a happening; probes are judged by what they change. */
const happenings: Readonly<Record<Exclude<EntryKind, 'probe'>, boolean>> = {
  'input': false,
  'command': false,
  'command-end': true,
  'request': false,
  'object': false,
  'pod-status': true,
  'event': true,
  'pull-start': true,
  'pull-end': true,
  'container-created': false,
  'container-started': true,
  'container-exited': true,
  'hook-start': true,
  'hook-end': true,
  'hook-abandoned': true,
  'grace-start': true,
  'stop': true,
  'process-start': false,
  'process-exec': false,
  'process-end': false,
  'signal': true,
  'log': false,
  'file': false,
  'limit': true,
}

/** Reads a trace from its beginning and says of each entry whether it is a happening. */
export class Drawn {
  private readonly failing = new Map<string, boolean>()

  takes(entry: Entry): boolean {
    return entry.kind === 'probe' ? this.changes(entry) : happenings[entry.kind]
  }

  /** The first failure, and every result that is not as the last one; not each success. */
  private changes({ target, probe, result }: Extract<Entry, { kind: 'probe' }>): boolean {
    const key = `${target.podUid}/${target.container}/${probe}`
    const fails = result !== 'success'
    const changed = fails !== (this.failing.get(key) ?? false)
    this.failing.set(key, fails)
    return changed
  }
}

/** Whether this is what time was to run to. */
export function isSought(until: RunUntil, { entry, isDrawn, ticks }: Noticed): boolean {
  switch (until) {
    case 'next-event': return isDrawn
    case 'hook-start': return entry.kind === 'hook-start'
    case 'hook-end': return entry.kind === 'hook-end' || entry.kind === 'hook-abandoned'
    case 'sigterm': return isStopSignal(entry)
    case 'sigkill': return isContainerSignal(entry) && entry.signal === 'SIGKILL'
    case 'container-exit': return entry.kind === 'container-exited'
    case 'pod-gone': return entry.kind === 'pod-status' && entry.status === ''
    case 'step-done': return ticks
  }
}

/** SIGTERM, or what the runtime sends in its place: nginx is asked to stop with SIGQUIT. */
function isStopSignal(entry: Entry): boolean {
  if (!isContainerSignal(entry)) return false
  return entry.signal === 'SIGTERM' || (entry.sender === 'runtime' && entry.signal !== 'SIGKILL')
}

/** A signal in a container; Ctrl-C in a terminal is none. */
function isContainerSignal(entry: Entry): entry is Extract<Entry, { kind: 'signal' }> {
  return entry.kind === 'signal' && entry.target !== undefined
}
