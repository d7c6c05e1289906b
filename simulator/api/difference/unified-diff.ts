// Models github.com/pmezard/go-difflib: Python's difflib, as the server shows differences with it.

type Tag = 'equal' | 'replace' | 'delete' | 'insert'

/** Lines a[a1..a2) and b[b1..b2), and what became of them. */
interface Change {
  readonly tag: Tag
  readonly a1: number
  readonly a2: number
  readonly b1: number
  readonly b2: number
}

interface Match { readonly a: number; readonly b: number; readonly size: number }

const CONTEXT = 3
/** From this length on, lines that make up more than a hundredth of all are no anchors. */
const POPULAR_FROM = 200

/** A unified difference without its two head lines; '' where nothing differs. */
export function unifiedDiff(a: readonly string[], b: readonly string[]): string {
  return groups(changes(a, b)).map((group) => {
    const first = group[0]!
    const last = group.at(-1)!
    const head = `@@ -${range(first.a1, last.a2)} +${range(first.b1, last.b2)} @@\n`
    return head + group.map((change) => shown(change, a, b)).join('')
  }).join('')
}

function shown(change: Change, a: readonly string[], b: readonly string[]): string {
  const old = a.slice(change.a1, change.a2)
  if (change.tag === 'equal') return old.map((line) => ` ${line}\n`).join('')
  const added = b.slice(change.b1, change.b2)
  return old.map((line) => `-${line}\n`).join('') + added.map((line) => `+${line}\n`).join('')
}

function range(start: number, stop: number): string {
  const length = stop - start
  if (length === 1) return String(start + 1)
  return `${length === 0 ? start : start + 1},${length}`
}

/** Changes with three lines around them; those that are near each other together. */
function groups(all: readonly Change[]): readonly (readonly Change[])[] {
  if (all.every((change) => change.tag === 'equal')) return []
  const trimmed = all.map((change, index) => {
    if (change.tag !== 'equal') return change
    const first = index === 0 ? tail(change) : change
    return index === all.length - 1 ? head(first) : first
  })
  const out: Change[][] = [[]]
  for (const change of trimmed) {
    const far = change.tag === 'equal' && change.a2 - change.a1 > 2 * CONTEXT
    if (far) {
      out.at(-1)!.push(head(change))
      out.push([tail(change)])
    } else out.at(-1)!.push(change)
  }
  return out.filter((group) => group.some((change) => change.tag !== 'equal'))
}

function head(change: Change): Change {
  return {
    ...change, a2: Math.min(change.a2, change.a1 + CONTEXT),
    b2: Math.min(change.b2, change.b1 + CONTEXT),
  }
}

function tail(change: Change): Change {
  return {
    ...change, a1: Math.max(change.a1, change.a2 - CONTEXT),
    b1: Math.max(change.b1, change.b2 - CONTEXT),
  }
}

function changes(a: readonly string[], b: readonly string[]): readonly Change[] {
  const out: Change[] = []
  let i = 0
  let j = 0
  for (const match of [...matches(a, b), { a: a.length, b: b.length, size: 0 }]) {
    const tag = i < match.a && j < match.b ? 'replace' : i < match.a ? 'delete'
      : j < match.b ? 'insert' : undefined
    if (tag) out.push({ tag, a1: i, a2: match.a, b1: j, b2: match.b })
    i = match.a + match.size
    j = match.b + match.size
    if (match.size > 0) out.push({ tag: 'equal', a1: match.a, a2: i, b1: match.b, b2: j })
  }
  return out
}

/** The longest common run, then the same to its left and right; neighbours joined. */
function matches(a: readonly string[], b: readonly string[]): readonly Match[] {
  const places = anchors(b)
  const found: Match[] = []
  const pending: (readonly [number, number, number, number])[] = [[0, a.length, 0, b.length]]
  while (pending.length > 0) {
    const [a1, a2, b1, b2] = pending.pop()!
    const match = longest(a, b, places, a1, a2, b1, b2)
    if (match.size === 0) continue
    found.push(match)
    pending.push([a1, match.a, b1, match.b])
    pending.push([match.a + match.size, a2, match.b + match.size, b2])
  }
  found.sort((x, y) => x.a - y.a)
  const joined: Match[] = []
  for (const match of found) {
    const last = joined.at(-1)
    if (last && last.a + last.size === match.a && last.b + last.size === match.b) {
      joined[joined.length - 1] = { ...last, size: last.size + match.size }
    } else joined.push(match)
  }
  return joined
}

/** Where each line stands in b, without the popular ones. */
function anchors(b: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>()
  for (const [index, line] of b.entries()) {
    const known = places.get(line)
    if (known) known.push(index)
    else places.set(line, [index])
  }
  if (b.length < POPULAR_FROM) return places
  const most = Math.floor(b.length / 100) + 1
  return new Map([...places].filter(([, indexes]) => indexes.length <= most))
}

function longest(
  a: readonly string[], b: readonly string[], places: ReadonlyMap<string, readonly number[]>,
  a1: number, a2: number, b1: number, b2: number,
): Match {
  let best: Match = { a: a1, b: b1, size: 0 }
  let lengths = new Map<number, number>()
  for (let i = a1; i < a2; i++) {
    const next = new Map<number, number>()
    for (const j of places.get(a[i]!) ?? []) {
      if (j < b1) continue
      if (j >= b2) break
      const size = (lengths.get(j - 1) ?? 0) + 1
      next.set(j, size)
      if (size > best.size) best = { a: i - size + 1, b: j - size + 1, size }
    }
    lengths = next
  }
  return grown(a, b, best, a1, a2, b1, b2)
}

/** Lines that are no anchors still belong to a run beside them. */
function grown(
  a: readonly string[], b: readonly string[], match: Match,
  a1: number, a2: number, b1: number, b2: number,
): Match {
  let { a: i, b: j, size } = match
  while (i > a1 && j > b1 && a[i - 1] === b[j - 1]) {
    i--
    j--
    size++
  }
  while (i + size < a2 && j + size < b2 && a[i + size] === b[j + size]) size++
  return { a: i, b: j, size }
}
