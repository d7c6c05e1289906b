/** One line of a comparison: kept, removed or added. */
interface Step { readonly mark: ' ' | '-' | '+'; readonly text: string }

/** `diff -u` of two texts without the file lines; '' when they are equal. */
export function unifiedDiff(before: string, after: string, context = 3): string {
  const steps = compare(linesOf(before), linesOf(after))
  const changed = steps.flatMap((step, at) => step.mark === ' ' ? [] : [at])
  let text = ''
  for (let first = 0; first < changed.length;) {
    let last = first
    while (last + 1 < changed.length && changed[last + 1]! - changed[last]! <= 2 * context) last++
    const from = Math.max(0, changed[first]! - context)
    const to = Math.min(steps.length, changed[last]! + context + 1)
    text += hunk(steps, from, to)
    first = last + 1
  }
  return text
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n')
}

function hunk(steps: readonly Step[], from: number, to: number): string {
  const count = (marks: string, list: readonly Step[]) =>
    list.filter(({ mark }) => marks.includes(mark)).length
  const inside = steps.slice(from, to)
  const range = (marks: string) => {
    const length = count(marks, inside)
    const start = count(marks, steps.slice(0, from)) + (length === 0 ? 0 : 1)
    return length === 1 ? `${start}` : `${start},${length}`
  }
  const lines = inside.map(({ mark, text }) => `${mark}${text}\n`).join('')
  return `@@ -${range(' -')} +${range(' +')} @@\n${lines}`
}

/** Beyond this many lines on each side, texts are told apart as a whole: it would take too long. */
const linesMax = 2000

/** The longest common subsequence, line by line; equal ends are taken off first. */
function compare(before: readonly string[], after: readonly string[]): readonly Step[] {
  let head = 0
  while (head < before.length && head < after.length && before[head] === after[head]) head++
  let tail = 0
  while (tail < before.length - head && tail < after.length - head
    && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++
  const keep = (text: string): Step => ({ mark: ' ', text })
  return [
    ...before.slice(0, head).map(keep),
    ...middle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...before.slice(before.length - tail).map(keep),
  ]
}

function middle(before: readonly string[], after: readonly string[]): readonly Step[] {
  const removed = before.map((text): Step => ({ mark: '-', text }))
  const added = after.map((text): Step => ({ mark: '+', text }))
  if (before.length > linesMax || after.length > linesMax) return [...removed, ...added]
  const lengths = commonLengths(before, after)
  const steps: Step[] = []
  let [a, b] = [0, 0]
  while (a < before.length || b < after.length) {
    if (a < before.length && b < after.length && before[a] === after[b]) {
      steps.push({ mark: ' ', text: before[a++]! })
      b++
    } else if (b >= after.length
      || (a < before.length && lengths[a + 1]![b]! >= lengths[a]![b + 1]!)) {
      steps.push(removed[a++]!)
    } else steps.push(added[b++]!)
  }
  return steps
}

/** Length of the longest common subsequence from each pair of places on. */
function commonLengths(
  before: readonly string[], after: readonly string[],
): readonly (readonly number[])[] {
  const rows: number[][] = Array.from({ length: before.length + 1 }, () => [])
  rows[before.length] = Array.from({ length: after.length + 1 }, () => 0)
  for (let a = before.length - 1; a >= 0; a--) {
    const [row, next] = [rows[a]!, rows[a + 1]!]
    row[after.length] = 0
    for (let b = after.length - 1; b >= 0; b--) {
      row[b] = before[a] === after[b] ? next[b + 1]! + 1 : Math.max(next[b]!, row[b + 1]!)
    }
  }
  return rows
}
