/** Order of strings by code unit, as Go sorts them (for all text below U+10000). */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
