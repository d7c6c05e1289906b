'use client'

import type { KeyboardEvent, ReactNode } from 'react'
import styles from './tab-list.module.css'

export interface Tab {
  readonly id: string
  readonly label: ReactNode
  /** A control beside the tab, outside of it. */
  readonly after?: ReactNode
}

/** Tabs above a pane. Arrow keys choose, as everywhere. */
export function TabList({ label, prefix, tabs, chosen, onChoose }: {
  readonly label: string
  /** Ids of the tabs and their panels are `<prefix>-tab-<id>` and `<prefix>-panel-<id>`. */
  readonly prefix: string
  readonly tabs: readonly Tab[]
  readonly chosen: string
  readonly onChoose: (id: string) => void
}) {
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const at = tabs.findIndex((tab) => tab.id === chosen)
    const next = tabs[(at + step + tabs.length) % tabs.length]
    if (step === 0 || !next) return
    event.preventDefault()
    document.getElementById(`${prefix}-tab-${next.id}`)?.focus()
    onChoose(next.id)
  }
  return (
    <div className={styles.list}>
      <div className={styles.tabs} role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <button
            key={tab.id} role="tab" id={`${prefix}-tab-${tab.id}`} className={styles.tab}
            aria-selected={tab.id === chosen} aria-controls={`${prefix}-panel-${tab.id}`}
            tabIndex={tab.id === chosen ? 0 : -1} onClick={() => onChoose(tab.id)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      {tabs.find((tab) => tab.id === chosen)?.after}
    </div>
  )
}
