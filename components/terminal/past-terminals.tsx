'use client'

import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { PastView } from '../../server/history.ts'
import { useTranslations } from '../i18n/translations.tsx'
import { TabList } from '../ui/tab-list.tsx'
import { ClusterScreen } from './cluster-screen.tsx'
import type { TerminalView } from './terminal-view.ts'
import styles from './terminal.module.css'

const CLUSTER = 'cluster'

/** The screens of an earlier moment, and the cluster in kubectl's words. Nothing can be typed. */
export function PastTerminals({ past, note, tools }: {
  readonly past: PastView
  /** What the reader looks at, and the way back. */
  readonly note: ReactNode
  /** Beside the tabs. */
  readonly tools?: ReactNode
}) {
  const t = useTranslations('terminal')
  const [chosen, setChosen] = useState<string | null>(null)
  const { tabs } = past
  const ids = [...tabs.map(({ tab }) => tab), CLUSTER]
  const front = chosen !== null && ids.includes(chosen) ? chosen : (ids[0] ?? CLUSTER)
  const screen = tabs.find(({ tab }) => tab === front)
  return (
    <div className={styles.pastPane} data-past>
      <div className={styles.bar}>
        <TabList
          label={t('pastTabs')} prefix="past" chosen={front} onChoose={setChosen}
          tabs={[
            ...tabs.map(({ tab }) => ({
              id: tab, label: <span className="figures">{t('tab', { tab })}</span>,
            })),
            { id: CLUSTER, label: t('cluster') },
          ]}
        />
        {tools}
      </div>
      <p className={styles.pastNote}>{note}</p>
      <div
        className={styles.pastBody} role="tabpanel" id={`past-panel-${front}`}
        aria-labelledby={`past-tab-${front}`}
      >
        {screen ? (
          <PastScreen text={screen.text} label={t('pastTab', { tab: screen.tab })} />
        ) : (
          <ClusterScreen cluster={past.cluster} />
        )}
      </div>
    </div>
  )
}

/** One terminal as it stood. The same xterm shows one moment after another. */
function PastScreen({ text, label }: { readonly text: string; readonly label: string }) {
  const t = useTranslations('terminal')
  const element = useRef<HTMLDivElement>(null)
  const [view, setView] = useState<TerminalView | 'failed' | null>(null)
  useEffect(() => {
    let over = false
    let made: TerminalView | undefined
    import('./terminal-view.ts').then(({ TerminalView }) => {
      if (over || !element.current) return
      made = new TerminalView(element.current, label, { onKeys: ignore, onSize: ignore }, true)
      setView(made)
    }).catch(() => setView('failed'))
    return () => {
      over = true
      made?.dispose()
    }
  }, [label])
  useEffect(() => {
    if (view instanceof Object) view.write({ text, clear: true })
  }, [view, text])
  return (
    <>
      {view === 'failed' ? <p className={styles.failed}>{t('failed')}</p> : null}
      <div ref={element} className={styles.xterm} />
    </>
  )
}

const ignore = () => undefined
