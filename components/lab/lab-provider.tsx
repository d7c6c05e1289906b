'use client'

import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react'
import { dropDrafts } from '../editor/drafts.ts'
import type { LabConnection } from './connection.ts'
import { connectLab, openLab, resetLab, type LabProblem } from './lab-api.ts'
import { blankLab, type LabState } from './lab-state.ts'

interface Lab {
  readonly id: string | null
  readonly connection: LabConnection | null
  readonly state: LabState
  readonly problem: LabProblem | null
  /** Begins the lesson anew; resolves when the new cluster is there, or tells the problem. */
  readonly reset: () => Promise<void>
}

const LabContext = createContext<Lab>({
  id: null,
  connection: null,
  state: blankLab,
  problem: null,
  reset: async () => undefined,
})

export function useLab(): Lab {
  return useContext(LabContext)
}

interface OpenLab {
  readonly id: string
  readonly connection: LabConnection
}

const RETRY_MILLIS = 3_000
const nothing = () => () => undefined

/** One lab for all parts of a lesson page. */
export function LabProvider({
  lesson,
  children,
}: {
  readonly lesson: string
  readonly children: ReactNode
}) {
  const [open, setOpen] = useState<OpenLab | null>(null)
  const [problem, setProblem] = useState<LabProblem | null>(null)
  /** A new connection in place of one that has ended; once, whoever notices first. */
  const begin = useCallback((lab: string, ended: LabConnection | null) => {
    const connection = connectLab(lab, () => begin(lab, connection))
    setOpen((now) => ((now?.connection ?? null) === ended ? { id: lab, connection } : now))
  }, [])
  useEffect(() => keepOpening(lesson, (lab) => begin(lab, null), setProblem), [lesson, begin])
  useEffect(() => {
    open?.connection.connect()
    return () => open?.connection.close()
  }, [open])
  const id = open?.id ?? null
  const connection = open?.connection ?? null
  const reset = useCallback(async () => {
    if (id === null) return
    const answer = await resetLab(id)
    setProblem(answer.ok ? null : answer.problem)
    if (!answer.ok) return
    dropDrafts(answer.id, localStorage)
    begin(answer.id, connection)
  }, [id, connection, begin])
  const state = useSyncExternalStore(
    connection?.subscribe ?? nothing,
    connection?.snapshot ?? (() => blankLab),
    () => blankLab,
  )
  const lab = useMemo(
    () => ({ id, connection, state, problem, reset }),
    [id, connection, state, problem, reset],
  )
  return <LabContext value={lab}>{children}</LabContext>
}

/** Asks for the lab until the server answers; a refusal is shown and not repeated. */
function keepOpening(
  lesson: string,
  onOpen: (lab: string) => void,
  onProblem: (problem: LabProblem | null) => void,
): () => void {
  let over = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const attempt = async () => {
    const answer = await openLab(lesson)
    if (over) return
    onProblem(answer.ok ? null : answer.problem)
    if (answer.ok) onOpen(answer.id)
    else if (answer.problem === 'unreachable' || answer.problem === 'database-unavailable') {
      timer = setTimeout(() => void attempt(), RETRY_MILLIS)
    }
  }
  void attempt()
  return () => {
    over = true
    clearTimeout(timer)
  }
}
