'use client'

import { useCallback, useEffect, useMemo, useState } from 'react'
import type { BranchEntries, BranchTree } from '../../server/history.ts'
import { historyOf, type Answer } from '../lab/history-api.ts'
import { changedLines, type ChangedLine } from './changed-lines.ts'
import { compare, type Comparison } from './difference.ts'
import type { Both } from './phrase.ts'

export type Problem = Extract<Answer<never>, { readonly ok: false }>['problem']

export type Known =
  | { readonly state: 'loading' }
  | { readonly state: 'problem'; readonly problem: Problem }
  | { readonly state: 'known'; readonly comparison: Comparison }

/** Both branches' entries, read once and again whenever the page comes back into view. */
export function useComparison(lab: string, tree: BranchTree, ids: Both<string>) {
  const history = useMemo(() => historyOf(lab), [lab])
  const [known, setKnown] = useState<Known>({ state: 'loading' })
  const [attempt, setAttempt] = useState(0)
  const again = useCallback(() => setAttempt((count) => count + 1), [])
  const { a, b } = ids
  useEffect(() => {
    let isWanted = true
    void Promise.all([history.entries(a), history.entries(b)]).then(([one, other]) => {
      if (isWanted) setKnown(read(tree, one, other))
    })
    return () => { isWanted = false }
  }, [history, tree, a, b, attempt])
  useEffect(() => {
    const onVisible = () => {
      if (document.visibilityState === 'visible') again()
    }
    document.addEventListener('visibilitychange', onVisible)
    return () => document.removeEventListener('visibilitychange', onVisible)
  }, [again])
  return { known, again }
}

function read(
  tree: BranchTree, one: Answer<BranchEntries>, other: Answer<BranchEntries>,
): Known {
  if (!one.ok) return { state: 'problem', problem: one.problem }
  if (!other.ok) return { state: 'problem', problem: other.problem }
  // The tree has the names as they are shown in the reader's language.
  const named = (entries: BranchEntries): BranchEntries => {
    const branch = tree.branches.find(({ id }) => id === entries.branch.id)
    return branch ? { ...entries, branch } : entries
  }
  return {
    state: 'known', comparison: compare(tree, { a: named(one.value), b: named(other.value) }),
  }
}

export interface ChangedFile {
  readonly path: string
  readonly lines: readonly ChangedLine[]
}

/** The lines that the applied files differ in, read from the past of each branch. */
export function useChangedFiles(
  lab: string, ids: Both<string>, comparison: Comparison,
): readonly ChangedFile[] {
  const [files, setFiles] = useState<readonly ChangedFile[]>([])
  const { applied } = comparison.inputs
  const { a, b } = ids
  useEffect(() => {
    const asked = new AbortController()
    const { past } = historyOf(lab)
    const textOf = async (id: string, at: number, path: string) => {
      const answer = await past(id, Math.ceil(at), asked.signal)
      return answer.ok ? answer.value.files.find((file) => file.path === path)?.text : undefined
    }
    const readAll = async () => {
      const found: ChangedFile[] = []
      // One after the other: looking back costs the server a replay each.
      for (const one of applied) {
        const mine = await textOf(a, one.a.at, one.path)
        const theirs = await textOf(b, one.b.at, one.path)
        if (mine === undefined || theirs === undefined) continue
        found.push({ path: one.path, lines: changedLines(mine, theirs) })
      }
      if (!asked.signal.aborted) setFiles(found)
    }
    void readAll()
    return () => asked.abort()
  }, [lab, a, b, applied])
  return files
}
