/** Playing two known branches side by side: no clock of a lab, only which moment is looked at. */
export interface Stretch {
  /** Where they part: what was before is the same. */
  readonly fromMillis: number
  /** When the last thing happened in either. */
  readonly toMillis: number
}

export const paces = [1, 2, 10, 60] as const
export type PlayPace = (typeof paces)[number]

/** From the end it begins anew. */
export function begin(at: number, { fromMillis, toMillis }: Stretch): number {
  return at >= toMillis ? fromMillis : at
}

export function clampTo(at: number, { toMillis }: Stretch): number {
  return Math.max(0, Math.min(toMillis, at))
}

/** Moments nearer than this are one step. */
const ONE_STEP_MILLIS = 50

/** Stops for the step buttons: the moments at which something happened in either, in order. */
export function stops(moments: readonly number[], { fromMillis, toMillis }: Stretch) {
  const inside = moments.filter((at) => at > fromMillis && at < toMillis)
    .toSorted((one, other) => one - other)
  const found: number[] = [fromMillis]
  for (const at of inside) if (at - (found.at(-1) ?? 0) >= ONE_STEP_MILLIS) found.push(at)
  return [...found, toMillis]
}

export function next(all: readonly number[], at: number): number {
  return all.find((stop) => stop > at + 1) ?? all.at(-1) ?? at
}

export function previous(all: readonly number[], at: number): number {
  return all.findLast((stop) => stop < at - 1) ?? all[0] ?? at
}
