import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { lessonSchema } from '../server/grading/lesson.ts'
import { textWith, variedManifest } from '../server/what-if/manifest.ts'
import { LessonSession } from './session.ts'

const folder = new URL('./lessons/', import.meta.url)
const languages = ['zh', 'en'] as const

for (const name of readdirSync(folder).sort()) {
  const read = (file: string): string => readFileSync(new URL(`${name}/${file}`, folder), 'utf8')
  const lesson = lessonSchema.parse(parse(read('lesson.yaml')))
  const files = Object.fromEntries(readdirSync(new URL(`${name}/files/`, folder))
    .map((file) => [file, read(`files/${file}`)]))
  const texts = languages.map((language) => ({ language, text: read(`${language}.mdx`) }))
  const steps = lesson.steps.map((step) => step.id)

  describe(`lesson ${name}`, () => {
    const solved = new LessonSession(lesson, files)
    for (const action of lesson.solution) solved.perform(action)

    it('is passed by its solution, within ten virtual minutes', () => {
      expect(solved.done()).toEqual(steps)
      expect(solved.grader.errors).toEqual([])
      expect(solved.lab.nowMillis).toBeLessThan(600_000)
    })

    it('is not passed by leaving it alone', () => {
      const untouched = new LessonSession(lesson, files)
      untouched.perform({ wait: 120 })
      expect(untouched.done()).toEqual([])
    })

    it('opens files that exist, and names only steps that exist', () => {
      for (const file of lesson.open) expect(Object.keys(files)).toContain(file)
      for (const step of lesson.steps) for (const id of step.after) expect(steps).toContain(id)
    })

    it('says truly which line holds the time its app needs', () => {
      for (const app of lesson.whatIf?.app ?? []) {
        const text = Object.values(files).find((one) => variedManifest(one, app.pod, app))
        const manifest = variedManifest(text ?? '', app.pod, app)
        expect(manifest?.places.app, app.pod).toMatchObject({ own: null })
        const changed = textWith(manifest!, { grace: 20, hook: null, app: 3 })
        const session = new LessonSession(lesson, { 'pod.yaml': changed })
        for (const line of ['apply -f pod.yaml', `delete pod ${app.pod}`]) {
          session.perform({ type: `kubectl ${line}`, tab: '1' })
          session.perform({ wait: 15 })
        }
        const { entries } = session.lab.trace
        const exit = entries.find((entry) => entry.kind === 'container-exited')
        const signal = entries.find(
          (entry) => entry.kind === 'signal' && entry.sender === 'runtime',
        )
        expect(exit).toMatchObject({ exitCode: 0 })
        expect(exit!.at - signal!.at).toBeCloseTo(3_000, -2)
      }
      for (const { text } of texts) {
        expect(/<WhatIf \/>/.test(text)).toBe(lesson.whatIf !== undefined)
      }
    })

    it.each(texts)('quotes what the simulator prints ($language)', ({ text }) => {
      const shown = solved.text()
      const quotes = blocks(text, 'Output')
      expect(quotes.length).toBeGreaterThan(4)
      for (const quote of quotes) {
        for (const line of quote.split('\n').filter(Boolean)) expect(shown).toContain(line)
      }
    })

    it.each(texts)('has a text for every step and note ($language)', ({ text }) => {
      expect(ids(text, 'Step')).toEqual(steps)
      const notes = lesson.steps.flatMap((step) => step.notYet.map((note) => note.id))
      expect(ids(text, 'Note').sort()).toEqual(notes.sort())
      expect(text).toMatch(/^---\ntitle: ".+"\nsummary: ".+"\n---\n/)
    })

    it('gives the same commands and outputs in both languages', () => {
      for (const tag of ['Run', 'Output', 'File', 'Solution']) {
        const [zh, en] = texts.map(({ text }) => blocks(text, tag))
        expect(zh, tag).toEqual(en)
      }
    })
  })
}

/** Contents of every `<Tag …>{`…`}</Tag>` of a text. */
function blocks(text: string, tag: string): string[] {
  return [...text.matchAll(new RegExp(`<${tag}[^>]*>\\{\`([\\s\\S]*?)\`\\}</${tag}>`, 'g'))]
    .map((match) => match[1]!.replaceAll('\\`', '`'))
}

function ids(text: string, tag: string): string[] {
  return [...text.matchAll(new RegExp(`<${tag} id="([^"]+)"`, 'g'))].map((match) => match[1]!)
}
