import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'

// A reader is told which quotations a real cluster printed. It has to be true.

const recordings = 'simulator/testdata/recordings'
const recordingSchema = z.object({
  commands: z.array(z.object({ out: z.array(z.tuple([z.number(), z.string()]).rest(z.number())) })),
})

function printed(): string {
  return readdirSync(recordings)
    .filter((name) => name.endsWith('.json'))
    .map((name) => recordingSchema.parse(JSON.parse(readFileSync(join(recordings, name), 'utf8'))))
    .flatMap(({ commands }) => commands.map(({ out }) => out.map(([, text]) => text).join('')))
    .join('\n')
    .replaceAll('\r', '')
}

function quotations(file: string): string[] {
  const source = readFileSync(file, 'utf8')
  return [...source.matchAll(/<Output recorded>\{`((?:[^`\\]|\\.)*)`\}/gs)]
    .map(([, text = '']) => text.replaceAll('\\`', '`'))
}

const lessons = readdirSync('content/lessons', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => ['zh', 'en'].map((locale) => `content/lessons/${name}/${locale}.mdx`))

test.each(lessons)('%s quotes as recorded only what was recorded', (file) => {
  const all = printed()
  const lines = quotations(file).flatMap((text) => text.split('\n'))
  expect(lines.length).toBeGreaterThan(0)
  expect(lines.filter((line) => !all.includes(line))).toEqual([])
})
