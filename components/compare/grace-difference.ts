import type { BranchTrace } from './branch-trace.ts'
import { overOf } from './moment-difference.ts'
import { phrase, type Phrase } from './phrase.ts'
import {
  notYetValue, notYetWhy, noneValue, type Found, type RunSubject,
} from './subject.ts'

/** The budget of the shutdown, and what decided it. */
export function graceDifference(subject: RunSubject): Found | null {
  const { runs, traces, object } = subject
  const [a, b] = [runs.a?.grace ?? null, runs.b?.grace ?? null]
  if (a?.seconds === b?.seconds) return null
  const over = overOf(subject)
  const value = (seconds: number | undefined, isOver: boolean) =>
    seconds === undefined ? (isOver ? noneValue : notYetValue)
      : phrase('value', 'seconds', { seconds: String(seconds) })
  const missing = a ? 'b' : 'a'
  const why = a && b ? decided(traces.a, a.entry, traces.b, b.entry, b.seconds)
    : over[missing] ? phrase('why', 'graceNone', { branch: traces[missing].name })
      : notYetWhy(traces[missing])
  return {
    title: phrase('title', 'grace'), object, why,
    from: value(a?.seconds, over.a), to: value(b?.seconds, over.b),
    anchors: { a: a?.entry ?? null, b: b?.entry ?? null }, laterMillis: null,
  }
}

function decided(
  a: BranchTrace, inA: number, b: BranchTrace, inB: number, seconds: number,
): Phrase<'why'> {
  const [flagA, flagB] = [flagOf(a, inA), flagOf(b, inB)]
  if (flagA && flagB) return phrase('why', 'graceFlags', { flag: flagA, otherFlag: flagB })
  if (flagB) return phrase('why', 'graceFlag', { flag: flagB })
  if (flagA) return phrase('why', 'graceOtherFlag', { branch: a.name, flag: flagA })
  const [one, other] = [fieldOf(a, inA), fieldOf(b, inB)]
  if (other?.origin === 'default') {
    return phrase('why', 'graceDefault', { branch: b.name, field: other.field })
  }
  if (other && one?.value !== other.value) {
    // One word, so that no line ends between the two.
    const field = `${other.field}:\u00a0${other.value}`
    return phrase('why', 'graceManifest', { branch: b.name, field })
  }
  return phrase('why', 'graceAsked', { seconds: String(seconds) })
}

/** What on the command line outranks the manifest. */
function flagOf(trace: BranchTrace, entry: number): string | null {
  const line = trace.commandOf(entry)?.line ?? ''
  return /(?:^|\s)(--grace-period[= ]-?\d+|--now|--force)(?=\s|$)/.exec(line)?.[1] ?? null
}

/** The field that decided it, by the name that everybody knows it by. */
function fieldOf(trace: BranchTrace, entry: number) {
  const found = trace.because(entry).find((one) => 'field' in one)
  return found && { ...found, field: found.field.replace(/^spec\./, '') }
}
