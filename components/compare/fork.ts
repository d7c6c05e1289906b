import type { BranchEntries, BranchTree } from '../../server/history.ts'
import type { TimelineEntry } from '../../server/protocol.ts'
import type { Both } from './phrase.ts'

/** Where two branches part. */
export interface Fork {
  /** The last moment they share. */
  readonly atMillis: number
  /** Entries that both have, from the first on; what comes after is each branch's own. */
  readonly shared: Both<number>
  /** They stand on a common beginning: not two that were begun anew. */
  readonly isRelated: boolean
}

/** The tree says where they part; the entries have the last word. */
export function forkOf(tree: BranchTree, { a, b }: Both<BranchEntries>): Fork {
  const parted = partedAt(tree, a.branch.id, b.branch.id)
  const treeMillis = parted ?? Infinity
  const walk = { a: 0, b: 0 }
  for (;;) {
    const one = nextTold(a.entries, walk.a)
    const other = nextTold(b.entries, walk.b)
    const isSame = one && other && one.entry.at <= treeMillis && sameEntry(one.entry, other.entry)
    if (!isSame) {
      // Inputs of the one branch at the very moment of the fork are already its own.
      const ends = [one?.entry.at ?? a.nowMillis, other?.entry.at ?? b.nowMillis]
      return {
        atMillis: Math.max(0, Math.min(treeMillis, ...ends)), shared: walk,
        isRelated: parted !== undefined,
      }
    }
    walk.a = one.index + 1
    walk.b = other.index + 1
  }
}

/** Pace and clock marks are how time was spent, not what happened in it. */
function nextTold(entries: readonly TimelineEntry[], from: number) {
  for (let index = from; index < entries.length; index++) {
    const entry = entries[index]
    if (entry && entry.kind !== 'input') return { entry, index }
  }
  return undefined
}

/** The same thing at the same moment. Numbers may differ: pace changes have some too. */
function sameEntry(one: TimelineEntry, other: TimelineEntry): boolean {
  if (one.kind !== other.kind || one.at !== other.at) return false
  return textOf(one) === textOf(other)
}

function textOf({ id: _id, cause: _cause, ...rest }: TimelineEntry): string {
  return JSON.stringify(rest)
}

/** The moment at which the lines of two branches part; undefined: they have no common ancestor. */
function partedAt(tree: BranchTree, a: string, b: string): number | undefined {
  const line = lineOf(tree, a)
  for (const [id, until] of lineOf(tree, b)) {
    const other = line.get(id)
    if (other !== undefined) return Math.min(other, until)
  }
  return undefined
}

/** A branch and those it stands on, each with the moment up to which it is part of it. */
function lineOf(tree: BranchTree, id: string): ReadonlyMap<string, number> {
  const line = new Map<string, number>()
  let until = Infinity
  let at = tree.branches.find((branch) => branch.id === id)
  while (at && !line.has(at.id)) {
    line.set(at.id, until)
    until = Math.min(until, at.forkAtMillis ?? Infinity)
    const { parentId } = at
    at = tree.branches.find((branch) => branch.id === parentId)
  }
  return line
}
