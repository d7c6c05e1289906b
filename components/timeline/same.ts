/** Plain data compared by what it holds: what did not change is not rendered again. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return false
  const keys = Object.keys(one)
  return keys.length === Object.keys(other).length
    && keys.every((key) => isSame(Reflect.get(one, key), Reflect.get(other, key)))
}
