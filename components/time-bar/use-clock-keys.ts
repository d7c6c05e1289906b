'use client'

import { useEffect } from 'react'
import type { ClockActs } from './use-clock.ts'

/** Here keys have a meaning of their own: typing, choosing, scrolling. */
const OWN_KEYS = [
  'input', 'textarea', 'select', '[contenteditable]', ':popover-open', '[role=tablist]',
  '[role=radiogroup]', '[role=slider]', '[role=separator]', '[role=grid]', '[role=dialog]',
  '[data-item]', '[data-pane=text]', '[data-pane=editor]', '[data-pane=terminal]',
].join(',')
/** What Space presses. */
const PRESSED = 'button, a, summary'
const LOOK_MILLIS = 1_000

/** What the keys ask of a clock, a lab's or that of a shared one. */
export type KeyActs = Pick<
  ClockActs, 'toggle' | 'previous' | 'next' | 'lookBy' | 'lookAt' | 'backToNow'
>

/** Space plays and pauses, arrows go from event to event, Home and End to both ends of time. */
export function useClockKeys(acts: KeyActs): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return
      const target = event.target instanceof Element ? event.target : null
      if (target?.closest(OWN_KEYS)) return
      if (event.key === ' ' && target?.closest(PRESSED)) return
      const act = actOf(event, acts)
      if (!act) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [acts])
}

function actOf({ key, shiftKey }: KeyboardEvent, acts: KeyActs): (() => void) | undefined {
  switch (key) {
    case ' ': return acts.toggle
    case 'ArrowLeft': return shiftKey ? () => acts.lookBy(-LOOK_MILLIS) : acts.previous
    case 'ArrowRight': return shiftKey ? () => acts.lookBy(LOOK_MILLIS) : acts.next
    case 'Home': return () => acts.lookAt(0)
    case 'End': return acts.backToNow
    default: return undefined
  }
}
