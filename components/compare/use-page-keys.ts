'use client'

import { useEffect, useRef } from 'react'
import { next, previous, type Stretch } from './playback.ts'
import type { Playback } from './use-playback.ts'

/** What has keys of its own: controls, lists that scroll, the things of a picture. */
const OWN_KEYS = 'button, a, input, select, textarea, [role=slider], [tabindex], [data-item]'

/** Space plays, arrows step, Home and End go to the fork and the end, where nothing else is meant. */
export function usePageKeys(
  playback: Playback, all: readonly number[], { fromMillis, toMillis }: Stretch,
): void {
  const keys = useRef<Readonly<Record<string, () => void>>>({})
  useEffect(() => {
    const { atMillis, look, toggle } = playback
    keys.current = {
      ' ': toggle,
      ArrowLeft: () => look(previous(all, atMillis)), ArrowRight: () => look(next(all, atMillis)),
      Home: () => look(fromMillis), End: () => look(toMillis),
    }
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      const act = keys.current[event.key]
      if (!act || (event.target instanceof Element && event.target.closest(OWN_KEYS))) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}
