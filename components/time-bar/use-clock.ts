'use client'

import { useCallback, useMemo, useState } from 'react'
import type { RunUntil } from '../../server/protocol.ts'
import { useBranches } from '../history/branches.tsx'
import { useLab } from '../lab/lab-provider.tsx'
import { virtualNow } from '../lab/lab-state.ts'
import { useMoment } from '../lab/moment.tsx'
import { after, before, momentsOf } from './moments.ts'
import type { PaceChoice } from './paces.tsx'

/** Everything the time bar and its keys can do with the clock. */
export interface ClockActs {
  readonly isPast: boolean
  readonly isPaused: boolean
  /** The pace at which time goes, or will when it goes on. */
  readonly pace: number
  readonly toggle: () => void
  readonly setPace: (pace: PaceChoice) => void
  readonly setSkipsQuiet: (on: boolean) => void
  readonly run: (until: RunUntil) => void
  readonly previous: () => void
  readonly next: () => void
  /** Looks so much earlier or later than what is looked at. */
  readonly lookBy: (millis: number) => void
  readonly lookAt: (millis: number) => void
  readonly backToNow: () => void
  /** A new branch from the moment looked at. */
  readonly continueHere: () => void
}

export function useClock(): ClockActs {
  const { connection, state } = useLab()
  const { atMillis, look, backToNow } = useMoment()
  const { fork } = useBranches()
  const [chosen, setChosen] = useState<number>(1)
  const { clock, skipsQuiet, entries } = state
  const isPaused = clock.pace === 0 && state.running === null
  const pace = clock.pace === 0 ? chosen : clock.pace
  const tell = useCallback((to: number, skips: boolean) => {
    void connection?.send({ kind: 'pace', pace: to, skipsQuiet: skips })
  }, [connection])
  return useMemo<ClockActs>(() => {
    const now = () => virtualNow(clock, performance.now())
    const lookAt = (millis: number) => {
      if (millis >= now()) backToNow()
      else look(millis)
    }
    const step = (to: number | undefined) => { if (to !== undefined) lookAt(to) }
    return {
      isPast: atMillis !== null, isPaused, pace, lookAt, backToNow,
      toggle: () => {
        if (atMillis !== null) backToNow()
        else tell(isPaused ? pace : 0, skipsQuiet)
      },
      setPace: (to) => {
        setChosen(to)
        if (!isPaused) tell(to, skipsQuiet)
      },
      setSkipsQuiet: (on) => tell(isPaused ? 0 : pace, on),
      run: (until) => {
        backToNow()
        connection?.run(until)
      },
      previous: () => step(before(momentsOf(entries), atMillis ?? now())),
      next: () => {
        if (atMillis === null) connection?.run('next-event')
        else lookAt(after(momentsOf(entries), atMillis) ?? Infinity)
      },
      lookBy: (millis) => lookAt(Math.max(0, (atMillis ?? now()) + millis)),
      continueHere: () => { if (atMillis !== null) void fork(atMillis) },
    }
  }, [
    clock, skipsQuiet, entries, atMillis, isPaused, pace, tell, look, backToNow, connection, fork,
  ])
}
