'use client'

import {
  createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode,
} from 'react'
import { useLab } from '../lab/lab-provider.tsx'

export type Pane = 'editor' | 'terminal'

interface Size { readonly columns: number; readonly rows: number }

/** What the parts of the page ask of one another: which tab is in front, and to type into it. */
interface Desk {
  readonly pane: Pane
  readonly sheet: Pane | null
  readonly terminal: string
  readonly showPane: (pane: Pane) => void
  readonly setSheet: (pane: Pane | null) => void
  readonly showTerminal: (tab: string) => void
  /** Opens a tab in the terminals' present size. */
  readonly openTerminal: (tab: string) => void
  readonly setSize: (size: Size) => void
  /** Brings the tab to the front, opening it if need be, and types the text into it. */
  readonly type: (tab: string, text: string) => void
}

const FIRST_SIZE: Size = { columns: 80, rows: 24 }
const nothing = () => undefined

const DeskContext = createContext<Desk>({
  pane: 'terminal', sheet: null, terminal: '1', showPane: nothing, setSheet: nothing,
  showTerminal: nothing, openTerminal: nothing, setSize: nothing, type: nothing,
})

export function useDesk(): Desk {
  return useContext(DeskContext)
}

export function DeskProvider({ children }: { readonly children: ReactNode }) {
  const { connection } = useLab()
  const [pane, setPane] = useState<Pane>('terminal')
  const [sheet, setSheet] = useState<Pane | null>(null)
  const [terminal, setTerminal] = useState('1')
  const size = useRef(FIRST_SIZE)
  const setSize = useCallback((next: Size) => { size.current = next }, [])
  const showTerminal = useCallback((tab: string) => {
    setTerminal(tab)
    setPane('terminal')
  }, [])
  const openTerminal = useCallback((tab: string) => {
    void connection?.send({ kind: 'tab-open', tab, ...size.current })
    showTerminal(tab)
  }, [connection, showTerminal])
  const type = useCallback((tab: string, text: string) => {
    if (!connection) return
    if (connection.snapshot().tabs.includes(tab)) showTerminal(tab)
    else openTerminal(tab)
    if (matchMedia('(max-width: 899px)').matches) setSheet('terminal')
    void connection.send({ kind: 'keys', tab, text })
  }, [connection, openTerminal, showTerminal])
  const desk = useMemo<Desk>(() => ({
    pane, sheet, terminal, showPane: setPane, setSheet, showTerminal, openTerminal, setSize, type,
  }), [pane, sheet, terminal, showTerminal, openTerminal, setSize, type])
  return <DeskContext value={desk}>{children}</DeskContext>
}
