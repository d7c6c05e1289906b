/** One step of an alignment: the same in both, or one of them missing. */
export interface Aligned<T> { readonly a: T | null; readonly b: T | null }

/** Longer lists are compared without their middle: the table would grow with its square. */
const MOST = 600

/**
 * Two lists laid side by side: what is the same stands together, and what stands between two such
 * places is paired in its order, because it was done instead of the other.
 */
export function align<T>(
  a: readonly T[], b: readonly T[], textOf: (one: T) => string,
): readonly Aligned<T>[] {
  const pairs = longest(a.slice(0, MOST).map(textOf), b.slice(0, MOST).map(textOf))
  const aligned: Aligned<T>[] = []
  let [fromA, fromB] = [0, 0]
  for (const [atA, atB] of [...pairs, [a.length, b.length] as const]) {
    const length = Math.max(atA - fromA, atB - fromB)
    for (let index = 0; index < length; index++) {
      const [one, other] = [fromA + index, fromB + index]
      aligned.push({
        a: one < atA ? (a[one] ?? null) : null, b: other < atB ? (b[other] ?? null) : null,
      })
    }
    const [one, other] = [a[atA], b[atB]]
    if (one !== undefined && other !== undefined) aligned.push({ a: one, b: other })
    fromA = atA + 1
    fromB = atB + 1
  }
  return aligned
}

/** Places of the longest common part, by the usual table. */
function longest(
  a: readonly string[], b: readonly string[],
): readonly (readonly [number, number])[] {
  const width = b.length + 1
  const lengths = new Uint16Array((a.length + 1) * width)
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0
  for (let row = a.length - 1; row >= 0; row--) {
    for (let column = b.length - 1; column >= 0; column--) {
      lengths[row * width + column] = a[row] === b[column]
        ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1))
    }
  }
  const places: [number, number][] = []
  for (let row = 0, column = 0; row < a.length && column < b.length;) {
    if (a[row] === b[column]) places.push([row++, column++])
    else if (at(row + 1, column) >= at(row, column + 1)) row++
    else column++
  }
  return places
}
