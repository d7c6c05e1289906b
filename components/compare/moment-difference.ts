import type { Moment } from './branch-trace.ts'
import { both, type Both, type Phrase } from './phrase.ts'
import {
  isOver, laterMillis, momentValue, notYetValue, notYetWhy, noneValue, SAME_MILLIS,
  type Found, type PodSubject, type RunSubject,
} from './subject.ts'

interface Asked {
  readonly title: Phrase<'title'>
  readonly moments: Both<Moment | null>
  /** That it cannot come any more. */
  readonly over: Both<boolean>
  /** Both have it, at different moments. */
  readonly moved: (laterMillis: number, moments: Both<Moment>) => Phrase<'why'>
  /** Only the first, or only the second has it, and the other never will. */
  readonly missing: (missingIn: 'a' | 'b') => Phrase<'why'>
}

/** A moment that both branches may have: moved, missing in one, or not yet come. */
export function momentDifference(subject: PodSubject, asked: Asked): Found | null {
  const { a, b } = asked.moments
  if (!a && !b) return null
  const later = a && b ? laterMillis(subject, a, b) : null
  if (later !== null && Math.abs(later) < SAME_MILLIS) return null
  const missing = a ? 'b' : 'a'
  const why = a && b && later !== null ? asked.moved(later, { a, b })
    : asked.over[missing] ? asked.missing(missing) : notYetWhy(subject.traces[missing])
  return {
    title: asked.title, object: subject.object,
    from: valueOf(subject, 'a', asked), to: valueOf(subject, 'b', asked), why,
    anchors: { a: a?.entry ?? null, b: b?.entry ?? null }, laterMillis: later,
  }
}

function valueOf(subject: PodSubject, side: 'a' | 'b', asked: Asked): Phrase<'value'> {
  const moment = asked.moments[side]
  if (moment) return momentValue(subject, side, moment)
  return asked.over[side] ? noneValue : notYetValue
}

export function overOf({ lives, runs }: RunSubject): Both<boolean> {
  return { a: isOver(lives.a, runs.a), b: isOver(lives.b, runs.b) }
}

export function goneOf({ lives }: PodSubject): Both<boolean> {
  return both(lives, ({ gone }) => gone !== null)
}
