import { formatMoment } from '../timeline/moment.ts'
import type { HookRun } from '../timeline/pod-life.ts'
import { overOf } from './moment-difference.ts'
import { phrase, type Both, type Phrase } from './phrase.ts'
import {
  magnitude, notYetValue, notYetWhy, noneValue, SAME_MILLIS, tenths, type Found,
  type RunSubject,
} from './subject.ts'

type Hooks = Both<HookRun | null>

/** What came of the hooks, and how long they took. */
export function hookDifferences(subject: RunSubject): readonly Found[] {
  return (['postStart', 'preStop'] as const).flatMap((hook) => {
    const find = (side: 'a' | 'b') => subject.runs[side]?.hooks.find((one) => one.hook === hook)
    const found = difference(subject, { a: find('a') ?? null, b: find('b') ?? null })
    return found ? [{ ...found, title: phrase('title', 'hook', { hook }) }] : []
  })
}

function difference(subject: RunSubject, hooks: Hooks): Omit<Found, 'title'> | null {
  const { a, b } = hooks
  if (!a && !b) return null
  const values = outcomes(subject, hooks)
  const isSame = values.a.name === values.b.name && values.a.values.code === values.b.values.code
  const common = {
    object: subject.object, laterMillis: null,
    anchors: { a: a?.entry ?? null, b: b?.entry ?? null },
  }
  if (!isSame) return { ...common, from: values.a, to: values.b, why: why(subject, hooks) }
  if (!a || !b) return null
  const [tookA, tookB] = [awaited(a), awaited(b)]
  if (tookA === null || tookB === null || Math.abs(tookB - tookA) < SAME_MILLIS) return null
  const took = { a: tookA, b: tookB }
  const seconds = (millis: number) =>
    phrase('value', 'seconds', { seconds: tenths(millis) })
  return {
    ...common, from: seconds(took.a), to: seconds(took.b), why: whyLonger(subject, hooks, took),
  }
}

/** How long the kubelet waited for it. */
function awaited(hook: HookRun): number | null {
  const end = hook.abandoned?.at ?? hook.to
  return end === null ? null : end - hook.from
}

function outcomes({ lives, runs }: RunSubject, hooks: Hooks): Both<Phrase<'value'>> {
  const value = (side: 'a' | 'b') => {
    const hook = hooks[side]
    const isOver = runs[side]?.to !== null || lives[side].gone !== null
    if (!hook) return isOver ? noneValue : notYetValue
    if (hook.exitCode !== null) return phrase('value', 'exit', { code: String(hook.exitCode) })
    if (hook.to !== null) return phrase('value', hook.ok ? 'succeeded' : 'failed')
    return hook.abandoned ? phrase('value', 'abandoned') : notYetValue
  }
  return { a: value('a'), b: value('b') }
}

function why(subject: RunSubject, { a, b }: Hooks): Phrase<'why'> {
  const { traces } = subject
  const over = overOf(subject)
  if (!a) return over.a ? onlyIn(traces.b.name) : notYetWhy(traces.a)
  if (!b) return over.b ? onlyIn(traces.a.name) : notYetWhy(traces.b)
  if (b.abandoned && !a.abandoned) return abandoned(subject, b, b.abandoned.at)
  if (a.abandoned && !b.abandoned && b.to !== null) {
    return phrase('why', 'hookInTime', { branch: traces.b.name, seconds: magnitude(b.to - b.from) })
  }
  if (a.to === null) return notYetWhy(traces.a)
  if (b.to === null) return notYetWhy(traces.b)
  return phrase('why', 'hookCode')
}

const onlyIn = (branch: string) => phrase('why', 'hookOnly', { branch })

/** Without a word at that moment; the event comes when the hook is dead. */
function abandoned({ traces, lives }: RunSubject, hook: HookRun, at: number): Phrase<'why'> {
  const moment = formatMoment(at)
  const event = lives.b.events.find((mark) => mark.name === 'FailedPreStopHook' && mark.at >= at)
  if (hook.to === null) return phrase('why', 'hookLeft', { moment })
  if (!event) return phrase('why', 'hookKilled', { moment, branch: traces.b.name })
  return phrase('why', 'hookKilledEvent', { moment, event: event.name })
}

function whyLonger(subject: RunSubject, { a, b }: Hooks, took: Both<number>): Phrase<'why'> {
  if (a?.abandoned && b?.abandoned) return phrase('why', 'hookCut')
  const by = took.b - took.a
  const signal = subject.runs.b?.stop?.signal
  const seconds = magnitude(by)
  if (signal && b?.hook === 'preStop') {
    return phrase('why', by > 0 ? 'hookLongerSignal' : 'hookShorterSignal', { seconds, signal })
  }
  return phrase('why', by > 0 ? 'hookLonger' : 'hookShorter', { seconds })
}
