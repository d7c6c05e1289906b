import type { TimelineEntry } from '../../server/protocol.ts'
import { draft, type Of, type SentenceName, type Telling } from './links.ts'
import { commandText, cut, fieldsOf, hasRule, type TraceView } from './trace-view.ts'

// What kubectl shows of a pod, and the events about it.

/** The sentence for a status word; of others only where it came from is told. */
const STATUSES: Readonly<Record<string, SentenceName>> = {
  Terminating: 'statusTerminating', Running: 'statusRunning', Pending: 'statusPending',
  ContainerCreating: 'statusCreating', PodInitializing: 'statusCreating',
  Completed: 'statusEnded', Error: 'statusEnded', OOMKilled: 'statusEnded',
  StartError: 'statusEnded',
}

export function tellStatus(view: TraceView, entry: Of<'pod-status'>): Telling {
  const { status, pod } = entry
  if (status === '') return { links: [draft(entry, 'gone', { pod })], next: view.reason(entry) }
  const name = STATUSES[status] ?? (isWaiting(status) ? 'statusWaiting' : 'statusOther')
  return { links: [draft(entry, name, { status })], next: behind(view, entry) }
}

function isWaiting(status: string): boolean {
  return /BackOff$|^Err|Error$|^InvalidImageName$|^Init:/.test(status)
}

/** What explains the word best: the status itself was written a moment later, with other news. */
function behind(view: TraceView, entry: Of<'pod-status'>): TimelineEntry | undefined {
  const { status, podUid, pod } = entry
  const word = status.replace(/^Init:/, '')
  const warning = (named?: string) => view.before(entry, 'event', (one) =>
    one.type === 'Warning' && one.name === pod && one.reason === (named ?? one.reason))
  switch (word) {
    case 'Completed': case 'Error': case 'OOMKilled': case 'StartError':
      return view.before(entry, 'container-exited', ({ target }) => target.podUid === podUid)
        ?? view.reason(entry)
    case 'CrashLoopBackOff':
      return view.before(entry, 'event', ({ reason, name }) => reason === 'BackOff' && name === pod)
        ?? view.reason(entry)
    case 'ErrImagePull': case 'ImagePullBackOff':
      return view.before(entry, 'pull-end', ({ target }) => target.podUid === podUid)
        ?? view.reason(entry)
    case 'PostStartHookError':
      return view.before(entry, 'hook-end', ({ target, ok }) => target.podUid === podUid && !ok)
    case 'ErrImageNeverPull': case 'InvalidImageName': case 'CreateContainerConfigError':
    case 'CreateContainerError': case 'RunContainerError':
      return warning(word) ?? warning() ?? view.reason(entry)
    default: return view.reason(entry)
  }
}

export function tellEvent(view: TraceView, entry: Of<'event'>): Telling {
  const because = view.becauseOf(entry)
  const reason = view.reason(entry)
  const decisive = because.length > 0 ? because : undefined
  const recorded = draft(entry, 'event', {
    from: entry.from, reason: entry.reason, message: cut(entry.message),
  })
  if (hasRule(because, 'no-node-fits')) {
    const links = [recorded, draft(entry, 'noNodeFits', {}, because)]
    return { links, next: reason, decisive }
  }
  if (hasRule(because, 'crash-back-off')) {
    return { links: [draft(entry, 'crashBackOff', {}, because)], next: reason }
  }
  if (hasRule(because, 'pull-back-off')) {
    return { links: [draft(entry, 'pullBackOff')], next: pullOf(view, entry) ?? reason, decisive }
  }
  if (hasRule(because, 'active-deadline-over')) {
    const seconds = fieldsOf(because)[0]?.value ?? ''
    return { links: [draft(entry, 'deadline', { seconds }, because)], next: reason, decisive }
  }
  const better = betterTold(view, entry, reason)
  if (better) return { links: [], next: better, decisive }
  return { links: [recorded], next: reason, decisive }
}

/** What the event is about, where that says more than the event. */
function betterTold(
  view: TraceView, entry: Of<'event'>, reason: TimelineEntry | undefined,
): TimelineEntry | undefined {
  if (entry.reason === 'Killing') return graceAfter(view, entry)
  if (entry.reason === 'Started') return reason?.kind === 'container-started' ? reason : undefined
  if (entry.reason === 'Failed') {
    const pull = pullOf(view, entry)
    return pull?.at === entry.at ? pull : undefined
  }
  return reason?.kind === 'probe' || reason?.kind === 'hook-end' ? reason : undefined
}

function pullOf(view: TraceView, entry: Of<'event'>): Of<'pull-end'> | undefined {
  return view.before(entry, 'pull-end', ({ target }) => target.pod === entry.name)
}

/** The grace period begins right after the event that announces it. */
function graceAfter(view: TraceView, entry: Of<'event'>): Of<'grace-start'> | undefined {
  const found = view.after(entry, 'grace-start', ({ target }) =>
    target.pod === entry.name && entry.field?.endsWith(`{${target.container}}`) === true)
  return found?.at === entry.at ? found : undefined
}

export function tellCommandEnd(view: TraceView, entry: Of<'command-end'>): Telling {
  const { line, exitCode } = entry
  const ended = draft(entry, 'commandEnded', {
    command: commandText(line), code: String(exitCode),
  })
  const gone = /\bdelete\b/.test(line)
    ? view.before(entry, 'pod-status', (one) => one.status === '') : undefined
  if (gone && entry.at - gone.at < 1_000) {
    return { links: [ended, draft(gone, 'waitedForGone')], next: gone }
  }
  return { links: [ended], next: view.cause(entry) }
}

export function tellCommand(entry: Of<'command'>): Telling {
  return { links: [draft(entry, 'command', { command: commandText(entry.line) })] }
}
