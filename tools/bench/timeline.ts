import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from '@playwright/test'
import { build } from 'esbuild'
import { quantile, type Figure } from './figure.ts'
import type { Frames } from './timeline-page.tsx'
import { busyTrace } from './timeline-trace.ts'

const entryCount = 5_000
const framesEach = 400
const boundMillis = 16
/** Sixty frames a second, and half a frame more: the next one was missed. */
const lateMillis = 25
const size = { width: 1440, height: 306 }
/** Entries that arrive while the playhead is followed, a few at a time. */
const arriving = 400

const chromiumFlags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
]

/** The page as one file: script and styles inside, so that it needs no server. */
export async function timelinePage(language = 'en', theme = 'light'): Promise<string> {
  const result = await build({
    entryPoints: [fileURLToPath(new URL('./timeline-page.tsx', import.meta.url))],
    bundle: true, write: false, minify: true, format: 'iife', jsx: 'automatic', outdir: 'out',
    define: { 'process.env.NODE_ENV': '"production"' }, logLevel: 'silent',
  })
  const text = (end: string) =>
    result.outputFiles.find(({ path }) => path.endsWith(end))?.text ?? ''
  const script = text('.js').replaceAll('</script', '<\\/script')
  return `<!doctype html><html lang="${language}" data-theme="${theme}"><head><meta charset="utf-8">
<style>${text('.css')}</style><style>body{margin:0;display:block}
#strip{display:flex;width:100vw;height:${size.height - 48}px}</style></head>
<body><div id="strip"></div><script>${script}</script></body></html>`
}

/** Milliseconds from frame to frame of the timeline with many entries. */
export async function timelineFigures(): Promise<Figure[]> {
  const executablePath = process.env.GRACE_CHROMIUM ?? '/usr/bin/chromium'
  const browser = await chromium.launch({
    args: chromiumFlags, ...(existsSync(executablePath) ? { executablePath } : {}),
  })
  try {
    const page = await browser.newPage({ viewport: size })
    await page.setContent(await timelinePage())
    return await measured(page)
  } finally {
    await browser.close()
  }
}

async function measured(page: Page): Promise<Figure[]> {
  const { entries, nowMillis } = busyTrace(entryCount + arriving)
  const first = entries.slice(0, entryCount)
  const begun = first.at(-1)?.at ?? 0
  await page.evaluate(({ first, begun }) => window.bench.tell(first, begun, 0), { first, begun })
  await page.waitForSelector('[data-item]')
  const figure = (what: string, { costs, gaps }: Frames): Figure => ({
    what: `timeline frame, ${what}, p95`, unit: 'ms', measured: quantile(costs, 0.95),
    bound: boundMillis,
    how: `${entryCount} entries; ${gaps.filter((gap) => gap > lateMillis).length} of `
      + `${gaps.length} frames late`,
  })
  const zooming = await page.evaluate(async (count) => {
    window.bench.viewport.fit()
    const near = 1.03
    return window.bench.frames(count, (frame) =>
      window.bench.viewport.zoom(frame % 200 < 100 ? near : 1 / near))
  }, framesEach)
  const panning = await page.evaluate(({ count, begun }) => {
    window.bench.viewport.stretch(begun * 0.6, begun * 0.9)
    return window.bench.frames(count, (frame) =>
      window.bench.viewport.pan(frame % 200 < 100 ? -24 : 24))
  }, { count: framesEach, begun })
  const rest = entries.slice(entryCount)
  const following = await page.evaluate(({ rest, begun, nowMillis, count }) => {
    window.bench.viewport.stretch(begun - 60_000, begun)
    window.bench.viewport.follow()
    const pace = 10
    return window.bench.frames(count, (frame) => {
      if (frame % 6 !== 0) return
      const upTo = begun + ((nowMillis - begun) * frame) / count
      const from = begun + ((nowMillis - begun) * (frame - 6)) / count
      window.bench.tell(rest.filter(({ at }) => at > from && at <= upTo), upTo, pace)
    })
  }, { rest, begun, nowMillis, count: framesEach })
  return [
    figure('following', following), figure('panning', panning), figure('zooming', zooming),
  ]
}
