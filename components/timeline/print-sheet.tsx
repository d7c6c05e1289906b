'use client'

import { useEffect, useState } from 'react'
import { createPortal, flushSync } from 'react-dom'
import type { Choice } from './layout-types.ts'
import { StillPicture } from './still-picture.tsx'
import styles from './timeline.module.css'
import { TimelineList } from './timeline-list.tsx'
import type { Reading } from './trace-reader.ts'
import { fit } from './view.ts'
import type { Viewport } from './viewport.ts'

/** A sheet of paper across, with its margins, in CSS pixels. */
const PAPER_PX = 960
const NAMES_PX = 168

interface SheetProps {
  readonly reading: Reading
  readonly choice: Choice
  readonly viewport: Viewport
}

/** On paper: the whole life as a picture, and the list with every sentence. */
export function PrintSheet(props: SheetProps) {
  return usePrinting() ? createPortal(<Sheet {...props} />, document.body) : null
}

function Sheet({ reading, choice, viewport }: SheetProps) {
  const nowMillis = Math.max(viewport.nowMillis, reading.latestMillis)
  // Nobody follows on paper: the life takes the whole width.
  const life = fit(reading.firstMillis, nowMillis, (PAPER_PX - NAMES_PX) * 1.5)
  return (
    <article className={styles.printSheet}>
      <h1>{document.title}</h1>
      <StillPicture
        {...{ reading, choice, nowMillis }}
        atMillis={null} pxPerSecond={life.pxPerSecond} width={PAPER_PX}
        leftMillis={reading.firstMillis - (10 / life.pxPerSecond) * 1_000}
      />
      <TimelineList reading={reading} isWhole />
    </article>
  )
}

/** True while the page is being printed: the sheet is made when it is asked for. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false)
  useEffect(() => {
    const begin = () => flushSync(() => setPrinting(true))
    const end = () => setPrinting(false)
    window.addEventListener('beforeprint', begin)
    window.addEventListener('afterprint', end)
    return () => {
      window.removeEventListener('beforeprint', begin)
      window.removeEventListener('afterprint', end)
    }
  }, [])
  return printing
}
