'use client'

import {
  createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode,
} from 'react'
import type { PastView } from '../../server/history.ts'
import type { Answer } from './history-api.ts'
import { historyOf } from './history-api.ts'
import { useLab } from './lab-provider.tsx'

export type PastProblem = Extract<Answer<never>, { ok: false }>['problem']

/** The moment that is looked at, and everything as it stood then. */
export interface Moment {
  /** Null: the present. */
  readonly atMillis: number | null
  /** What the server told last of the past; while a jump is under way, of the moment before. */
  readonly past: PastView | null
  /** The moment is asked for, and not here yet. */
  readonly isLoading: boolean
  readonly problem: PastProblem | null
  readonly look: (atMillis: number) => void
  readonly backToNow: () => void
}

const nothing = () => undefined
const MomentContext = createContext<Moment>({
  atMillis: null, past: null, isLoading: false, problem: null, look: nothing, backToNow: nothing,
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

/** Another look of this lab came between, or too many did: the moment is asked for again. */
const PASSING: ReadonlySet<PastProblem> = new Set(['superseded', 'too-fast'])
const AGAIN_MILLIS = 120
/** A drag asks no more often than a screen draws. */
const BETWEEN_MILLIS = 15

const rest = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis))

/** One request is under way at a time; of those that wait, the latest is asked next. */
function useLooking(source: PastSource | null, firstMillis: number | null): Moment {
  const [atMillis, setAt] = useState<number | null>(firstMillis)
  const [told, setTold] = useState<{ readonly asked: number; readonly past: PastView } | null>(null)
  const [problem, setProblem] = useState<PastProblem | null>(null)
  const turn = useRef({ wanted: null as number | null, busy: false, source })
  const ask = useCallback(async () => {
    const own = turn.current
    if (own.busy) return
    own.busy = true
    while (own.wanted !== null && own.source) {
      const [at, from] = [own.wanted, own.source]
      const answer = await from(at)
      if (own.source !== from || own.wanted === null) continue
      if (!answer.ok && PASSING.has(answer.problem)) {
        await rest(AGAIN_MILLIS)
        continue
      }
      if (own.wanted === at) own.wanted = null
      if (answer.ok) setTold({ asked: at, past: answer.value })
      setProblem(answer.ok ? null : answer.problem)
      await rest(BETWEEN_MILLIS)
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
    setTold(null)
    setProblem(null)
  }, [])
  useEffect(() => {
    turn.current.source = source
    if (firstMillis === null) backToNow()
    else look(firstMillis)
  }, [source, firstMillis, look, backToNow])
  return useMemo(() => {
    const past = atMillis === null ? null : (told?.past ?? null)
    const isLoading = atMillis !== null && problem === null && told?.asked !== atMillis
    return { atMillis, past, isLoading, problem, look, backToNow }
  }, [atMillis, told, problem, look, backToNow])
}
