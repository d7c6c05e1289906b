import { formatMoment, formatSeconds } from '../timeline/moment.ts'
import type { Run, SignalMark } from '../timeline/pod-life.ts'
import { momentDifference, overOf } from './moment-difference.ts'
import { both, phrase, type Both, type Phrase } from './phrase.ts'
import { laterMillis, magnitude, SAME_MILLIS, type Found, type RunSubject } from './subject.ts'

type Reaction = 'Ignored' | 'Handled' | 'Fatal'

/** What came of a signal, as far as it matters here. */
export function reactionTo(signal: SignalMark): Reaction {
  switch (signal.outcome) {
    case 'ignored':
    case 'no-handler-pid1': return 'Ignored'
    case 'fatal': return 'Fatal'
    case 'handled':
    case 'stopped': return 'Handled'
  }
}

/** The stop signal as the main process got it. */
export function stopSignalOf(run: Run | null): SignalMark | null {
  const name = run?.stop?.signal
  const isFor = (signal: SignalMark) => signal.signal === name && signal.at >= (run?.stop?.at ?? 0)
  return run?.process?.signals.find(isFor) ?? null
}

function killOf(run: Run | null): SignalMark | null {
  return run?.process?.signals.find(({ signal }) => signal === 'SIGKILL') ?? null
}

/** SIGTERM: when it came, and what the process made of it. */
export function signalDifference(subject: RunSubject): Found | null {
  const moments = both(subject.runs, stopSignalOf)
  const signal = moments.b?.signal ?? moments.a?.signal ?? ''
  const title = phrase('title', 'signal', { signal })
  const { a, b } = moments
  const isMoved = a && b && Math.abs(laterMillis(subject, a, b)) >= SAME_MILLIS
  if (a && b && !isMoved) return reactionDifference(subject, title, { a, b })
  return momentDifference(subject, {
    title, moments, over: overOf(subject),
    moved: (later, at) => movedSignal(later, at.a.entry === a?.entry ? { a, b: b ?? a } : null),
    missing: (side) =>
      phrase('why', 'signalMissing', { branch: subject.traces[side].name, signal }),
  })
}

function movedSignal(later: number, signals: Both<SignalMark> | null): Phrase<'why'> {
  const seconds = magnitude(later)
  if (!signals) return phrase('why', later > 0 ? 'later' : 'earlier', { seconds })
  const reaction = reactionTo(signals.b)
  if (reactionTo(signals.a) !== reaction) return phrase('why', `signal${reaction}`)
  return phrase('why', `${later > 0 ? 'later' : 'earlier'}${reaction}`, { seconds })
}

/** At the same moment, but with another effect. */
function reactionDifference(
  { object }: RunSubject, title: Phrase<'title'>, signals: Both<SignalMark>,
): Found | null {
  const { a, b } = both(signals, reactionTo)
  if (a === b) return null
  const values = { Ignored: 'ignored', Handled: 'handled', Fatal: 'fatal' } as const
  return {
    title, object, from: phrase('value', values[a]), to: phrase('value', values[b]),
    why: phrase('why', `signal${b}`), laterMillis: null,
    anchors: { a: signals.a.entry, b: signals.b.entry },
  }
}

/** SIGKILL: when, or why it was not needed. */
export function killDifference(subject: RunSubject): Found | null {
  const { runs, traces } = subject
  const stops = both(runs, (run) => run?.stop ?? null)
  return momentDifference(subject, {
    title: phrase('title', 'signal', { signal: 'SIGKILL' }),
    moments: both(runs, killOf), over: overOf(subject),
    moved: () => {
      const { a, b } = stops
      const isLeast = both({ a: traces.a, b: traces.b }, (trace) =>
        trace.isDecidedBy((trace === traces.b ? b : a)?.entry, 'minimum-stop-window-2s'))
      if (b && isLeast.b && !isLeast.a) {
        return phrase('why', 'killLeast', { moment: formatMoment(b.at) })
      }
      return whyKilledThen(runs)
    },
    missing: (side) => missingKill(subject, side),
  })
}

/** Between the stop signal and SIGKILL lies what was left of the grace period. */
function whyKilledThen(runs: Both<Run | null>): Phrase<'why'> {
  const left = both(runs, (run) => {
    const kill = killOf(run)
    return run?.stop && kill ? kill.at - run.stop.at : null
  })
  const signal = runs.b?.stop?.signal ?? 'SIGTERM'
  if (left.a === null || left.b === null) return phrase('why', 'killAlone')
  const to = formatSeconds(left.b)
  return Math.abs(left.b - left.a) < SAME_MILLIS
    ? phrase('why', 'killMoved', { seconds: to, signal })
    : phrase('why', 'killLeft', { from: formatSeconds(left.a), to, signal })
}

function missingKill({ runs, traces }: RunSubject, side: 'a' | 'b'): Phrase<'why'> {
  const killed = runs[side === 'a' ? 'b' : 'a']
  const spared = runs[side]
  if (side === 'a' && killed?.stop) {
    const kill = killOf(killed)
    const seconds = formatSeconds((kill?.at ?? killed.stop.at) - killed.stop.at)
    return phrase('why', 'killStill', { seconds, signal: killed.stop.signal })
  }
  const branch = traces[side].name
  if (!spared?.stop || spared.to === null) return phrase('why', 'killItself', { branch })
  return phrase('why', 'killNotNeeded', {
    branch, seconds: formatSeconds(spared.to - spared.stop.at), signal: spared.stop.signal,
  })
}

/** How the container ended. */
export function exitDifference(subject: RunSubject): Found | null {
  const { runs, object } = subject
  const codes = both(runs, (run) => run?.exitCode ?? null)
  if (codes.a === codes.b) return null
  // What has not ended yet has no code: its end is told as the moment that it is.
  if (codes.a === null || codes.b === null) return null
  const value = (code: number) => phrase('value', 'exit', { code: String(code) })
  return {
    title: phrase('title', 'exit'), object, from: value(codes.a), to: value(codes.b),
    why: whyExit(runs.b),
    anchors: { a: runs.a?.endEntry ?? null, b: runs.b?.endEntry ?? null }, laterMillis: null,
  }
}

/** Numbers that Linux gives the signals that end containers. */
const NUMBERS: Readonly<Record<string, number>> = {
  SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGKILL: 9, SIGUSR1: 10, SIGUSR2: 12, SIGTERM: 15,
}

function whyExit(run: Run | null): Phrase<'why'> {
  const last = run?.process?.signals.findLast(({ outcome }) => outcome === 'fatal')
  const number = last && NUMBERS[last.signal]
  if (last && number !== undefined && run?.exitCode === 128 + number) {
    return phrase('why', 'exitSignal', { signal: last.signal, number: String(number) })
  }
  return phrase('why', 'exitItself')
}
