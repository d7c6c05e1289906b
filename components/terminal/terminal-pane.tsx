'use client'

import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslations } from '../i18n/translations.tsx'
import { useLab } from '../lab/lab-provider.tsx'
import { useMoment } from '../lab/moment.tsx'
import { formatMoment } from '../timeline/moment.ts'
import { copyText } from '../ui/copy-text.ts'
import { Copy, Cross, Ear, Plus } from '../ui/icons.tsx'
import { TabList } from '../ui/tab-list.tsx'
import { useDesk } from '../workbench/desk.tsx'
import { OtherPane } from '../workbench/other-pane.tsx'
import { PastTerminals } from './past-terminals.tsx'
import { shortName, useTabActivity } from './tab-activity.ts'
import { TabElapsed } from './tab-elapsed.tsx'
import { TerminalScreen } from './terminal-screen.tsx'
import type { TerminalView } from './terminal-view.ts'
import styles from './terminal.module.css'

const MOST_TABS = 6

/** First number that no tab has. */
function nextTab(tabs: readonly string[]): string {
  for (let number = 1; ; number++) if (!tabs.includes(String(number))) return String(number)
}

/** The workstation's terminals: their tabs above, the one in front below. */
export function TerminalPane() {
  const t = useTranslations('terminal')
  const { connection, state } = useLab()
  const desk = useDesk()
  const views = useRef(new Map<string, TerminalView>())
  const [screenReader, setScreenReader] = useStoredSwitch('grace-screen-reader')
  const { tabs } = state
  useFirstTab()
  const front = tabs.includes(desk.terminal) ? desk.terminal : (tabs[0] ?? '1')
  const { past } = useMoment()
  return (
    <section className={styles.pane} data-pane="terminal" aria-label={t('tabs')}>
      {past ? (
        <PastTerminals
          past={past} note={<PastNote atMillis={past.atMillis} />}
          tools={<OtherPane to="editor" />}
        />
      ) : null}
      <div className={styles.bar} inert={past !== null}>
        <TerminalTabs front={front} focus={(tab) => views.current.get(tab)?.focus()} />
        <TerminalTools selection={() => views.current.get(front)?.selection() ?? ''}>
          <button
            className={TOOL}
            aria-label={t('screenReader')}
            title={t('screenReader')}
            aria-pressed={screenReader}
            onClick={() => setScreenReader(!screenReader)}
          >
            <Ear />
          </button>
        </TerminalTools>
      </div>
      <div className={styles.screens} id="terminal" inert={past !== null}>
        {connection
          ? tabs.map((tab) => (
              <TerminalScreen
                key={tab}
                connection={connection}
                tab={tab}
                active={tab === front}
                screenReader={screenReader}
                views={views}
              />
            ))
          : null}
        {state.known && tabs.length === 0 ? (
          <div className={styles.empty}>
            <p>{t('none')}</p>
            <button className="button" onClick={() => desk.openTerminal('1')}>
              {t('open')}
            </button>
          </div>
        ) : null}
      </div>
    </section>
  )
}

/** Where one is, and the two ways on. */
function PastNote({ atMillis }: { readonly atMillis: number }) {
  const t = useTranslations('terminal')
  return <>{t('pastNote', { moment: formatMoment(atMillis) })}</>
}

const TOOL = 'button button-bare button-icon button-small'

function TerminalTools({
  selection,
  children,
}: {
  readonly selection: () => string
  readonly children: ReactNode
}) {
  const t = useTranslations('terminal')
  const { connection, state } = useLab()
  const desk = useDesk()
  const full = state.tabs.length >= MOST_TABS
  const copy = () => {
    const text = selection()
    if (text) void copyText(text)
  }
  return (
    <span className={styles.tools}>
      {children}
      <button className={TOOL} aria-label={t('copy')} title={t('copy')} onClick={copy}>
        <Copy />
      </button>
      <button
        className={TOOL}
        disabled={!connection || full}
        aria-label={t('new')}
        title={full ? t('tooMany', { count: MOST_TABS }) : t('new')}
        onClick={() => desk.openTerminal(nextTab(state.tabs))}
      >
        <Plus />
      </button>
    </span>
  )
}

function TerminalTabs({
  front,
  focus,
}: {
  readonly front: string
  readonly focus: (tab: string) => void
}) {
  const t = useTranslations('terminal')
  const { connection, state } = useLab()
  const desk = useDesk()
  const activity = useTabActivity(state.entries)
  return (
    <TabList
      label={t('tabs')}
      prefix="terminal"
      chosen={front}
      onChoose={(tab) => {
        desk.showTerminal(tab)
        focus(tab)
      }}
      tabs={state.tabs.map((tab) => {
        const command = activity.get(tab)
        return {
          id: tab,
          label: (
            <>
              {command ? <span className={styles.busy} /> : null}
              <span className="figures">{tab}</span>
              <span translate="no">{command ? shortName(command.line) : 'bash'}</span>
              {command ? <TabElapsed sinceMillis={command.sinceMillis} /> : null}
            </>
          ),
          after:
            state.tabs.length > 1 ? (
              <button
                className={styles.close}
                aria-label={t('closeTab', { tab })}
                title={t('closeTab', { tab })}
                onClick={() => void connection?.send({ kind: 'tab-close', tab })}
              >
                <Cross />
              </button>
            ) : null,
        }
      })}
    />
  )
}

/** A lab that nobody has typed in yet has no terminal: the page opens the first. */
function useFirstTab(): void {
  const { connection, state } = useLab()
  const { openTerminal } = useDesk()
  const asked = useRef<unknown>(null)
  const none = state.known && state.tabs.length === 0
  useEffect(() => {
    if (!none || asked.current === connection) return
    asked.current = connection
    openTerminal('1')
  }, [none, connection, openTerminal])
}

function useStoredSwitch(key: string): readonly [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(false)
  useEffect(() => setOn(localStorage.getItem(key) === 'on'), [key])
  return [
    on,
    (next) => {
      setOn(next)
      localStorage.setItem(key, next ? 'on' : 'off')
    },
  ]
}
