'use client'

import { useCallback, useLayoutEffect, useState } from 'react'

export type SizeName = 'text' | 'editor' | 'strip'

/** Pane sizes that the reader chose, in pixels; the style sheet decides the others. */
export type Sizes = Readonly<Partial<Record<SizeName, number>>>

const KEY = 'grace-sizes'

export function parseSizes(stored: string | null): Sizes {
  try {
    const value: unknown = JSON.parse(stored ?? '{}')
    if (typeof value !== 'object' || value === null) return {}
    return Object.fromEntries(Object.entries(value).filter(([name, px]) =>
      ['text', 'editor', 'strip'].includes(name) && typeof px === 'number' && px > 0))
  } catch {
    return {}
  }
}

export function useSizes() {
  const [sizes, setSizes] = useState<Sizes>({})
  useLayoutEffect(() => setSizes(parseSizes(localStorage.getItem(KEY))), [])
  const setSize = useCallback((name: SizeName, px: number | null) => {
    setSizes((old) => {
      const { [name]: _, ...others } = old
      const next = px === null ? others : { ...others, [name]: px }
      localStorage.setItem(KEY, JSON.stringify(next))
      return next
    })
  }, [])
  return { sizes, setSize }
}
