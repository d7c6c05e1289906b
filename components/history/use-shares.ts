'use client'

import { useCallback, useMemo, useState } from 'react'
import type { ShareInfo } from '../../server/history.ts'
import { historyOf, type Answer } from '../lab/history-api.ts'
import type { BranchProblem } from './branches.tsx'

export interface Shares {
  /** Newest first; null until they are known. */
  readonly links: readonly ShareInfo[] | null
  readonly busy: boolean
  readonly problem: BranchProblem | null
  readonly refresh: () => void
  /** Resolves to the new link. */
  readonly make: (branch: string, atMillis: number) => Promise<ShareInfo | null>
  readonly revoke: (token: string) => Promise<boolean>
}

/** The links to a lab, and what its owner does with them. */
export function useShares(lab: string | null): Shares {
  const [links, setLinks] = useState<readonly ShareInfo[] | null>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<BranchProblem | null>(null)
  const learn = useCallback(async (ask: Promise<Answer<readonly ShareInfo[]>>) => {
    const answer = await ask
    setProblem(answer.ok ? null : answer.problem)
    if (answer.ok) setLinks(answer.value.toReversed())
    return answer
  }, [])
  const act = useCallback(async (ask: Promise<Answer<readonly ShareInfo[]>>) => {
    setBusy(true)
    return learn(ask).finally(() => setBusy(false))
  }, [learn])
  const history = useMemo(() => (lab === null ? null : historyOf(lab)), [lab])
  return useMemo<Shares>(() => ({
    links, busy, problem,
    refresh: () => {
      if (history) void learn(history.shares())
    },
    make: async (branch, atMillis) => {
      if (!history) return null
      const answer = await act(history.share(branch, atMillis))
      return answer.ok ? (answer.value.at(-1) ?? null) : null
    },
    revoke: async (token) => history !== null && (await act(history.revoke(token))).ok,
  }), [links, busy, problem, history, learn, act])
}
