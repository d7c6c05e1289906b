'use client'

import { useCallback, useState } from 'react'

/** What was asked about: the entry, and the shape or time that stands for it. */
export interface Asked {
  readonly entry: number
  readonly anchor: Element
}

/** What is asked about, on one branch; closing it gives the focus back to what was chosen. */
export function useAsked(branch: string) {
  const [held, setHeld] = useState<{ readonly asked: Asked; readonly branch: string } | null>(null)
  const onWhy = useCallback(
    (entry: number, anchor: Element) => setHeld({ asked: { entry, anchor }, branch }), [branch],
  )
  const onClose = useCallback(() => {
    setHeld(null)
    if (held) focusMark(held.asked.anchor)
  }, [held])
  return { asked: held?.branch === branch ? held.asked : null, onWhy, onClose }
}

/** The shape may have been drawn anew since. */
function focusMark(anchor: Element): void {
  const key = anchor.getAttribute('data-item')
  const now = anchor.isConnected || key === null ? anchor
    : document.querySelector(`[data-pane=timeline] [data-item="${CSS.escape(key)}"]`)
  if (now instanceof HTMLElement || now instanceof SVGElement) now.focus()
}
