// npm run recordings -- [--seed N] [--seeds N-M] [-v] [--out DIR] [FILE|DIR…]
// Runs scenarios in fresh labs and writes what happened, or compares it with the project's own
// recordings of a real cluster.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { differences } from './recordings/compare.ts'
import { runScenario } from './recordings/run.ts'
import type { Recording, Scenario } from './recordings/types.ts'

const own = fileURLToPath(new URL('../simulator/testdata/recordings/', import.meta.url))

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string' }, seeds: { type: 'string' }, out: { type: 'string' },
    verbose: { type: 'boolean', short: 'v' },
  },
})

const files = (positionals.length ? positionals : [own]).flatMap(filesOf)
if (files.length === 0) fail('no scenario found')
if (values.out !== undefined) {
  mkdirSync(values.out, { recursive: true })
  for (const file of files) write(file, values.out)
} else process.exitCode = compareAll() ? 0 : 1

function filesOf(path: string): string[] {
  const known = join(own, `${path}.json`)
  try {
    if (statSync(path).isDirectory()) {
      return readdirSync(path).filter((f) => f.endsWith('.json')).sort().map((f) => join(path, f))
    }
    return [path]
  } catch {
    try {
      return statSync(known).isFile() ? [known] : []
    } catch {
      return fail(`${path}: no such scenario`)
    }
  }
}

/** Files from outside may be bare scenarios: no recording to compare with, other fields absent. */
function load(file: string): Partial<Recording> & Scenario {
  const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'))
  if (typeof parsed !== 'object' || parsed === null || !('steps' in parsed)) {
    return fail(`${file}: no scenario: an object with "steps" is needed`)
  }
  const raw = parsed as Partial<Recording>
  return {
    ...raw, name: raw.name ?? basename(file, '.json'), namespace: raw.namespace ?? 'default',
    files: raw.files ?? {}, steps: raw.steps ?? [],
  }
}

function bare(loaded: Scenario): Scenario {
  const { name, namespace, files: texts, steps } = loaded
  return { name, namespace, files: texts, steps }
}

function write(file: string, folder: string): void {
  const loaded = load(file)
  const result = runScenario(bare(loaded), { seed: seeds()[0]! })
  writeFileSync(join(folder, basename(file)), `${JSON.stringify(result, null, 1)}\n`)
  console.log(`${result.name}: ${result.commands.length} commands, ${result.events.length} events`)
}

function seeds(): number[] {
  if (values.seed !== undefined) return [number(values.seed)]
  const [from, to] = (values.seeds ?? '1-1').split('-').map(number)
  return Array.from({ length: (to ?? from!) - from! + 1 }, (_, i) => from! + i)
}

function number(text: string): number {
  const value = Number(text)
  return Number.isInteger(value) ? value : fail(`not a whole number: ${text}`)
}

function compareAll(): boolean {
  let agree = 0
  for (const file of files) {
    const loaded = load(file)
    if (!loaded.commands) {
      console.log(`? ${loaded.name}: nothing recorded to compare with (use --out)`)
      continue
    }
    const found = seeds().map((seed) =>
      differences(loaded as Recording, runScenario(bare(loaded), { seed })))
    const equal = found.filter((list) => list.length === 0).length
    const good = equal * 2 > found.length
    if (good) agree++
    const count = found.length > 1 ? ` ${equal}/${found.length} seeds` : ''
    console.log(`${good ? '✓' : '✗'} ${loaded.name}${count}`)
    const first = good ? [] : found.find((list) => list.length > 0) ?? []
    for (const text of first.slice(0, values.verbose ? 50 : 3)) console.log(`    ${text}`)
  }
  console.log(`${agree} agree, ${files.length - agree} differ`)
  return agree === files.length
}

function fail(message: string): never {
  console.error(`recordings: ${message}`)
  process.exit(2)
}
