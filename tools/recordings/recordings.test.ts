import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { differences } from './compare.ts'
import { agreed } from './agreed.ts'
import { runScenario, runScenarioLab } from './run.ts'
import type { Recording } from './types.ts'

const folder = new URL('../../simulator/testdata/recordings/', import.meta.url)
const load = (name: string): Recording =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Recording

const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

describe('agreement with the real cluster, for most of ten seeds', () => {
  it.each(agreed)('%s', (name) => {
    const recording = load(name)
    const found = seeds.map((seed) => differences(recording, runScenario(recording, { seed })))
    const agreeing = found.filter((list) => list.length === 0).length
    const first = found.find((list) => list.length > 0)
    expect(agreeing, first?.join('\n')).toBeGreaterThan(seeds.length / 2)
  })
})

describe('determinism', () => {
  it.each(agreed)('%s: twice, and in slices of 1 ms, the same trace', (name) => {
    const scenario = load(name)
    const trace = (sliceMillis?: number): string => {
      const options = { seed: 3, ...(sliceMillis === undefined ? {} : { sliceMillis }) }
      return JSON.stringify(runScenarioLab(scenario, options).lab.trace.entries)
    }
    const once = trace()
    expect(trace() === once).toBe(true)
    expect(trace(1) === once).toBe(true)
  })
})
