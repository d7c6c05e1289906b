'use client'

import { useEffect, useRef } from 'react'
import { virtualNow, type ClockReading } from '../lab/lab-state.ts'

const CALM_MILLIS = 1_000

/**
 * Calls `draw` with the lab's time: once, and with every frame while the clock runs. Readers who
 * want less motion get one picture a second.
 */
export function useFrames(clock: ClockReading, draw: (nowMillis: number) => void): void {
  const latest = useRef(draw)
  useEffect(() => {
    latest.current = draw
    draw(virtualNow(clock, performance.now()))
  })
  useEffect(() => {
    if (clock.pace === 0) return
    const tell = () => latest.current(virtualNow(clock, performance.now()))
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      const timer = setInterval(tell, CALM_MILLIS)
      return () => clearInterval(timer)
    }
    let frame = requestAnimationFrame(function next() {
      tell()
      frame = requestAnimationFrame(next)
    })
    return () => cancelAnimationFrame(frame)
  }, [clock])
}
