'use client'

import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react'

/** A line of a file that something on the page points to. Another object each time it is asked. */
export interface LitLine {
  readonly path: string
  readonly line: number
}

interface Lit {
  readonly lit: LitLine | null
  readonly light: (line: LitLine | null) => void
}

const LitContext = createContext<Lit>({ lit: null, light: () => undefined })

export function useLitLine(): Lit {
  return useContext(LitContext)
}

export function LitLineProvider({ children }: { readonly children: ReactNode }) {
  const [lit, setLit] = useState<LitLine | null>(null)
  const light = useCallback((line: LitLine | null) => setLit(line && { ...line }), [])
  const value = useMemo(() => ({ lit, light }), [lit, light])
  return <LitContext value={value}>{children}</LitContext>
}
