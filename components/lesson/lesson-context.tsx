'use client'

import { createContext, useContext, type ReactNode } from 'react'
import type { StepState } from '../../server/protocol.ts'
import { useLab } from '../lab/lab-provider.tsx'

interface LessonInfo {
  readonly stepIds: readonly string[]
  /** Steps that the server knew as done when it wrote the page. */
  readonly firstDone: readonly string[]
}

const LessonContext = createContext<LessonInfo>({ stepIds: [], firstDone: [] })

export function LessonProvider({
  stepIds,
  firstDone,
  children,
}: LessonInfo & { readonly children: ReactNode }) {
  return <LessonContext value={{ stepIds, firstDone }}>{children}</LessonContext>
}

export interface LessonProgress {
  readonly stepIds: readonly string[]
  readonly steps: readonly StepState[]
  readonly done: ReadonlySet<string>
  /** First step that is not done; null: all are. */
  readonly currentId: string | null
}

/** Where the learner is: from the lab once it has answered, before that from the page. */
export function useProgress(): LessonProgress {
  const { stepIds, firstDone } = useContext(LessonContext)
  const { state } = useLab()
  const { steps } = state
  const done = new Set(
    state.known
      ? steps.filter((step) => step.doneAtMillis !== null).map(({ id }) => id)
      : firstDone,
  )
  return { stepIds, steps, done, currentId: stepIds.find((id) => !done.has(id)) ?? null }
}
