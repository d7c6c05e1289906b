import { formatMoment } from '../timeline/moment.ts'
import type { Aligned } from './align.ts'
import type { BranchTrace, Moment } from './branch-trace.ts'
import type { LearnerInput } from './learner-inputs.ts'
import { goneOf, momentDifference } from './moment-difference.ts'
import { both, phrase, type Both, type Phrase } from './phrase.ts'
import {
  magnitude, notYetValue, notYetWhy, SAME_MILLIS, tenths, type Found, type PodSubject,
} from './subject.ts'

/** A command that comes back so soon after the pod is gone waited for it. */
const RETURN_MILLIS = 1_500

/** Only one of the branches has deleted the pod yet: everything else follows from it. */
export function deleteDifference(subject: PodSubject): Found | null {
  const { deletions, traces } = subject
  if (deletions.a && deletions.b) return null
  const found = momentDifference(subject, {
    title: phrase('title', 'delete'), moments: deletions, over: goneOf(subject),
    moved: () => phrase('why', 'status'),
    missing: (side) => phrase('why', 'deleteMissing', { branch: traces[side].name }),
  })
  if (found?.why.name !== 'notYet') return found
  const { name, nowMillis } = deletions.a ? traces.b : traces.a
  const moment = formatMoment(nowMillis)
  return { ...found, why: phrase('why', 'deleteNotYet', { branch: name, moment }) }
}

/** The pod is gone, and with it returns the command that waited for it. */
export function goneDifference(subject: PodSubject): Found | null {
  const command = waitedFor(subject)
  return momentDifference(subject, {
    title: phrase('title', 'gone'), moments: both(subject.lives, ({ gone }) => gone),
    over: goneOf(subject),
    moved: (later) => {
      const seconds = magnitude(later)
      if (!command) return phrase('why', later > 0 ? 'later' : 'earlier', { seconds })
      return phrase('why', later > 0 ? 'returnsLater' : 'returnsEarlier', { seconds, command })
    },
    missing: (side) => notYetWhy(subject.traces[side]),
  })
}

/** `kubectl delete`, if in both branches it came back when the pod was gone. */
function waitedFor({ traces, lives, deletions }: PodSubject): string | null {
  const commands = (['a', 'b'] as const).map((side) => {
    const deletion = deletions[side]
    const command = deletion && traces[side].commandOf(deletion.entry)
    const end = command && traces[side].endOf(command.entry)
    const gone = lives[side].gone
    if (!command || !end || !gone) return null
    return isReturn(end, gone.at) ? verbOf(command.line) : null
  })
  return commands[0] && commands[1] ? commands[1] : null
}

function isReturn(end: Moment, goneAt: number): boolean {
  return end.at >= goneAt && end.at - goneAt < RETURN_MILLIS
}

/** `time kubectl delete pod web --now` → `kubectl delete`. */
function verbOf(line: string): string {
  return /\bkubectl\s+[a-z-]+/.exec(line)?.[0].replace(/\s+/, ' ') ?? line
}

/** How long the same command took, where the pod's end does not already say it. */
export function returnDifferences(
  traces: Both<BranchTrace>, inputs: readonly Aligned<LearnerInput>[],
): readonly Found[] {
  return inputs.flatMap(({ a, b }): Found[] => {
    if (!a || !b || !/\bkubectl\s/.test(a.text) || verbOf(a.text) !== verbOf(b.text)) return []
    const ends = { a: traces.a.endOf(a.entry), b: traces.b.endOf(b.entry) }
    if (!ends.a && !ends.b) return []
    const waited = {
      a: isTold(ends.a, traces.a.lives), b: isTold(ends.b, traces.b.lives),
    }
    if ((waited.a || !ends.a) && (waited.b || !ends.b)) return []
    const took = {
      a: ends.a && ends.a.at - a.at, b: ends.b && ends.b.at - b.at,
    }
    const later = took.a !== null && took.b !== null ? took.b - took.a : null
    if (later !== null && Math.abs(later) < SAME_MILLIS) return []
    const value = (millis: number | null) => millis === null ? notYetValue
      : phrase('value', 'seconds', { seconds: tenths(millis) })
    const why = later === null ? phrase('why', 'stillWaits', {
      branch: (ends.a ? traces.b : traces.a).name, command: verbOf(b.text),
    }) : whyTook(later, a.text, b.text, traces)
    return [{
      title: phrase('title', 'returned', { command: verbOf(b.text) }), object: '', why,
      from: value(took.a), to: value(took.b), laterMillis: later,
      anchors: { a: ends.a?.entry ?? a.entry, b: ends.b?.entry ?? b.entry },
    }]
  })
}

const noWait = /--wait=false/

function whyTook(
  later: number, a: string, b: string, traces: Both<BranchTrace>,
): Phrase<'why'> {
  const [inA, inB] = [noWait.exec(a)?.[0], noWait.exec(b)?.[0]]
  if (inB && !inA) return phrase('why', 'noWait', { branch: traces.b.name, flag: inB })
  if (inA && !inB) return phrase('why', 'noWait', { branch: traces.a.name, flag: inA })
  return phrase('why', later > 0 ? 'later' : 'earlier', { seconds: magnitude(later) })
}

function isTold(end: Moment | null, lives: BranchTrace['lives']): boolean {
  return end !== null && lives.some(({ gone }) => gone !== null && isReturn(end, gone.at))
}
