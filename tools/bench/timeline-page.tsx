// The page that `timeline.ts` measures: the picture alone, as the lesson page has it, driven by
// the functions on `window.bench`.
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import '../../app/styles/tokens.css'
import '../../app/styles/base.css'
import { TranslationsProvider } from '../../components/i18n/translations.tsx'
import { appendEntries, type ClockReading } from '../../components/lab/lab-state.ts'
import { TimelinePicture } from '../../components/timeline/timeline-picture.tsx'
import { TraceReader } from '../../components/timeline/trace-reader.ts'
import { useChoice } from '../../components/timeline/use-choice.ts'
import { Viewport } from '../../components/timeline/viewport.ts'
import en from '../../content/messages/en.json'
import zh from '../../content/messages/zh.json'
import type { TimelineEntry } from '../../server/protocol.ts'

interface Shown {
  readonly entries: readonly TimelineEntry[]
  readonly clock: ClockReading
  readonly atMillis: number | null
}

export interface TimelineBench {
  readonly viewport: Viewport
  /** Adds entries and sets the clock, as the server's messages do. */
  readonly tell: (entries: readonly TimelineEntry[], nowMillis: number, pace: number) => void
  readonly look: (millis: number | null) => void
  /** `act` runs in each of so many frames, and in some before them that are not counted. */
  readonly frames: (count: number, act: (frame: number) => void) => Promise<Frames>
}

export interface Frames {
  /** Milliseconds from a frame's beginning until it was painted. */
  readonly costs: readonly number[]
  /** Milliseconds from one frame to the next. */
  readonly gaps: readonly number[]
}

declare global {
  interface Window { bench: TimelineBench }
}

const viewport = new Viewport()
/** A browser compiles what is used often; a page that has just begun is not what is asked. */
const warmUpFrames = 60

function Page({ onReady }: { readonly onReady: (set: (change: Partial<Shown>) => void) => void }) {
  const [shown, setShown] = useState<Shown>({
    entries: [], clock: { nowMillis: 0, pace: 0, readAtMillis: 0 }, atMillis: null,
  })
  const [reader] = useState(() => new TraceReader())
  const reading = reader.reading(shown.entries)
  const { choice, toggle } = useChoice(reading.lives)
  onReady((change) => setShown((old) => ({
    ...old, ...change,
    entries: change.entries ? appendEntries(old.entries, change.entries) : old.entries,
  })))
  return (
    <TimelinePicture
      {...{ reading, viewport, choice }}
      clock={shown.clock} atMillis={shown.atMillis} onToggle={toggle}
      onScrub={(atMillis) => window.bench.look(atMillis)} onNow={() => window.bench.look(null)}
      onWhy={(entry) => console.log('why', entry)}
    />
  )
}

let change: (shown: Partial<Shown>) => void = () => undefined

window.bench = {
  viewport,
  tell: (entries, nowMillis, pace) =>
    change({ entries, clock: { nowMillis, pace, readAtMillis: performance.now() } }),
  look: (atMillis) => change({ atMillis }),
  frames: (count, act) => new Promise((resolve) => {
    const costs: number[] = []
    const gaps: number[] = []
    const { port1, port2 } = new MessageChannel()
    let begun = 0
    // A message sent while a frame is made arrives when it is painted.
    port1.onmessage = () => costs.push(performance.now() - begun)
    requestAnimationFrame(function next(wall) {
      if (begun > 0) gaps.push(wall - begun)
      begun = wall
      if (gaps.length >= warmUpFrames + count) {
        return resolve({ costs: costs.slice(warmUpFrames), gaps: gaps.slice(warmUpFrames) })
      }
      act(gaps.length)
      port2.postMessage(null)
      requestAnimationFrame(next)
    })
  }),
}

const box = document.getElementById('strip')
if (!box) throw new Error('no place for the picture')
const isChinese = document.documentElement.lang.startsWith('zh')
createRoot(box).render(
  <TranslationsProvider locale={isChinese ? 'zh' : 'en'} messages={isChinese ? zh : en}>
    <Page onReady={(set) => { change = set }} />
  </TranslationsProvider>,
)
