// Everything in a life stands in the order of time, so places are found by halving.

/** Index of the first thing for which `isPast` is false; those before it all are. */
function bound<T>(things: readonly T[], isPast: (thing: T) => boolean): number {
  let low = 0
  let high = things.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const thing = things[middle]
    if (thing !== undefined && isPast(thing)) low = middle + 1
    else high = middle
  }
  return low
}

/** The last thing at or before a moment. */
export function lastUpTo<T extends { readonly at: number }>(
  things: readonly T[], millis: number,
): T | undefined {
  return things[bound(things, ({ at }) => at <= millis) - 1]
}

interface Lasting {
  readonly from: number
  readonly to: number | null
}

/** Index of the first of things that follow one another which is not over before a moment. */
export function firstReaching<T extends Lasting>(things: readonly T[], millis: number): number {
  return bound(things, ({ to }) => to !== null && to < millis)
}

/** Of things that follow one another: those that touch a stretch, with their index. */
export function touching<T extends Lasting>(
  things: readonly T[], fromMillis: number, toMillis: number,
): readonly (readonly [number, T])[] {
  const first = firstReaching(things, fromMillis)
  const found: [number, T][] = []
  for (let index = first; index < things.length; index++) {
    const thing = things[index]
    if (thing === undefined || thing.from > toMillis) break
    found.push([index, thing])
  }
  return found
}

/** Indexes `[from, to)` of the points of a stretch. */
export function within<T extends { readonly at: number }>(
  things: readonly T[], fromMillis: number, toMillis: number,
): readonly [number, number] {
  return [bound(things, ({ at }) => at < fromMillis), bound(things, ({ at }) => at <= toMillis)]
}
