'use client'

import { useEffect } from 'react'
import type { Pane } from './desk.tsx'

const PANES = ['text', 'editor', 'terminal', 'timeline'] as const

/** What takes the focus in each pane. */
const TARGETS: Record<(typeof PANES)[number], string> = {
  text: '[data-pane=text]',
  editor: '[data-pane=editor] .native-edit-context, [data-pane=editor] textarea',
  terminal: '[data-pane=terminal] [data-active=true] textarea',
  timeline: '[data-pane=timeline] [tabindex="0"], [data-pane=timeline] button',
}

/** F6 and Shift F6 go from pane to pane: the way out of the terminal, where Tab belongs to bash. */
export function usePaneKeys(showPane: (pane: Pane) => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'F6') return
      event.preventDefault()
      const here = document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane')
      const at = PANES.findIndex((pane) => pane === here)
      const step = event.shiftKey ? PANES.length - 1 : 1
      for (let tried = 1; tried <= PANES.length; tried++) {
        const pane = PANES[(Math.max(at, at < 0 ? 0 : at) + step * tried) % PANES.length]
        if (!pane) return
        if (pane === 'editor' || pane === 'terminal') showPane(pane)
        const target = document.querySelector<HTMLElement | SVGElement>(TARGETS[pane])
        target?.focus()
        if (target && document.activeElement === target) return
      }
    }
    document.addEventListener('keydown', onKeyDown, true)
    return () => document.removeEventListener('keydown', onKeyDown, true)
  }, [showPane])
}
