'use client'

import { useId, useRef, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { flushSync } from 'react-dom'
import { TranslationsProvider, useSpoken, useTranslations } from '../i18n/translations.tsx'
import type { LabState } from '../lab/lab-state.ts'
import { Save } from '../ui/icons.tsx'
import { pngOf, save, selfContained, timelineFile } from './export-file.ts'
import type { Choice } from './layout-types.ts'
import { StillPicture, type StillProps } from './still-picture.tsx'
import styles from './timeline.module.css'
import type { Reading } from './trace-reader.ts'
import type { Viewport } from './viewport.ts'

const NAME = 'grace-timeline'
const NAMES_PX = 168
/** From the list, where no picture has a width. */
const USUAL_PX = 1_272

interface MenuProps {
  readonly viewport: Viewport
  readonly reading: Reading
  readonly choice: Choice
  readonly state: LabState
  readonly atMillis?: number | null
}

/** The stretch that is seen as a file: a drawing with all its rows, or the entries themselves. */
export function ExportMenu({ viewport, reading, choice, state, atMillis = null }: MenuProps) {
  const t = useTranslations('timeline')
  const draw = useDrawing()
  const id = useId()
  const menu = useRef<HTMLDivElement>(null)
  const [failed, setFailed] = useState(false)
  const still = (): StillProps => ({
    reading, choice, atMillis, nowMillis: Math.max(viewport.nowMillis, reading.latestMillis),
    leftMillis: viewport.leftMillis, pxPerSecond: viewport.view.pxPerSecond,
    width: (viewport.width || USUAL_PX) + NAMES_PX,
  })
  const run = (make: () => Promise<void> | void) => () => {
    menu.current?.hidePopover()
    setFailed(false)
    Promise.resolve().then(make).catch(() => setFailed(true))
  }
  const asSvg = () => {
    save(`${NAME}.svg`, new Blob([draw(still()).svg], { type: 'image/svg+xml' }))
  }
  const asPng = async () => {
    const { svg, width, height } = draw(still())
    save(`${NAME}.png`, await pngOf(svg, width, height))
  }
  const asJson = () => {
    const file = timelineFile(state.startEpochMillis, viewport.nowMillis, state.entries)
    save(`${NAME}.json`, new Blob([JSON.stringify(file, null, 2)], { type: 'application/json' }))
  }
  return (
    <span className={styles.exports}>
      <button
        className="button button-bare button-icon" popoverTarget={id} aria-label={t('export')}
        title={t('export')}
      >
        <Save />
      </button>
      <div ref={menu} id={id} popover="auto" className={styles.exportMenu} aria-label={t('export')}>
        <button onClick={run(asSvg)}>{t('exportSvg')}</button>
        <button onClick={run(asPng)}>{t('exportPng')}</button>
        <button onClick={run(asJson)}>{t('exportJson')}</button>
      </div>
      {failed ? <span role="alert">{t('failedExport')}</span> : null}
    </span>
  )
}

/** Draws a still picture beside the page, where it takes the page's theme and fonts. */
function useDrawing() {
  const spoken = useSpoken()
  return (props: StillProps) => {
    const box = document.createElement('div')
    box.className = styles.drawingBox ?? ''
    document.body.append(box)
    const root = createRoot(box)
    try {
      flushSync(() =>
        root.render(
          <TranslationsProvider {...spoken}>
            <StillPicture {...props} />
          </TranslationsProvider>,
        ),
      )
      const svg = box.querySelector('svg')
      if (!svg) throw new Error('nothing drawn')
      const { width, height } = svg.getBoundingClientRect()
      return { svg: selfContained(svg), width, height }
    } finally {
      root.unmount()
      box.remove()
    }
  }
}
