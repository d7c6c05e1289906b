import type { TimelineEntry } from '../../server/protocol.ts'
import type { Told } from './facts.ts'
import type { LifeDrafts } from './life-draft.ts'
import {
  readExec, readExited, readGrace, readHookEnd, readHookStart, readProcessEnd, readProcessStart,
  readPull, readSignal, readStarted, readStatus, readStop,
} from './life-draft.ts'
import { signalName } from './moment.ts'
import type { PointMark } from './pod-life.ts'
import type { Seen } from './seen.ts'

// The table of entry kinds: for each, what the picture draws of it, how a life reads it, and the
// sentence that tells it in the list and at the pointer. Another kind in the trace is another row
// here, and a shape in `shapes.tsx` if it is a new mark. What has no row here does not compile.

export type Kind = TimelineEntry['kind']

/** Entries of one kind. */
export type Of<K extends Kind, E = TimelineEntry> = E extends { readonly kind: infer EK }
  ? K extends EK
    ? E & { readonly kind: K }
    : never
  : never

interface Sentence {
  /** Null: there is nothing to say. */
  readonly told: Told | null
  /** It goes without saying: at the pointer, but not in the list. */
  readonly quiet?: boolean
}

type Point = Omit<PointMark, 'entry' | 'at' | 'told'>

type Tell<E> = (entry: E, seen: Seen) => Sentence

/** `span`: it begins, ends or changes something that lasts. `mark`: it is a point of its own. */
export type KindRow<E> =
  | { readonly drawn: 'nothing'; readonly tell: Tell<E> }
  | {
      readonly drawn: 'span'
      readonly tell: Tell<E>
      readonly read: (drafts: LifeDrafts, entry: E) => void
    }
  | {
      readonly drawn: 'mark'
      readonly tell: Tell<E>
      readonly place: (drafts: LifeDrafts, entry: E) => PointMark[] | undefined
      readonly mark: (entry: E) => Point
    }

const say = (name: Told['name'], values: Told['values'], quiet = false): Sentence => ({
  told: { name, values },
  quiet,
})
const silent: Sentence = { told: null }

/** Whoever is not the container's first process is told at the pointer only. */
const mainOnly = (
  entry: Of<'process-start'> | Of<'process-exec'> | Of<'process-end'>, sentence: Sentence,
): Sentence => (entry.role === 'main' ? sentence : { ...sentence, quiet: true })

const SIGNAL_FACTS = {
  handled: 'signalHandled', ignored: 'signalIgnored', fatal: 'signalFatal',
  'no-handler-pid1': 'signalNoHandler', stopped: 'signalStopped',
} as const

/** kubectl's way to name a code: the rest of the message says no more. */
const statusCode = /statuscode: (\d+)$/

