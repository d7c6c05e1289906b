'use client'

import { useCallback, useEffect, useState } from 'react'
import { begin, clampTo, type PlayPace, type Stretch } from './playback.ts'

/** Readers who want less motion get one picture a second. */
const CALM_MILLIS = 1_000

export interface Playback {
  readonly atMillis: number
  /** Everything is shown: no playhead is needed. */
  readonly isWhole: boolean
  readonly isPlaying: boolean
  readonly pace: PlayPace
  readonly setPace: (pace: PlayPace) => void
  readonly toggle: () => void
  readonly look: (millis: number) => void
}

/** A playhead over what is known. */
export function usePlayback(stretch: Stretch): Playback {
  const [at, setAt] = useState(Infinity)
  const [isPlaying, setPlaying] = useState(false)
  const [pace, setPace] = useState<PlayPace>(10)
  const { fromMillis, toMillis } = stretch
  const atMillis = clampTo(at, stretch)
  const isOver = atMillis >= toMillis
  useFrames(isPlaying && !isOver, useCallback((wallMillis: number) => {
    setAt((before) => clampTo(before + wallMillis * pace, { fromMillis, toMillis }))
  }, [pace, fromMillis, toMillis]))
  return {
    atMillis, pace, setPace,
    isWhole: isOver,
    isPlaying: isPlaying && !isOver,
    toggle: () => {
      setAt(isPlaying && !isOver ? atMillis : begin(atMillis, stretch))
      setPlaying(!isPlaying || isOver)
    },
    look: (millis) => {
      setPlaying(false)
      setAt(clampTo(millis, stretch))
    },
  }
}

function useFrames(isOn: boolean, onFrame: (wallMillis: number) => void): void {
  useEffect(() => {
    if (!isOn) return
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      const timer = setInterval(() => onFrame(CALM_MILLIS), CALM_MILLIS)
      return () => clearInterval(timer)
    }
    let before = performance.now()
    let request = requestAnimationFrame(function draw(wall) {
      onFrame(Math.max(0, wall - before))
      before = wall
      request = requestAnimationFrame(draw)
    })
    return () => cancelAnimationFrame(request)
  }, [isOn, onFrame])
}
