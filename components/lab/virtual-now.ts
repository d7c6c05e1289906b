'use client'

import { useEffect, useState } from 'react'
import { virtualNow, type ClockReading } from './lab-state.ts'

/** The lab's time, read again every so often while it moves. */
export function useVirtualNow(clock: ClockReading, everyMillis: number): number {
  const [now, setNow] = useState(clock.nowMillis)
  useEffect(() => {
    const read = () => setNow(virtualNow(clock, performance.now()))
    read()
    if (clock.pace === 0) return
    const timer = setInterval(read, everyMillis)
    return () => clearInterval(timer)
  }, [clock, everyMillis])
  return now
}
