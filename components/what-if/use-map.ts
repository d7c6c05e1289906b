'use client'

import { useEffect, useMemo, useState } from 'react'
import type { Outcome, Settings, WhatIfLine } from '../../server/what-if/types.ts'
import type { LabProblem } from '../lab/lab-api.ts'
import { cellName, type MapPlan } from './map-layout.ts'
import { useSettled } from './use-settled.ts'
import { playCells } from './what-if-api.ts'

export interface PlayedMap {
  /** By name; of the map before, until their own have come. */
  readonly outcomes: ReadonlyMap<string, Outcome>
  /** Names of those that are of this map. */
  readonly fresh: ReadonlySet<string>
  /** How it ended; null: it goes on. */
  readonly end: Extract<WhatIfLine, { end: unknown }>['end'] | null
  readonly problem: LabProblem | null
}

const nothing: PlayedMap = {
  outcomes: new Map(), fresh: new Set(), end: null, problem: null,
}

/** A slider that is still moving has no map of its own. */
const SETTLE_MILLIS = 150

/** All cells of a plan, as they come. `attempt`: another number asks again. */
export function useMap(
  lab: string, pod: string, plan: MapPlan, settings: Settings, attempt: number,
): PlayedMap {
  const [played, setPlayed] = useState(nothing)
  const { across, up } = plan
  const value = useSettled(settings[plan.fixed], SETTLE_MILLIS)
  const fixed = useMemo(
    () => ({ grace: null, hook: null, app: null, [plan.fixed]: value }), [plan.fixed, value],
  )
  useEffect(() => {
    const stop = new AbortController()
    const map = {
      across: { knob: across.knob, values: across.state.axis },
      up: { knob: up.knob, values: up.state.axis }, fixed,
    }
    setPlayed((old) => ({ ...nothing, outcomes: old.outcomes }))
    void playCells(lab, { pod, map }, stop.signal, (lines) => {
      setPlayed((old) => {
        const outcomes = new Map(old.outcomes)
        const fresh = new Set(old.fresh)
        let { end } = old
        for (const line of lines) {
          if ('end' in line) {
            end = line.end
          } else {
            const name = cellName(plan, line.settings)
            outcomes.set(name, line.outcome)
            fresh.add(name)
          }
        }
        return { outcomes, fresh, end, problem: null }
      })
    }).then((problem) => {
      if (!stop.signal.aborted && problem) setPlayed((old) => ({ ...old, problem }))
    })
    return () => stop.abort()
  }, [lab, pod, plan, across, up, fixed, attempt])
  return played
}
