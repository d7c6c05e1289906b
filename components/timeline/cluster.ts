/** Marks nearer than this become one with a count. */
export const MERGE_PX = 14

/**
 * Groups of marks that are drawn as one, where the first of them stands. A group with a count takes
 * in as much as its count needs room, so that no two marks and no mark and count ever touch. It
 * begins at the row's first mark and not at what is seen: panning regroups nothing.
 */
export function clusters<T extends { readonly at: number }>(
  marks: readonly T[],
  x: (millis: number) => number,
  roomFor: (count: number) => number,
): readonly (readonly T[])[] {
  const groups: T[][] = []
  let group: T[] = []
  let first = -Infinity
  for (const mark of marks) {
    const distance = x(mark.at) - first
    const reach = group.length > 1 ? MERGE_PX + roomFor(group.length + 1) : MERGE_PX
    if (distance < reach) {
      group.push(mark)
      continue
    }
    group = [mark]
    groups.push(group)
    first = x(mark.at)
  }
  return groups
}
