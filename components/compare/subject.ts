import { formatMoment } from '../timeline/moment.ts'
import type { PodLife, Run } from '../timeline/pod-life.ts'
import { podKey } from '../timeline/pods.ts'
import type { BranchTrace, Moment } from './branch-trace.ts'
import type { Fork } from './fork.ts'
import { both, phrase, type Both, type Phrase } from './phrase.ts'

/** Moments nearer than this are the same: so much the latencies of a cluster vary by themselves. */
export const SAME_MILLIS = 500

/** The rows of the pictures that a difference belongs to. */
export interface Place {
  /** `namespace/pod` */
  readonly pod: string
  readonly container: string
}

/** What differs, in the reader's words once they are filled in. */
export interface Found {
  readonly title: Phrase<'title'>
  /** Which pod or container, where there are several; else ''. */
  readonly object: string
  readonly place?: Place
  readonly from: Phrase<'value'>
  readonly to: Phrase<'value'>
  readonly why: Phrase<'why'>
  /** The trace entries that stand for it; null: that branch has none. */
  readonly anchors: Both<number | null>
  /** How much later it is in the second branch, where both have the moment. */
  readonly laterMillis: number | null
}

/** One pod in both branches. */
export interface PodSubject {
  readonly traces: Both<BranchTrace>
  readonly lives: Both<PodLife>
  readonly deletions: Both<Moment | null>
  /** Times count from here: the delete if both have one, else the fork. */
  readonly base: Both<number>
  readonly forkMillis: number
  readonly object: string
}

/** One container in both branches: the run that was stopped last, else the last. */
export interface RunSubject extends PodSubject {
  readonly container: string
  readonly runs: Both<Run | null>
}

/** Pods by their names; created anew, the first goes with the first. */
export function pairsOfLives(traces: Both<BranchTrace>): readonly Both<PodLife | null>[] {
  const { a, b } = both(traces, ({ lives }) => byName(lives))
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((key) => {
    const ones = a.get(key) ?? []
    const others = b.get(key) ?? []
    const count = Math.max(ones.length, others.length)
    return Array.from({ length: count }, (_, index) => ({
      a: ones[index] ?? null, b: others[index] ?? null,
    }))
  })
}

function byName(lives: readonly PodLife[]): ReadonlyMap<string, readonly PodLife[]> {
  const groups = new Map<string, PodLife[]>()
  for (const life of lives) groups.set(podKey(life), [...(groups.get(podKey(life)) ?? []), life])
  return groups
}

export function podSubject(
  traces: Both<BranchTrace>, lives: Both<PodLife>, fork: Fork, object: string,
): PodSubject {
  const deletions = {
    a: traces.a.deletionOf(lives.a), b: traces.b.deletionOf(lives.b),
  }
  const base = deletions.a && deletions.b
    ? { a: deletions.a.at, b: deletions.b.at } : { a: fork.atMillis, b: fork.atMillis }
  return { traces, lives, deletions, base, forkMillis: fork.atMillis, object }
}

export function runSubjects(subject: PodSubject): readonly RunSubject[] {
  const { lives } = subject
  const names = [...lives.a.containers, ...lives.b.containers].map(({ name }) => name)
  const containers = [...new Set(names)]
  return containers.map((container) => ({
    ...subject, container, runs: both(lives, (life) => runOf(life, container)),
    object: containers.length > 1
      ? [subject.object, container].filter(Boolean).join('/') : subject.object,
  }))
}

function runOf(life: PodLife, name: string): Run | null {
  const runs = life.containers.find((container) => container.name === name)?.runs ?? []
  return runs.findLast((run) => run.grace || run.stop) ?? runs.at(-1) ?? null
}

/** How much later the second is, as the moments that are told have it. */
export function laterMillis(subject: PodSubject, a: Moment, b: Moment): number {
  const { base } = subject
  if (isOneClock(base)) return toldTenth(b.at) - toldTenth(a.at)
  return b.at - base.b - (a.at - base.a)
}

const isOneClock = (base: Both<number>) => Math.abs(base.a - base.b) < SAME_MILLIS

/** The moment as it is printed: its tenth, not the nearest. */
export function toldTenth(millis: number): number {
  return Math.floor(millis / 100) * 100
}

/** A moment of one branch: on the clock where both count from the same, else from the delete. */
export function momentValue(subject: PodSubject, side: 'a' | 'b', { at }: Moment): Phrase<'value'> {
  const { base } = subject
  if (isOneClock(base)) {
    return phrase('value', 'moment', { moment: formatMoment(at) })
  }
  return phrase('value', 'since', { seconds: tenths(at - base[side]) })
}

export const noneValue = phrase('value', 'none')
export const notYetValue = phrase('value', 'notYet')

/** `It has only come to 0:31.0.` */
export function notYetWhy({ name, nowMillis }: BranchTrace): Phrase<'why'> {
  return phrase('why', 'notYet', { branch: name, moment: formatMoment(nowMillis) })
}

/** Whether something that has not happened cannot happen any more. */
export function isOver(life: PodLife, run: Run | null): boolean {
  return life.gone !== null || (run !== null && run.to !== null)
}

export function magnitude(millis: number): string {
  return tenths(Math.abs(millis))
}

/** Measured seconds, to the tenth as every moment is: they stand in columns. */
export function tenths(millis: number): string {
  return (Math.round(millis / 100) / 10).toFixed(1)
}
