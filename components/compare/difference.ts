import type { BranchEntries, BranchTree } from '../../server/history.ts'
import type { PodLife } from '../timeline/pod-life.ts'
import { podKey } from '../timeline/pods.ts'
import { BranchTrace } from './branch-trace.ts'
import { eventDifferences, probeDifferences, restartDifference, statusDifference,
} from './count-differences.ts'
import { deleteDifference, goneDifference, returnDifferences } from './end-differences.ts'
import { forkOf, type Fork } from './fork.ts'
import { graceDifference } from './grace-difference.ts'
import { hookDifferences } from './hook-difference.ts'
import { learnerInputs, type LearnerInputs } from './learner-inputs.ts'
import { both, phrase, type Both, type Phrase } from './phrase.ts'
import { sharedFacts } from './shared-facts.ts'
import { exitDifference, killDifference, signalDifference } from './stop-differences.ts'
import {
  noneValue, pairsOfLives, podSubject, runSubjects, SAME_MILLIS, type Found, type PodSubject,
  type RunSubject,
} from './subject.ts'

/** A difference with the number that marks it in both pictures and in the list. */
export interface Difference extends Found {
  readonly number: number
  /** When its anchors happened. */
  readonly moments: Both<number | null>
}

export interface Comparison {
  readonly fork: Fork
  readonly inputs: LearnerInputs
  readonly differences: readonly Difference[]
  /** What both have in common after the fork. */
  readonly same: readonly Phrase<'same'>[]
  /** Moments are told as seconds since each branch's own delete. */
  readonly countsFromDelete: boolean
  /** The pods that something happened to after the fork, by name: `namespace/pod`. */
  readonly pods: readonly string[]
  readonly traces: Both<BranchTrace>
}

/** Two branches, aligned by what things mean and not by their place in the trace. */
export function compare(tree: BranchTree, branches: Both<BranchEntries>): Comparison {
  const fork = forkOf(tree, branches)
  const traces = both(branches, (branch) => new BranchTrace(branch))
  const inputs = learnerInputs(both(branches, ({ entries }) => entries), fork)
  const pairs = pairsOfLives(traces).filter((pair) => !isShared(pair, fork))
  const alone = pairs.filter(({ a, b }) => !a || !b)
  const names = pairs.map(({ a, b }) => podKey(a ?? b ?? { namespace: '', pod: '' }))
  const subjects = pairs.flatMap(({ a, b }, index) =>
    a && b ? [podSubject(traces, { a, b }, fork, objectOf(names, index))] : [])
  const found = [
    ...subjects.flatMap(podDifferences),
    ...alone.flatMap((pair) => onlyOne(traces, pair)),
    ...returnDifferences(traces, inputs.all),
  ]
  return {
    fork, inputs, traces, pods: [...new Set(names)],
    differences: found.map((one, index) => ({
      ...one, number: index + 1,
      moments: { a: traces.a.momentOf(one.anchors.a), b: traces.b.momentOf(one.anchors.b) },
    })),
    same: subjects.length === 1 ? subjects.flatMap(sharedFacts) : [],
    countsFromDelete: subjects.some(({ base }) => Math.abs(base.a - base.b) >= SAME_MILLIS),
  }
}

/** It was over before the branches parted. */
function isShared({ a, b }: Both<PodLife | null>, fork: Fork): boolean {
  const isOver = (life: PodLife | null) =>
    life !== null && life.gone !== null && life.gone.at <= fork.atMillis
  return isOver(a) && isOver(b)
}

/** Which pod is meant, where there are several: its name, and which of that name. */
function objectOf(names: readonly string[], index: number): string {
  const name = names[index] ?? ''
  if (names.length < 2) return ''
  const pod = name.slice(name.indexOf('/') + 1)
  const before = names.slice(0, index).filter((one) => one === name).length
  return names.filter((one) => one === name).length > 1 ? `${pod} ${before + 1}` : pod
}

function podDifferences(subject: PodSubject): readonly Found[] {
  const pod = podKey(subject.lives.a)
  const deletion = deleteDifference(subject)
  const runs = runSubjects(subject)
  const ofRuns = runs.flatMap((run) => {
    const found = deletion ? [restartDifference(run)] : runDifferences(run)
    const place = { pod, container: run.container }
    return present(found).map((one) => ({ ...one, place }))
  })
  const place = { pod, container: '' }
  if (deletion) return [{ ...deletion, place }, ...ofRuns]
  return [...ofRuns, ...wholePod(subject, ofRuns).map((one) => ({ ...one, place }))]
}

function runDifferences(run: RunSubject): readonly (Found | null)[] {
  return [
    graceDifference(run), ...hookDifferences(run), signalDifference(run), killDifference(run),
    exitDifference(run), restartDifference(run), ...probeDifferences(run),
  ]
}

function wholePod(subject: PodSubject, ofRuns: readonly Found[]): readonly Found[] {
  const isHookTold = ofRuns.some(({ title }) => title.name === 'hook')
  const isExitTold = ofRuns.some(({ title }) => title.name === 'exit')
  // The hook's difference tells of its event.
  const isTold = (event: string) => isHookTold && /^Failed(PreStop|PostStart)Hook$/.test(event)
  return present([
    ...eventDifferences(subject, isTold),
    isExitTold ? null : statusDifference(subject), goneDifference(subject),
  ])
}

const present = (found: readonly (Found | null)[]) => found.filter((one) => one !== null)

/** A pod that only one of the branches has. */
function onlyOne(traces: Both<BranchTrace>, { a, b }: Both<PodLife | null>): readonly Found[] {
  const life = a ?? b
  if (!life) return []
  const status = life.gone ? phrase('value', 'gone')
    : phrase('value', 'status', { status: life.statuses.at(-1)?.status ?? '' })
  const entry = life.statuses[0]?.entry ?? null
  return [{
    title: phrase('title', 'pod', { pod: life.pod }), object: '',
    from: a ? status : noneValue, to: b ? status : noneValue,
    why: phrase('why', 'podOnly', { branch: (a ? traces.a : traces.b).name }),
    anchors: { a: a ? entry : null, b: b ? entry : null }, laterMillis: null,
    place: { pod: podKey(life), container: '' },
  }]
}
