'use client'

import {
  createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode,
} from 'react'
import type { PastView } from '../../server/history.ts'
import type { Answer } from './history-api.ts'
import { historyOf } from './history-api.ts'
import { useLab } from './lab-provider.tsx'

/** The moment that is looked at, and everything as it stood then. */
export interface Moment {
  /** Null: the present. */
  readonly atMillis: number | null
  /** What the server told last of the past; while a jump is under way, of the moment before. */
  readonly past: PastView | null
  readonly problem: string | null
  readonly look: (atMillis: number) => void
  readonly backToNow: () => void
}

const nothing = () => undefined
const MomentContext = createContext<Moment>({
  atMillis: null, past: null, problem: null, look: nothing, backToNow: nothing,
})

export function useMoment(): Moment {
  return useContext(MomentContext)
}

/** Where the past is asked for: a lab of one's own, or a shared one. */
export type PastSource = (atMillis: number) => Promise<Answer<PastView>>

/** The moment looked at, for everything below. Another source begins in the present again. */
export function MomentProvider({
  source, firstMillis = null, children,
}: {
  readonly source: PastSource | null
  /** Looked at from the beginning; null: the present. */
  readonly firstMillis?: number | null
  readonly children: ReactNode
}) {
  const moment = useLooking(source, firstMillis)
  return <MomentContext value={moment}>{children}</MomentContext>
}

/** The past of the open branch. */
export function LabMoment({ children }: { readonly children: ReactNode }) {
  const { id, state } = useLab()
  const { branchId } = state
  const source = useMemo<PastSource | null>(() => {
    if (id === null || branchId === '') return null
    const history = historyOf(id)
    return (atMillis) => history.past(branchId, atMillis)
  }, [id, branchId])
  return <MomentProvider source={source}>{children}</MomentProvider>
}

/** One request is under way at a time; of those that wait, the latest is asked next. */
function useLooking(source: PastSource | null, firstMillis: number | null): Moment {
  const [atMillis, setAt] = useState<number | null>(firstMillis)
  const [past, setPast] = useState<PastView | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const turn = useRef({ wanted: null as number | null, busy: false, source })
  const ask = useCallback(async () => {
    const own = turn.current
    if (own.busy) return
    own.busy = true
    while (own.wanted !== null && own.source) {
      const [at, from] = [own.wanted, own.source]
      const answer = await from(at)
      if (own.source !== from) continue
      if (own.wanted === at) own.wanted = null
      if (answer.ok) setPast(answer.value)
      if (answer.ok || answer.problem !== 'superseded') {
        setProblem(answer.ok ? null : answer.problem)
      }
    }
    own.busy = false
  }, [])
  const look = useCallback((millis: number) => {
    turn.current.wanted = Math.max(0, millis)
    setAt(turn.current.wanted)
    void ask()
  }, [ask])
  const backToNow = useCallback(() => {
    turn.current.wanted = null
    setAt(null)
    setPast(null)
    setProblem(null)
  }, [])
  useEffect(() => {
    turn.current.source = source
    if (firstMillis === null) backToNow()
    else look(firstMillis)
  }, [source, firstMillis, look, backToNow])
  return useMemo(
    () => ({ atMillis, past: atMillis === null ? null : past, problem, look, backToNow }),
    [atMillis, past, problem, look, backToNow],
  )
}
