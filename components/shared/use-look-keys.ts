import { useEffect } from 'react'

const TYPING = 'input, textarea, select, [role="tab"], [contenteditable], svg [tabindex]'

/** Looks around by key: the event before and after, the beginning and the link's moment. */
export function useLookKeys(
  moments: readonly number[], at: number, last: number, look: (millis: number) => void,
) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return
      if (event.target instanceof Element && event.target.closest(TYPING)) return
      const to = target(event.key, moments, at, last)
      if (to === null) return
      event.preventDefault()
      look(to)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [moments, at, last, look])
}

function target(key: string, moments: readonly number[], at: number, last: number) {
  if (key === 'Home') return 0
  if (key === 'End') return last
  if (key === 'ArrowLeft') return Math.max(0, ...moments.filter((one) => one < at))
  if (key === 'ArrowRight') return Math.min(last, ...moments.filter((one) => one > at))
  return null
}
