import { formatSeconds, signalName } from '../timeline/moment.ts'
import { draft, type Draft, type Of, type Telling } from './links.ts'
import {
  commandText, fieldsOf, hasRule, isSame, lastOf, type TraceView,
} from './trace-view.ts'

// How a container is stopped: signals, hooks, and the grace period.

export function tellSignal(view: TraceView, entry: Of<'signal'>): Telling {
  const cause = view.cause(entry)
  if (cause?.kind === 'stop') {
    const tell = entry.signal === 'SIGKILL' ? tellKill : stopSignal
    return tell(view, entry, cause)
  }
  const { because } = entry
  if (hasRule(because, 'pid1-ends-namespace')) {
    return { links: [draft(entry, 'killNamespace', pidOf(entry))], next: cause }
  }
  if (hasRule(because, 'oom-killed')) {
    return { links: [draft(entry, 'killMemory')], next: view.origin(entry) }
  }
  const links = [outcome(entry)]
  if (entry.sender === 'runtime') {
    return { links: [draft(entry, 'killTimeLimit', pidOf(entry))], next: view.origin(entry) }
  }
  if (entry.sender === 'terminal') links.push(draft(entry, 'sentByTerminal', named(entry)))
  if (cause?.kind === 'process-start' || cause?.kind === 'process-exec') {
    const command = commandText(cause.argv)
    links.push(draft(cause, 'sentByProcess', { ...named(entry), command }))
  }
  return { links, next: view.origin(entry), decisive: reactionOf(view, entry) }
}

const named = ({ signal, pid }: Of<'signal'>) => ({ signal: signalName(signal), pid: String(pid) })
const pidOf = ({ pid }: Of<'signal'>) => ({ pid: String(pid) })

const OUTCOMES = {
  handled: 'signalHandled', ignored: 'signalIgnored', fatal: 'signalFatal',
  'no-handler-pid1': 'signalNoHandler', stopped: 'signalStopped',
} as const

function outcome(entry: Of<'signal'>): Draft {
  return draft(entry, OUTCOMES[entry.outcome], named(entry))
}

/** What the main process is decides what it does with a signal. */
function reactionOf(view: TraceView, { id, target }: Of<'signal'>) {
  const entry = view.get(id)
  const start = entry && target && view.startOf(entry, target)
  return start?.because
}

/** The stop signal that the runtime sent first. */
function stopSignal(view: TraceView, entry: Of<'signal'>, stop: Of<'stop'>): Telling {
  return {
    links: [outcome(entry), ...startLink(view, entry)], next: stop,
    decisive: reactionOf(view, entry),
  }
}

function startLink(view: TraceView, entry: Of<'signal'>): readonly Draft[] {
  const start = entry.target && view.startOf(entry, entry.target)
  return start ? [draft(start, 'started', view.mainCommand(start))] : []
}

/** SIGKILL: the time was over, and this is what became of the signal before it. */
function tellKill(view: TraceView, entry: Of<'signal'>, stop: Of<'stop'>): Telling {
  const seconds = String(stop.seconds)
  const first = view.before(entry, 'signal', (one) => one.cause === stop.id)
  const links = [draft(entry, 'killGraceOver', { ...named(entry), seconds }, entry.because)]
  if (first) {
    const name = first.outcome === 'handled' ? 'signalHandledStays' : OUTCOMES[first.outcome]
    links.push(draft(first, name, named(first)))
  }
  return {
    links: [...links, ...startLink(view, entry)], next: stop, decisive: reactionOf(view, entry),
  }
}

export function tellStop(view: TraceView, entry: Of<'stop'>, isAsked: boolean): Telling {
  const grace = view.graceOf(entry)
  const signal = signalName(entry.signal)
  const total = String(grace?.seconds ?? entry.seconds)
  const values = { signal, seconds: String(entry.seconds), grace: total }
  const hook = view.cause(entry)
  const hookStart = hook && view.before(entry, 'hook-start', (one) =>
    one.hook === 'preStop' && isSame(one.target, entry.target))
  const links: Draft[] = []
  if (isAsked) links.push(draft(entry, 'stopAsked', values))
  if (hasRule(entry.because, 'minimum-stop-window-2s')) links.push(draft(entry, 'minimumWindow'))
  if (hasRule(entry.because, 'stop-signal-of-image')) {
    links.push(draft(entry, 'stopSignalOfImage', values))
  }
  if (hasRule(entry.because, 'hook-outlived-grace') && hook && hookStart) {
    links.push(draft(hook, 'hookOutlived', values, hookStart.because))
    return { links, next: grace, decisive: hookStart.because, overrules: true }
  }
  if (hasRule(entry.because, 'prestop-before-signal') && hookStart) {
    const spent = formatSeconds(Math.floor((entry.at - hookStart.at) / 1000) * 1000)
    links.push(draft(entry, 'stopAfterHook', { ...values, spent }, hookStart.because))
  }
  return { links, next: grace, decisive: undefined }
}

