'use client'

import { useEffect, useRef, useState } from 'react'
import type { TimelineEntry } from '../../server/protocol.ts'
import type { Outcome, Settings } from '../../server/what-if/types.ts'
import type { LabProblem } from '../lab/lab-api.ts'
import { playCells } from './what-if-api.ts'

/** One setting played to its end. */
export interface PlayedCell {
  readonly settings: Settings
  readonly outcome: Outcome
  readonly entries: readonly TimelineEntry[]
}

interface Asked { readonly lab: string; readonly pod: string; readonly settings: Settings }

/** While a slider moves, a question goes out no faster than this. */
const PAUSE_MILLIS = 60

/**
 * The cell of these settings. While another is played, the last one stays: a slider asks for the
 * newest value only, one question at a time.
 */
export function useCell(asked: Asked): {
  readonly cell: PlayedCell | null
  readonly problem: LabProblem | null
} {
  const [cell, setCell] = useState<PlayedCell | null>(null)
  const [problem, setProblem] = useState<LabProblem | null>(null)
  const wanted = useRef<Asked | null>(null)
  const isAsking = useRef(false)
  const stop = useRef<AbortController | null>(null)
  useEffect(() => {
    const controller = new AbortController()
    stop.current = controller
    return () => controller.abort()
  }, [])
  const { lab, pod } = asked
  const { grace, hook, app } = asked.settings
  useEffect(() => {
    wanted.current = { lab, pod, settings: { grace, hook, app } }
    const goOn = async (): Promise<void> => {
      if (isAsking.current) return
      isAsking.current = true
      while (wanted.current && stop.current && !stop.current.signal.aborted) {
        const one: Asked = wanted.current
        wanted.current = null
        const { signal } = stop.current
        setProblem(await ask(one, signal, setCell))
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLIS))
      }
      isAsking.current = false
    }
    void goOn()
  }, [lab, pod, grace, hook, app])
  return { cell, problem }
}

function ask(
  { lab, pod, settings }: Asked, signal: AbortSignal, onCell: (cell: PlayedCell) => void,
): Promise<LabProblem | null> {
  return playCells(lab, { pod, cell: settings }, signal, (lines) => {
    for (const line of lines) {
      if (!('end' in line)) onCell({ settings, outcome: line.outcome, entries: line.entries ?? [] })
    }
  })
}