export const kinds: { readonly [K in Kind]: KindRow<Of<K>> } = {
  input: { drawn: 'nothing', tell: () => silent },
  request: { drawn: 'nothing', tell: () => silent },
  object: { drawn: 'nothing', tell: () => silent },
  command: {
    drawn: 'nothing',
    tell: ({ tab, line, at }, seen) => {
      seen.begins(tab, at)
      return say('command', { tab, line })
    },
  },
  'command-end': {
    drawn: 'nothing',
    tell: ({ line, exitCode, at, tab }, seen) =>
      say('commandEnd', { line, code: String(exitCode) }, seen.endsQuietly(tab, at, exitCode)),
  },
  'pod-status': {
    drawn: 'span',
    read: readStatus,
    tell: ({ pod, status, ready }) =>
      status === '' ? say('gone', { pod }) : say('status', { pod, status, ready }),
  },
  event: {
    drawn: 'mark',
    place: (drafts, { objectKind, namespace, name }) =>
      objectKind === 'Pod' ? drafts.named(namespace, name)?.events : undefined,
    mark: ({ type, reason }) => ({
      kind: type === 'Warning' ? 'warning' : 'event', bad: type === 'Warning', name: reason,
      texts: [reason],
    }),
    tell: ({ type, reason, message, name }) =>
      say(type === 'Warning' ? 'warning' : 'event', { reason, message, object: name }),
  },
  'pull-start': {
    drawn: 'span', read: readPull,
    tell: ({ image }) => say('pullStart', { image }),
  },
  'pull-end': {
    drawn: 'span', read: readPull,
    tell: ({ image, error }) =>
      error === undefined
        ? say('pullDone', { image }, true)
        : say('pullFailed', { image, message: error }),
  },
  'container-created': { drawn: 'nothing', tell: () => silent },
  'container-started': {
    drawn: 'span', read: readStarted,
    tell: ({ target }) => say('started', { container: target.container }),
  },
  'container-exited': {
    drawn: 'span', read: readExited,
    tell: ({ target: { container }, exitCode, reason }) =>
      say('exited', { container, code: String(exitCode), reason }),
  },
  'hook-start': {
    drawn: 'span', read: readHookStart,
    tell: ({ hook, handler }) => say('hookStart', { hook, handler }),
  },
  'hook-end': {
    drawn: 'span', read: readHookEnd,
    tell: ({ hook, ok, message }) =>
      ok ? say('hookOk', { hook }) : say('hookFailed', { hook, message: message ?? '' }),
  },
  'hook-abandoned': {
    drawn: 'span', read: readHookEnd,
    tell: ({ hook }) => say('hookAbandoned', { hook }),
  },
  'grace-start': {
    drawn: 'span', read: readGrace,
    tell: ({ target: { container }, seconds }) =>
      say('graceStart', { container, seconds: String(seconds) }),
  },
  stop: {
    drawn: 'span', read: readStop,
    tell: ({ target: { container }, signal, seconds }) =>
      say('stop', { container, signal: signalName(signal), seconds: String(seconds) }),
  },
  probe: {
    drawn: 'mark',
    place: (drafts, { target }) => drafts.container(target).marks.probe,
    mark: ({ probe, result, output }) => ({
      kind: result === 'success' ? 'probe' : 'probe-failed', bad: result !== 'success',
      name: probe, texts: result === 'success' ? [] : [output, statusCode.exec(output)?.[1] ?? ''],
    }),
    tell: ({ target, probe, result, output }, seen) => {
      const recovered = seen.probed(`${target.podUid}/${target.container}/${probe}`, result)
      if (result !== 'success') return say('probeFailed', { probe, output })
      return recovered ? say('probeRecovered', { probe }) : say('probePassed', { probe }, true)
    },
  },
  'process-start': {
    drawn: 'span', read: readProcessStart,
    tell: (entry) =>
      mainOnly(entry, say('mainStart', { command: entry.argv.join(' '), pid: String(entry.pid) })),
  },
  'process-exec': {
    drawn: 'span', read: readExec,
    tell: (entry) =>
      mainOnly(entry, say('mainExec', { command: entry.argv.join(' '), pid: String(entry.pid) })),
  },
  'process-end': {
    drawn: 'span', read: readProcessEnd,
    tell: (entry) =>
      mainOnly(entry, say('mainEnd', { pid: String(entry.pid), code: String(entry.exitCode) })),
  },
  signal: {
    drawn: 'span', read: readSignal,
    tell: ({ signal, outcome, pid, target }) => {
      const values = { signal: signalName(signal), pid: String(pid) }
      return target ? say(SIGNAL_FACTS[outcome], values) : silent
    },
  },
  log: {
    drawn: 'mark',
    place: (drafts, { target }) => drafts.container(target).marks.log,
    mark: ({ stream, text }) => ({ kind: 'log', bad: false, name: stream, texts: [text] }),
    tell: ({ target: { container }, text }) => say('log', { container, text }, true),
  },
  file: {
    drawn: 'nothing',
    tell: ({ by, path }) => say(by === 'editor' ? 'saved' : 'changed', { path }),
  },
  limit: {
    drawn: 'nothing',
    tell: ({ limit }) => say('limit', { limit }),
  },
}

