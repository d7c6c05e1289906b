'use client'

import dynamic from 'next/dynamic'
import {
  useEffect,
  useRef,
  useState,
  type CSSProperties,
  type ReactNode,
  type RefObject,
} from 'react'
import { useTranslations } from '../i18n/translations.tsx'
import { ChevronLeft } from '../ui/icons.tsx'
import { Divider } from '../ui/divider.tsx'
import { useDesk, type Pane } from './desk.tsx'
import { Notices } from './notices.tsx'
import { usePaneKeys } from './pane-keys.ts'
import { useSizes, type SizeName, type Sizes } from './sizes.ts'
import styles from './workbench.module.css'

const EditorPane = dynamic(
  () => import('../editor/editor-pane.tsx').then((module) => module.EditorPane),
  { ssr: false },
)
const TerminalPane = dynamic(
  () => import('../terminal/terminal-pane.tsx').then((module) => module.TerminalPane),
  { ssr: false },
)
const TimelineStrip = dynamic(
  () => import('../timeline/timeline-strip.tsx').then((module) => module.TimelineStrip),
  { ssr: false },
)

/** The lesson page: text, editor, terminal, and the pod's life along the bottom. */
export function Workbench({
  open,
  children,
}: {
  /** Files that the editor opens first. */
  readonly open: readonly string[]
  readonly children: ReactNode
}) {
  const t = useTranslations('lab')
  const desk = useDesk()
  const needed = useNeededPanes(desk.sheet)
  const root = useRef<HTMLElement>(null)
  const { sizes, setSize } = useSizes()
  usePaneKeys(desk.showPane)
  return (
    <main
      ref={root}
      className={styles.workbench}
      style={sizeStyle(sizes)}
      data-front={desk.pane}
      data-sheet={desk.sheet ?? 'none'}
    >
      <Notices />
      <section
        id="text"
        className={styles.text}
        data-pane="text"
        aria-label={t('text')}
        tabIndex={-1}
      >
        {children}
      </section>
      <PaneDivider name="text" root={root} setSize={setSize} />
      <div className={styles.work} data-size="work">
        {needed.has('editor') ? (
          <EditorPane first={open} />
        ) : (
          <div data-pane="editor" className={styles.blank} />
        )}
        <PaneDivider name="editor" root={root} setSize={setSize} />
        {needed.has('terminal') ? (
          <TerminalPane />
        ) : (
          <div data-pane="terminal" className={styles.blank} />
        )}
        <SheetClose />
      </div>
      <PaneDivider name="strip" root={root} setSize={setSize} />
      <Strip firstFile={open[0]} />
    </main>
  )
}

/** The timeline; on a phone two of its rows, until the reader wants all. */
function Strip({ firstFile }: { readonly firstFile: string | undefined }) {
  const t = useTranslations('lab')
  const [tall, setTall] = useState(false)
  return (
    <div className={styles.strip} data-size="strip" data-tall={tall}>
      <button
        className={styles.handle}
        aria-label={t('wholeTimeline')}
        aria-expanded={tall}
        onClick={() => setTall(!tall)}
      />
      <TimelineStrip firstFile={firstFile} />
    </div>
  )
}

/** On a phone: from the sheet back to the text. */
function SheetClose() {
  const t = useTranslations('lab')
  const { sheet, setSheet } = useDesk()
  if (sheet === null) return null
  return (
    <button className={`button button-bare ${styles.closeSheet}`} onClick={() => setSheet(null)}>
      <ChevronLeft />
      {t('closeSheet')}
    </button>
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

const DIVIDERS = {
  text: {
    direction: 'columns',
    label: 'resizeText',
    pane: '[data-pane=text]',
    least: 280,
    rest: 560,
  },
  editor: {
    direction: 'columns',
    label: 'resizeEditor',
    pane: '[data-pane=editor]',
    least: 240,
    rest: 300,
  },
  strip: {
    direction: 'rows',
    label: 'resizeTimeline',
    pane: '[data-size=strip]',
    least: 130,
    rest: 260,
  },
} as const

function PaneDivider({
  name,
  root,
  setSize,
}: {
  readonly name: SizeName
  readonly root: RefObject<HTMLElement | null>
  readonly setSize: (name: SizeName, px: number | null) => void
}) {
  const t = useTranslations('lab')
  const { direction, label, least, pane } = DIVIDERS[name]
  const { size, most } = useMeasured(name, root)
  return (
    <div className={styles[`${name}Divider`]}>
      <Divider
        label={t(label)}
        direction={direction}
        size={size}
        least={least}
        most={Math.max(least, most)}
        sign={name === 'strip' ? -1 : 1}
        measure={() => sizeOf(root.current?.querySelector(pane), direction)}
        onSize={(px) => setSize(name, px)}
      />
    </div>
  )
}

function sizeOf(element: Element | null | undefined, direction: 'columns' | 'rows'): number {
  return element?.getBoundingClientRect()[direction === 'columns' ? 'width' : 'height'] ?? 0
}

/** How large the pane is, and how large it may become: what is beside it keeps some room. */
function useMeasured(name: SizeName, root: RefObject<HTMLElement | null>) {
  const { direction, pane, least, rest } = DIVIDERS[name]
  const [measured, setMeasured] = useState({ size: Number(least), most: 10_000 })
  useEffect(() => {
    const whole = name === 'editor' ? root.current?.querySelector('[data-size=work]') : root.current
    if (!whole) return
    const measure = () => {
      const element = root.current?.querySelector(pane)
      if (!element) return
      const size = sizeOf(element, direction)
      const most = sizeOf(whole, direction) - rest
      setMeasured((old) => (old.size === size && old.most === most ? old : { size, most }))
    }
    const observer = new ResizeObserver(measure)
    observer.observe(whole)
    for (const child of whole.children) observer.observe(child)
    return () => observer.disconnect()
  }, [name, root, direction, pane, rest])
  return measured
}
