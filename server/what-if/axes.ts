import type { Knob } from './types.ts'

/** Distances between the values of an axis that read well. */
const steps = [1, 2, 3, 5, 10, 15, 30, 60, 120, 300]
/** Values of the longest axis; with the others a map has some 300 cells. */
const mostValues = 20
/** Short enough to see the cliff of the usual lessons whole. */
const leastSpanSeconds = 24
/** The map goes on beyond what the learner had, so that both sides of the cliff are on it. */
const beyond = 4 / 3
/** A hook or an app that takes longer than the longest grace period tells nothing new. */
const shareOfSpan = 0.75

export interface Axis {
  readonly least: number
  readonly most: number
  readonly step: number
  readonly values: readonly number[]
}

/** The axes of a map: the same scale for all, the learner's own values among theirs. */
export function axesOf(own: Readonly<Record<Knob, number | null>>): Readonly<Record<Knob, Axis>> {
  const longest = Math.max(own.grace ?? 0, own.hook ?? 0, own.app ?? 0)
  const span = Math.max(leastSpanSeconds, Math.ceil(longest * beyond))
  const step = steps.find((one) => span / one <= mostValues) ?? 600
  const short = Math.max(span * shareOfSpan, own.hook ?? 0, own.app ?? 0)
  return {
    grace: axis(own.grace, 1, span, step),
    hook: axis(own.hook, 0, short, step),
    app: axis(own.app, 0, short, step),
  }
}

function axis(own: number | null, least: number, most: number, step: number): Axis {
  const through = Math.round(own ?? 0)
  const first = least + ((((through - least) % step) + step) % step)
  const values: number[] = []
  for (let value = first; value <= most; value += step) values.push(value)
  return { least, most: values.at(-1) ?? least, step, values }
}