export function tellGrace(view: TraceView, entry: Of<'grace-start'>): Telling {
  const { because, target } = entry
  const seconds = String(entry.seconds)
  const reason = view.reason(entry)
  if (hasRule(because, 'liveness-kills') || hasRule(because, 'startup-kills')) {
    const probe = hasRule(because, 'liveness-kills') ? 'liveness' : 'startup'
    const threshold = fieldsOf(because).filter(({ field }) => field.endsWith('.failureThreshold'))
    const count = threshold[0]?.value ?? ''
    return { links: [
      draft(entry, 'graceBegan', { seconds, container: target.container }, because),
      draft(entry, 'probeKills', { probe, count }, threshold),
    ], next: reason, decisive: reason?.because, overrules: true }
  }
  if (hasRule(because, 'poststart-failed-kills')) {
    const start = reason && view.cause(reason)
    const links = [draft(entry, 'postStartKills')]
    return { links, next: reason, decisive: start?.because, overrules: true }
  }
  if (hasRule(because, 'definition-changed')) {
    return { links: [draft(entry, 'definitionChanged')], next: reason }
  }
  const command = view.command(entry)
  if (reason?.kind !== 'command' || !command) {
    const deadline = view.before(entry, 'event', (one) =>
      one.reason === 'DeadlineExceeded' && one.name === target.pod)
    const began = draft(entry, 'graceBegan', { seconds, container: target.container }, because)
    return { links: [began], next: deadline ?? reason, decisive: because }
  }
  return { links: [graceByCommand(entry, command)], decisive: because }
}

function graceByCommand(entry: Of<'grace-start'>, { line }: Of<'command'>): Draft {
  const { because } = entry
  const values = { command: commandText(line), seconds: String(entry.seconds) }
  if (hasRule(because, 'force-delete')) return draft(entry, 'graceForced', values)
  const [asked, spec] = fieldsOf(because)
  if (asked?.origin !== 'command') return draft(entry, 'graceByCommand', values, because)
  return draft(entry, 'graceAsked', { ...values, spec: spec?.value ?? '' }, spec ? [spec] : [])
}

/** What a hook runs; that it is run inside the container goes without saying. */
function handlerText(handler: string): string {
  return commandText(handler.replace(/^exec /, ''))
}

export function tellHookStart(view: TraceView, entry: Of<'hook-start'>): Telling {
  const { hook, handler, because } = entry
  const command = handlerText(handler)
  const name = hook === 'preStop' ? 'hookPreStop' : 'hookPostStart'
  return {
    links: [draft(entry, name, { command })], next: view.reason(entry), decisive: because,
  }
}

export function tellHookEnd(
  view: TraceView, entry: Of<'hook-end'>,
): Telling {
  const { hook, ok, exitCode, message = '' } = entry
  const start = view.cause(entry)
  const seconds = formatSeconds(entry.at - (start?.at ?? entry.at))
  const link = ok ? draft(entry, 'hookOk', { hook, seconds })
    : exitCode === undefined ? draft(entry, 'hookFailed', { hook, message: lastOf(message) })
      : draft(entry, 'hookFailedCode', { hook, code: String(exitCode) })
  const killed = exitCode === 137 ? hookKill(view, entry) : []
  const abandoned = view.before(entry, 'hook-abandoned', (one) =>
    one.hook === hook && isSame(one.target, entry.target) && one.at >= (start?.at ?? 0))
  const outlived = abandoned ? tellAbandoned(view, abandoned).links.slice(0, 1) : []
  return { links: [link, ...killed, ...outlived], next: start }
}

/** A hook that ended because its container did. */
function hookKill(view: TraceView, entry: Of<'hook-end'>): readonly Draft[] {
  const kill = view.before(entry, 'signal', (one) => isSame(one.target, entry.target)
    && hasRule(one.because, 'pid1-ends-namespace'))
  return kill ? [draft(kill, 'killNamespace', pidOf(kill))] : []
}

export function tellAbandoned(view: TraceView, entry: Of<'hook-abandoned'>): Telling {
  const grace = view.graceOf(entry)
  const start = view.before(entry, 'hook-start', (one) =>
    one.hook === entry.hook && isSame(one.target, entry.target))
  const links = [draft(entry, 'hookOutlived', { grace: String(grace?.seconds ?? '') })]
  if (start) {
    const command = handlerText(start.handler)
    links.push(draft(start, 'hookPreStop', { command }))
  }
  return { links, next: grace, decisive: start?.because }
}
