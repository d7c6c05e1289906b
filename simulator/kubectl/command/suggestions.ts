/** Names close to what was typed. Models cobra SuggestionsFor with its distance of two. */
export function suggestions(typed: string, names: readonly string[]): readonly string[] {
  const lower = typed.toLowerCase()
  return names.filter((name) => {
    return distance(lower, name.toLowerCase()) <= 2 || name.toLowerCase().startsWith(lower)
  })
}

/** Levenshtein's edit distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + cost))
    }
    row = next
  }
  return row[b.length]!
}
