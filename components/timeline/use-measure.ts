'use client'

import { useEffect, useMemo, useState } from 'react'

/** Measures texts in the page's own font, before they are drawn. */
export function useMeasure(): (text: string, bold: boolean) => number {
  const [family, setFamily] = useState(pageFont)
  useEffect(() => setFamily(pageFont), [])
  return useMemo(() => {
    const context =
      typeof document === 'undefined' ? null : document.createElement('canvas').getContext('2d')
    const known = new Map<string, number>()
    return (text, bold) => {
      const font = `${bold ? 600 : 400} 12px ${family}`
      const key = `${font}${text}`
      const measured = known.get(key)
      if (measured !== undefined || !context) return measured ?? text.length * 7
      context.font = font
      const width = context.measureText(text).width
      known.set(key, width)
      return width
    }
  }, [family])
}

function pageFont(): string {
  return typeof document === 'undefined' ? 'sans-serif' : getComputedStyle(document.body).fontFamily
}
