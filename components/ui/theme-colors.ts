/** The present values of colour tokens, as `#rrggbb`: for what cannot read style sheets itself. */
export function readColors<Name extends string>(names: readonly Name[]): Record<Name, string> {
  const probe = document.createElement('span')
  probe.hidden = true
  document.body.append(probe)
  const read = (name: Name) => {
    probe.style.color = `var(--${name})`
    return [name, toHex(getComputedStyle(probe).color)] as const
  }
  const colors = Object.fromEntries(names.map(read)) as Record<Name, string>
  probe.remove()
  return colors
}

function toHex(color: string): string {
  const numbers = color
    .match(/[\d.]+/g)
    ?.slice(0, 3)
    .map(Number) ?? [0, 0, 0]
  return `#${numbers.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`
}

/** Calls back when the reader or the system changes the colours. */
export function onColorsChanged(changed: () => void): () => void {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  const queries = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)'].map((query) =>
    matchMedia(query),
  )
  for (const query of queries) query.addEventListener('change', changed)
  return () => {
    observer.disconnect()
    for (const query of queries) query.removeEventListener('change', changed)
  }
}
