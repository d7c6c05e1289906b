import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import en from '../../content/messages/en.json'
import zh from '../../content/messages/zh.json'
import type { TimelineEntry } from '../../server/protocol.ts'
import { runScenarioLab } from '../../tools/recordings/run.ts'
import type { Recording } from '../../tools/recordings/types.ts'
import { formatMoment } from '../timeline/moment.ts'
import { cases, type Case } from './test-cases.ts'
import { whyTitle } from './title.ts'
import { whyOf } from './why.ts'

// What "Why?" says of real traces, in both languages, as a text to be read.
// REWRITE=1 npx vitest run components/why writes what it says now; read the difference.

const rewrite = process.env['REWRITE'] === '1'
const languages = { en, zh } as const
type Language = keyof typeof languages

const traces = new Map<string, readonly TimelineEntry[]>()

function traceOf(scenario: string): readonly TimelineEntry[] {
  const known = traces.get(scenario)
  if (known) return known
  const file = new URL(`../../simulator/testdata/recordings/${scenario}.json`, import.meta.url)
  const recording = JSON.parse(readFileSync(file, 'utf8')) as Recording
  const { entries } = runScenarioLab(recording, { seed: 1 }).lab.trace
  traces.set(scenario, entries)
  return entries
}

function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    return values[name] ?? expect.fail(`${text} lacks ${name}`)
  })
}

function card(language: Language, entries: readonly TimelineEntry[], id: number): string {
  if (id < 0) return 'MISSING'
  const { title, chain } = languages[language].why
  const { name, values } = whyTitle(entries[id]!)
  const links = whyOf(entries, id).map(({ at, name, values, manifest, isOrigin }) => {
    const sentence = filled(chain[name], values)
    const time = isOrigin ? '' : formatMoment(at)
    const where = manifest && !isOrigin ? ` [${manifest.path}:${manifest.line}]` : ''
    const field = manifest && isOrigin ? `\n          ${manifest.field} = ${manifest.value}` : ''
    return `  ${time.padStart(7)} ${sentence}${where}${field}`
  })
  return [filled(title[name], values), ...links].join('\n')
}

function askedBy({ of, nth = 0 }: Case, entries: readonly TimelineEntry[]): number {
  const found = entries.filter(of)
  return (nth < 0 ? found.at(nth) : found[nth])?.id ?? -1
}

describe.each(['en', 'zh'] as const)('in %s', (language) => {
  test('the chains of every kind read as they should', () => {
    const text = cases.map((one) => {
      const entries = traceOf(one.scenario)
      return `# ${one.scenario}: ${one.about}\n${card(language, entries, askedBy(one, entries))}\n`
    }).join('\n')
    const file = new URL(`testdata/chains.${language}.txt`, import.meta.url)
    if (rewrite) writeFileSync(file, text)
    else expect(text).toBe(readFileSync(file, 'utf8'))
  })
})

const scenarios = [...new Set(cases.map(({ scenario }) => scenario))]

test.each(scenarios)('%s: every entry has a chain that goes back in time and ends', (scenario) => {
  const entries = traceOf(scenario)
  for (const { id, kind, at } of entries) {
    if (kind === 'object' || at === 0) continue
    const links = whyOf(entries, id)
    expect([kind, id, links.length]).not.toEqual([kind, id, 0])
    const times = links.map((link) => link.at)
    expect(times).toEqual(times.toSorted((a, b) => b - a))
    for (const { name, values } of links) {
      for (const words of Object.values(languages)) {
        expect(filled(words.why.chain[name], values)).not.toContain('undefined')
      }
    }
  }
})

test('asking about what is not there gives no chain', () => {
  expect(whyOf(traceOf('busybox-prestop'), 1_000_000)).toEqual([])
  expect(whyOf([], 0)).toEqual([])
})
