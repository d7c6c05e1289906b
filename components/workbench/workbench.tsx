'use client'

import { useTranslations } from 'next-intl'
import dynamic from 'next/dynamic'
import { useEffect, useRef, useState, type CSSProperties, type ReactNode } from 'react'
import { ChevronLeft } from '../ui/icons.tsx'
import { Divider } from '../ui/divider.tsx'
import { useDesk, type Pane } from './desk.tsx'
import { Notices } from './notices.tsx'
import { usePaneKeys } from './pane-keys.ts'
import { useSizes, type SizeName, type Sizes } from './sizes.ts'
import styles from './workbench.module.css'

const EditorPane = dynamic(() => import('../editor/editor-pane.tsx').then((module) => module.EditorPane), { ssr: false })
const TerminalPane = dynamic(() => import('../terminal/terminal-pane.tsx').then((module) => module.TerminalPane), { ssr: false })
const TimelineStrip = dynamic(() => import('../timeline/timeline-strip.tsx').then((module) => module.TimelineStrip), { ssr: false })

/** The lesson page: text, editor, terminal, and the pod's life along the bottom. */
export function Workbench({ open, children }: {
  /** Files that the editor opens first. */
  readonly open: readonly string[]; readonly children: ReactNode
}) {
  const t = useTranslations('lab')
  const desk = useDesk()
  const needed = useNeededPanes(desk.sheet)
  const root = useRef<HTMLDivElement>(null)
  const { sizes, setSize } = useSizes()
  usePaneKeys(desk.showPane)
  return (
    <div
      ref={root} className={styles.workbench} style={sizeStyle(sizes)}
      data-front={desk.pane} data-sheet={desk.sheet ?? 'none'}
    >
      <Notices />
      <main id="text" className={styles.text} data-pane="text" tabIndex={-1}>{children}</main>
      <PaneDivider name="text" label={t('resizeText')} root={root} direction="columns" setSize={setSize} />
      <div className={styles.work} data-size="work">
        {needed.has('editor') ? <EditorPane first={open} /> : <div data-pane="editor" className={styles.blank} />}
        <PaneDivider name="editor" label={t('resizeEditor')} root={root} direction="columns" setSize={setSize} />
        {needed.has('terminal') ? <TerminalPane /> : <div data-pane="terminal" className={styles.blank} />}
        {desk.sheet ? (
          <button className={`button button-bare ${styles.closeSheet}`} onClick={() => desk.setSheet(null)}>
            <ChevronLeft />{t('closeSheet')}
          </button>
        ) : null}
      </div>
      <PaneDivider name="strip" label={t('resizeTimeline')} root={root} direction="rows" setSize={setSize} />
      <div className={styles.strip} data-size="strip"><TimelineStrip firstFile={open[0]} /></div>
    </div>
  )
}

function sizeStyle(sizes: Sizes): CSSProperties {
  const chosen = Object.entries(sizes).map(([name, px]) => [`--${name}-chosen`, `${px}px`])
  return Object.fromEntries(chosen)
}

/** On a phone the editor and the terminal are loaded when they are first opened. */
function useNeededPanes(sheet: Pane | null): ReadonlySet<Pane> {
  const [needed, setNeeded] = useState<ReadonlySet<Pane>>(new Set())
  useEffect(() => {
    const query = matchMedia('(min-width: 900px)')
    const look = () => {
      if (query.matches) setNeeded(new Set(['editor', 'terminal']))
    }
    look()
    query.addEventListener('change', look)
    return () => query.removeEventListener('change', look)
  }, [])
  if (sheet !== null && !needed.has(sheet)) setNeeded(new Set([...needed, sheet]))
  return needed
}

const LEAST: Record<SizeName, number> = { text: 280, editor: 240, strip: 130 }
const REST: Record<SizeName, number> = { text: 560, editor: 300, strip: 260 }

function PaneDivider({ name, label, direction, root, setSize }: {
  readonly name: SizeName; readonly label: string; readonly direction: 'columns' | 'rows'
  readonly root: React.RefObject<HTMLDivElement | null>
  readonly setSize: (name: SizeName, px: number | null) => void
}) {
  const [measured, setMeasured] = useState({ size: LEAST[name], most: 10_000 })
  useEffect(() => {
    const element = root.current?.querySelector(PANES[name])
    const whole = name === 'editor' ? root.current?.querySelector('[data-size=work]') : root.current
    if (!element || !whole) return
    const observer = new ResizeObserver(() => {
      const box = element.getBoundingClientRect()
      const around = whole.getBoundingClientRect()
      setMeasured(direction === 'columns'
        ? { size: box.width, most: around.width - REST[name] }
        : { size: box.height, most: around.height - REST[name] })
    })
    observer.observe(element)
    observer.observe(whole)
    return () => observer.disconnect()
  })
  return (
    <div className={styles[`${name}Divider`]}>
      <Divider
        label={label} direction={direction} size={measured.size} least={LEAST[name]}
        most={Math.max(LEAST[name], measured.most)} sign={name === 'strip' ? -1 : 1}
        onSize={(px) => setSize(name, px)}
      />
    </div>
  )
}

const PANES: Record<SizeName, string> = {
  text: '[data-pane=text]', editor: '[data-pane=editor]', strip: '[data-size=strip]',
}
