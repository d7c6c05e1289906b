'use client'

import { useEffect, useRef, useState, type RefObject } from 'react'
import { useTranslations } from '../i18n/translations.tsx'
import type { LabConnection } from '../lab/connection.ts'
import { useDesk } from '../workbench/desk.tsx'
import type { TerminalView } from './terminal-view.ts'
import styles from './terminal.module.css'

/** A paste longer than this goes out in several inputs. */
const INPUT_CHARACTERS = 4_000
/** While a divider is dragged the size changes with every frame; the shell is told at the end. */
const RESIZE_MILLIS = 120

interface ScreenProps {
  readonly connection: LabConnection
  readonly tab: string
  readonly active: boolean
  readonly screenReader: boolean
  readonly views: RefObject<Map<string, TerminalView>>
}

/** One tab's terminal. It stays alive behind the others, so that its screen and scroll are kept. */
export function TerminalScreen({ connection, tab, active, screenReader, views }: ScreenProps) {
  const t = useTranslations('terminal')
  const element = useRef<HTMLDivElement>(null)
  const { setSize } = useDesk()
  const [view, setView] = useState<TerminalView | 'failed' | null>(null)
  const label = `${t('tab', { tab })}. ${t('help')}`

  useEffect(() => {
    let over = false
    let close: (() => void) | undefined
    import('./terminal-view.ts').then((module) => {
      if (over || !element.current) return
      const opened = openView(module.TerminalView, element.current, label, connection, tab, setSize)
      views.current.set(tab, opened.view)
      close = () => {
        views.current.delete(tab)
        opened.close()
      }
      setView(opened.view)
    }).catch(() => setView('failed'))
    return () => {
      over = true
      close?.()
    }
  }, [connection, tab, label, setSize, views])

  useEffect(() => {
    if (view instanceof Object) view.setScreenReader(screenReader)
  }, [view, screenReader])

  return (
    <div
      className={styles.screen} data-active={active} inert={!active} data-tab={tab}
      id={`terminal-panel-${tab}`} role="tabpanel" aria-labelledby={`terminal-tab-${tab}`}
    >
      {view === 'failed' ? <p className={styles.failed}>{t('failed')}</p> : null}
      <div ref={element} className={styles.xterm} />
    </div>
  )
}

function openView(
  View: typeof TerminalView, element: HTMLElement, label: string, connection: LabConnection,
  tab: string, setSize: (size: { columns: number; rows: number }) => void,
) {
  let timer: ReturnType<typeof setTimeout> | undefined
  const tell = (size: { readonly columns: number; readonly rows: number }) => {
    setSize(size)
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (connection.snapshot().tabs.includes(tab)) {
        void connection.send({ kind: 'tab-resize', tab, ...size })
      }
    }, RESIZE_MILLIS)
  }
  const view = new View(element, label, {
    onKeys: (text) => {
      for (let at = 0; at < text.length; at += INPUT_CHARACTERS) {
        void connection.send({ kind: 'keys', tab, text: text.slice(at, at + INPUT_CHARACTERS) })
      }
    },
    onSize: tell,
  })
  tell(view.size)
  const stopReading = connection.screens.read(tab, (part) => view.write(part))
  return {
    view,
    close: () => {
      clearTimeout(timer)
      stopReading()
      view.dispose()
    },
  }
}
