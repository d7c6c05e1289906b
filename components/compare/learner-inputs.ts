import type { TimelineEntry } from '../../server/protocol.ts'
import { align, type Aligned } from './align.ts'
import type { Fork } from './fork.ts'
import type { Both } from './phrase.ts'

/** What a learner did: a command at a prompt, or a file saved in the editor. */
export interface LearnerInput {
  readonly kind: 'command' | 'saved'
  /** The command line, or the file's path. */
  readonly text: string
  readonly entry: number
  readonly at: number
}

/** A manifest as the cluster got it: which file, and when. */
export interface Applied {
  readonly path: string
  readonly hash: string
  readonly entry: number
  readonly at: number
}

export interface LearnerInputs {
  /** What was done after the fork, side by side. */
  readonly all: readonly Aligned<LearnerInput>[]
  /** Of it, what is not the same in both. */
  readonly differing: readonly Aligned<LearnerInput>[]
  /** Files that both gave to the cluster, with other words in them. */
  readonly applied: readonly (Both<Applied> & { readonly path: string })[]
}

export function learnerInputs(entries: Both<readonly TimelineEntry[]>, fork: Fork): LearnerInputs {
  const own = {
    a: entries.a.slice(fork.shared.a), b: entries.b.slice(fork.shared.b),
  }
  const all = align(inputsOf(own.a), inputsOf(own.b), ({ kind, text }) => `${kind} ${text}`)
  return {
    all,
    differing: all.filter(({ a, b }) => a?.text !== b?.text || a?.kind !== b?.kind),
    applied: appliedDifferently(own),
  }
}

function inputsOf(entries: readonly TimelineEntry[]): readonly LearnerInput[] {
  return entries.flatMap((entry): LearnerInput[] => {
    const { id, at } = entry
    if (entry.kind === 'command') {
      return [{ kind: 'command', text: entry.line.trim(), entry: id, at }]
    }
    if (entry.kind === 'file' && entry.by === 'editor') {
      return [{ kind: 'saved', text: entry.path, entry: id, at }]
    }
    return []
  })
}

/** By path, what each branch sent last. */
function appliedDifferently(own: Both<readonly TimelineEntry[]>) {
  const a = lastApplied(own.a)
  const b = lastApplied(own.b)
  return [...a].flatMap(([path, one]) => {
    const other = b.get(path)
    return other && other.hash !== one.hash ? [{ path, a: one, b: other }] : []
  })
}

function lastApplied(entries: readonly TimelineEntry[]): ReadonlyMap<string, Applied> {
  const found = new Map<string, Applied>()
  for (const entry of entries) {
    if (entry.kind !== 'request' || !entry.source) continue
    const { path, hash } = entry.source
    found.set(path, { path, hash, entry: entry.id, at: entry.at })
  }
  return found
}
