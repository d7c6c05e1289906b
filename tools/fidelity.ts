// node --import tsx tools/fidelity.ts: runs every recording's scenario with ten seeds, compares,
// and writes what the page /fidelity shows: generated/fidelity.json.
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { FidelityReport, ScenarioReport } from '../components/fidelity/report.ts'
import { childCommands } from '../simulator/kubectl/command/help.ts'
import { verbNamed } from '../simulator/kubectl/verbs/table.ts'
import { livesOf } from './fidelity/lives.ts'
import { differences } from './recordings/compare.ts'
import { runScenario } from './recordings/run.ts'
import type { Recording, Step } from './recordings/types.ts'

const recordings = new URL('../simulator/testdata/recordings/', import.meta.url)
const folder = new URL('../generated/', import.meta.url)
const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
/** A scenario that differs in everything says so in a few lines. */
const mostDifferences = 12

const names = readdirSync(recordings).filter((name) => name.endsWith('.json')).sort()
const all = names.map((name) =>
  JSON.parse(readFileSync(new URL(name, recordings), 'utf8')) as Recording)
const report: FidelityReport = {
  kubernetes: all[0]?.kubernetes ?? '', seeds, scenarios: all.map(reportOf),
  unsimulated: notSimulated([]),
}
mkdirSync(folder, { recursive: true })
const file = new URL('fidelity.json', folder)
const draft = new URL(`fidelity.json.${process.pid}`, folder)
writeFileSync(draft, JSON.stringify(report))
renameSync(draft, file)

function reportOf(recording: Recording): ScenarioReport {
  const found = seeds.map((seed) => differences(recording, runScenario(recording, { seed })))
  const agreeing = found.filter((list) => list.length === 0).length
  const shown = Math.max(0, found.findIndex((list) => list.length === 0))
  const seed = seeds[shown] ?? 1
  return {
    name: recording.name, steps: recording.steps.map(wordsOf), agreeing, seed,
    differences: (found[shown] ?? []).slice(0, mostDifferences),
    recorded: livesOf(recording), simulated: livesOf(runScenario(recording, { seed })),
  }
}

function wordsOf(step: Step): string {
  if ('run' in step) return step.run
  if ('tty' in step) return step.tty
  if ('sleep' in step) return `# ${step.sleep} s`
  return `# until ${step.until.join(' ')}`
}

/** Commands of the real kubectl, down to the last word, that Grace leaves out. */
function notSimulated(path: readonly string[]): string[] {
  const children = childCommands(path).map((name) => [...path, name])
  const below = children.flatMap((child) => notSimulated(child))
  const itself = path.length > 0 && children.length === 0 && !verbNamed(path)
  return itself ? [path.join(' ')] : below
}
