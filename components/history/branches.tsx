'use client'

import {
  createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode,
} from 'react'
import type { BranchInfo, BranchTree } from '../../server/history.ts'
import { historyOf, type Answer } from '../lab/history-api.ts'
import { useLab } from '../lab/lab-provider.tsx'
import { useTranslations } from '../i18n/translations.tsx'
import { withShownNames } from './branch-name.ts'

export type BranchProblem = Extract<Answer<never>, { ok: false }>['problem']

/** The lab's branches, and what can be done with them. Each resolves to whether it was done. */
export interface Branches {
  readonly tree: BranchTree | null
  readonly open: BranchInfo | null
  readonly busy: boolean
  readonly problem: BranchProblem | null
  readonly forget: () => void
  /** A new branch from a moment of the open one; it is opened, and stands paused there. */
  readonly fork: (atMillis: number, name?: string) => Promise<boolean>
  readonly openBranch: (id: string) => Promise<boolean>
  readonly rename: (id: string, name: string) => Promise<boolean>
  readonly remove: (id: string) => Promise<boolean>
  readonly refresh: () => void
}

const refused = async () => false
const nothing = () => undefined
const BranchesContext = createContext<Branches>({
  tree: null, open: null, busy: false, problem: null, forget: nothing, fork: refused,
  openBranch: refused, rename: refused, remove: refused, refresh: nothing,
})

export function useBranches(): Branches {
  return useContext(BranchesContext)
}

export function BranchesProvider({ children }: { readonly children: ReactNode }) {
  const { id, state } = useLab()
  const { branchId } = state
  const t = useTranslations('history')
  const [told, tell] = useState<BranchTree | null>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<BranchProblem | null>(null)
  const learn = useCallback(async (ask: Promise<Answer<BranchTree>>) => {
    const answer = await ask
    setProblem(answer.ok ? null : answer.problem)
    if (answer.ok) tell(answer.value)
    return answer.ok
  }, [])
  const act = useCallback(async (ask: Promise<Answer<BranchTree>>) => {
    setBusy(true)
    return learn(ask).finally(() => setBusy(false))
  }, [learn])
  const history = useMemo(() => (id === null ? null : historyOf(id)), [id])
  const refresh = useCallback(() => {
    if (history) void learn(history.tree())
  }, [history, learn])
  // A page comes to another branch by a new welcome, whoever opened it.
  useEffect(() => {
    if (branchId !== '') refresh()
  }, [branchId, refresh])
  const tree = useMemo(() => told && withShownNames(t, told), [t, told])
  const branches = useMemo<Branches>(() => ({
    tree, busy, problem, refresh,
    open: tree?.branches.find((branch) => branch.id === branchId) ?? null,
    forget: () => setProblem(null),
    fork: (at, name) => (history ? act(history.fork(branchId, at, name)) : refused()),
    openBranch: (branch) => (history ? act(history.open(branch)) : refused()),
    rename: (branch, name) => (history ? act(history.rename(branch, name)) : refused()),
    remove: (branch) => (history ? act(history.remove(branch)) : refused()),
  }), [tree, busy, problem, refresh, history, branchId, act])
  return <BranchesContext value={branches}>{children}</BranchesContext>
}
