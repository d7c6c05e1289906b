import type { PodLife, PointMark } from '../timeline/pod-life.ts'
import { both, phrase, type Both } from './phrase.ts'
import { noneValue, type Found, type PodSubject, type RunSubject } from './subject.ts'

/** More would drown what matters. */
const MOST_EVENTS = 12

/** How often the container was started again. */
export function restartDifference({ runs, lives, container, object }: RunSubject): Found | null {
  const last = both(lives, (life) =>
    life.containers.find(({ name }) => name === container)?.runs.at(-1) ?? null)
  const counts = both(last, (run) => run?.attempt ?? 0)
  if (counts.a === counts.b || !runs.a || !runs.b) return null
  const values = both(counts, String)
  return {
    title: phrase('title', 'restarts'), object,
    from: phrase('value', 'count', { count: values.a }),
    to: phrase('value', 'count', { count: values.b }),
    why: phrase('why', 'restarts', { from: values.a, to: values.b }),
    anchors: both(last, (run) => run?.entry ?? null), laterMillis: null,
  }
}

/** Failures of each probe after the fork. */
export function probeDifferences(subject: RunSubject): readonly Found[] {
  const { lives, container, forkMillis } = subject
  const marks = both(lives, (life) =>
    life.containers.find(({ name }) => name === container)?.marks.probe
      .filter((mark) => mark.kind === 'probe-failed' && mark.at >= forkMillis) ?? [])
  return countDifferences(subject, marks, 'probe')
}

/** Events that only one of them has; those that tell the same as another difference are left out. */
export function eventDifferences(
  subject: PodSubject, isTold: (event: string) => boolean,
): readonly Found[] {
  const events = both(subject.lives, (life) => eventsOf(life, subject.forkMillis, isTold))
  const has = both(events, (marks) => new Set(marks.map(({ name }) => name)))
  const only = {
    a: events.a.filter(({ name }) => !has.b.has(name)),
    b: events.b.filter(({ name }) => !has.a.has(name)),
  }
  return countDifferences(subject, only, 'event').slice(0, MOST_EVENTS)
}

function eventsOf(life: PodLife, from: number, isTold: (event: string) => boolean) {
  return life.events.filter(({ at, name }) => at >= from && !isTold(name))
}

function countDifferences(
  { object }: PodSubject, marks: Both<readonly PointMark[]>, title: 'probe' | 'event',
): readonly Found[] {
  const names = new Set([...marks.a, ...marks.b].map(({ name }) => name))
  return [...names].flatMap((name): Found[] => {
    const named = both(marks, (all) => all.filter((mark) => mark.name === name))
    if (named.a.length === named.b.length) return []
    const value = (count: number) => count === 0 ? noneValue
      : phrase('value', 'times', { count: String(count) })
    const first = named.b[0] ?? named.a[0]
    const { told } = first ?? {}
    const message = told?.values.message ?? told?.values.output ?? ''
    return [{
      title: phrase('title', title, title === 'event' ? { event: name } : { probe: name }), object,
      from: value(named.a.length), to: value(named.b.length),
      why: phrase('why', 'message', { message }),
      anchors: both(named, (all) => all[0]?.entry ?? null), laterMillis: null,
    }]
  })
}

/** What kubectl says of a pod in the end, where no exit code tells the same. */
export function statusDifference({ lives, object }: PodSubject): Found | null {
  const last = both(lives, (life) => life.statuses.at(-1) ?? null)
  if (!last.a || !last.b || last.a.status === last.b.status) return null
  if (lives.a.gone || lives.b.gone) return null
  return {
    title: phrase('title', 'status'), object,
    from: phrase('value', 'status', { status: last.a.status }),
    to: phrase('value', 'status', { status: last.b.status }),
    why: phrase('why', 'status'), laterMillis: null,
    anchors: { a: last.a.entry, b: last.b.entry },
  }
}
