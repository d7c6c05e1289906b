import { signalName } from '../timeline/moment.ts'
import { draft, type Draft, type Of, type Telling } from './links.ts'
import { commandText, cut, fieldsOf, isSame, lastOf, type TraceView } from './trace-view.ts'

// How a container runs: its start and end, its processes, its images and probes.

/** On the way back a start is the end of the story; a restart asked about has one before it. */
export function tellStarted(
  view: TraceView, entry: Of<'container-started'>, isAsked: boolean,
): Telling {
  const main = view.mainCommand(entry)
  if (entry.attempt === 0 || !isAsked) {
    return { links: [draft(entry, 'started', main)], decisive: entry.because }
  }
  const created = view.cause(entry)
  const [policy] = fieldsOf(created?.because)
  const links = [draft(entry, 'startedAgain', { ...main, count: String(entry.attempt) })]
  if (created && policy) {
    links.push(draft(created, 'restartPolicy', { policy: policy.value }, [policy]))
  }
  const next = created && view.reason(created)
  return { links: [...links, ...waited(view, entry)], next }
}

/** The kubelet had waited before this start. */
function waited(view: TraceView, entry: Of<'container-started'>): readonly Draft[] {
  const exit = view.before(entry, 'container-exited', ({ target }) => isSame(target, entry.target))
  const wait = exit && view.before(entry, 'event', (one) =>
    one.reason === 'BackOff' && one.name === entry.target.pod && one.id > exit.id)
  return wait ? [draft(wait, 'crashBackOff')] : []
}

export function tellExited(view: TraceView, entry: Of<'container-exited'>): Telling {
  const cause = view.cause(entry)
  const code = String(entry.exitCode)
  const start = view.startOf(entry, entry.target)
  const pid = start ? view.mainCommand(start).pid : '1'
  const decisive = start?.because ?? entry.because
  if (entry.reason === 'StartError') {
    return { links: [draft(entry, 'exitNotStarted', { code })], decisive: entry.because }
  }
  if (entry.reason === 'OOMKilled') {
    return { links: [draft(entry, 'exitMemory', { code }), ...startLink(view, start)], decisive }
  }
  if (cause?.kind === 'signal') {
    const number = String(entry.exitCode - 128)
    const values = { signal: signalName(cause.signal), pid: String(cause.pid), code, number }
    const isKilled = cause.outcome === 'fatal'
    const link = draft(entry, isKilled ? 'exitBySignal' : 'exitAfterSignal', values)
    return { links: [link], next: cause }
  }
  return { links: [draft(entry, 'exitItself', { code, pid }), ...startLink(view, start)], decisive }
}

function startLink(
  view: TraceView, start: Of<'container-started'> | undefined,
): readonly Draft[] {
  return start ? [draft(start, 'started', view.mainCommand(start))] : []
}

export function tellProbe(view: TraceView, entry: Of<'probe'>): Telling {
  const { probe, because } = entry
  const output = cut(entry.output)
  const [, period] = fieldsOf(because)
  const link = entry.result === 'success' ? draft(entry, 'probePassed', { probe })
    : output === '' ? draft(entry, 'probeFailedSilent', { probe })
      : draft(entry, 'probeFailed', { probe, output })
  const asks = draft(
    entry, 'probeAsked', { probe, seconds: period?.value ?? '' }, period && [period],
  )
  return { links: [link, asks], next: view.reason(entry), decisive: because }
}

export function tellPullEnd(view: TraceView, entry: Of<'pull-start'> | Of<'pull-end'>): Telling {
  const { kind, image } = entry
  const start = kind === 'pull-end' ? view.cause(entry) : entry
  if (kind === 'pull-start') {
    const policy = fieldsOf(entry.because).find(({ field }) => field.endsWith('imagePullPolicy'))
    const values = { image, policy: policy?.value ?? '' }
    const link = draft(entry, 'pullStart', values, policy && [policy])
    return { links: [link], next: view.reason(entry), decisive: entry.because }
  }
  const message = lastOf('error' in entry ? entry.error ?? '' : '')
  const link = message === '' ? draft(entry, 'pullDone', { image })
    : draft(entry, 'pullFailed', { image, message })
  return { links: [link], next: start }
}

export function tellProcess(
  view: TraceView, entry: Of<'process-start'> | Of<'process-exec'>,
): Telling {
  const values = { pid: String(entry.pid), command: commandText(entry.argv) }
  const { target } = entry
  if (entry.role === 'main' && target) {
    const next = view.startOf(entry, target)
    if (next?.at === entry.at) return { links: [], next }
  }
  const name = entry.kind === 'process-exec' ? 'processBecame' : 'processStarted'
  const cause = view.reason(entry)
  return { links: [draft(entry, name, values)], next: cause }
}

export function tellProcessEnd(view: TraceView, entry: Of<'process-end'>): Telling {
  const { target } = entry
  if (entry.role === 'main' && target) {
    const exit = view.after(entry, 'container-exited', (one) => isSame(one.target, target))
    if (exit?.at === entry.at) return { links: [], next: exit }
  }
  const values = {
    pid: String(entry.pid), command: commandText(entry.argv), code: String(entry.exitCode),
  }
  return { links: [draft(entry, 'processEnded', values)], next: view.reason(entry) }
}

export function tellLog(view: TraceView, entry: Of<'log'>): Telling {
  const { target: { container }, text } = entry
  return {
    links: [draft(entry, 'log', { container, command: commandText(text) })],
    next: view.reason(entry),
  }
}
