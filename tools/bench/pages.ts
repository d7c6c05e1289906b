import { gzipSync } from 'node:zlib'
import type { Figure } from './figure.ts'

/** JavaScript that a reading page names in its HTML, compressed as it would be sent. */
export async function pageFigures(origin: string): Promise<Figure[]> {
  const pages = { home: '/en', lesson: '/en/lessons/01-lifecycle-demo' }
  return Promise.all(Object.entries(pages).map(async ([name, path]) => {
    const html = await (await fetch(origin + path)).text()
    // Today's browsers do not load what is marked noModule.
    const tags = (html.match(/<script[^>]*>/g) ?? []).filter((tag) => !/nomodule/i.test(tag))
    const scripts = [...new Set(tags.flatMap((tag) => /\ssrc="([^"]+)"/.exec(tag)?.[1] ?? []))]
    const sizes = await Promise.all(scripts.map(async (src) => {
      const body = await (await fetch(new URL(src, origin))).arrayBuffer()
      return gzipSync(Buffer.from(body)).length
    }))
    return {
      what: `JavaScript of the ${name} page before anything is used`, unit: 'KB' as const,
      measured: sizes.reduce((sum, size) => sum + size, 0) / 1024, bound: 170,
      how: `${scripts.length} scripts, gzip`,
    }
  }))
}
