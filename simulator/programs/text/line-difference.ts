/** One line of a comparison; numbers are those of the next line on each side. */
export interface Edit {
  readonly kind: ' ' | '-' | '+'
  readonly text: string
  readonly oldLine: number
  readonly newLine: number
}

/** Longest common subsequence after common ends are cut off; removals come before additions. */
export function lineDifference(
  left: readonly string[], right: readonly string[], key: (line: string) => string,
): Edit[] {
  const a = left.map(key)
  const b = right.map(key)
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (
    end < a.length - start
    && end < b.length - start
    && a[a.length - 1 - end] === b[b.length - 1 - end]
  )
    end++
  const matched = commonPairs(a.slice(start, a.length - end), b.slice(start, b.length - end))
  const edits: Edit[] = []
  let i = 0
  let j = 0
  const push = (kind: Edit['kind'], text: string): void => {
    edits.push({ kind, text, oldLine: i + 1, newLine: j + 1 })
    if (kind !== '+') i++
    if (kind !== '-') j++
  }
  while (i < start) push(' ', left[i]!)
  for (const [x, y] of [...matched, [a.length - start - end, b.length - start - end] as const]) {
    while (i < start + x) push('-', left[i]!)
    while (j < start + y) push('+', right[j]!)
    if (i < a.length - end) push(' ', left[i]!)
  }
  while (i < a.length) push(' ', left[i]!)
  return edits
}

/** More cells than this are not worth a learner's wait: everything then counts as changed. */
const maxCells = 4_000_000

function commonPairs(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  const width = b.length + 1
  if ((a.length + 1) * width > maxCells) return []
  const lengths = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] = a[i] === b[j] ? lengths[(i + 1) * width + j + 1]! + 1
        : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!)
    }
  }
  const pairs: (readonly [number, number])[] = []
  let [i, j] = [0, 0]
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) pairs.push([i++, j++])
    else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i++
    else j++
  }
  return pairs
}

/** Changes with so many unchanged lines around them; groups that touch are one. */
export function groupEdits(edits: readonly Edit[], context: number): Edit[][] {
  const spans: { from: number; to: number }[] = []
  edits.forEach((edit, i) => {
    if (edit.kind === ' ') return
    const last = spans[spans.length - 1]
    const from = Math.max(0, i - context)
    const to = Math.min(edits.length, i + 1 + context)
    if (last && from <= last.to) last.to = to
    else spans.push({ from, to })
  })
  return spans.map(({ from, to }) => edits.slice(from, to))
}
