import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Entry } from '../../simulator/trace/entries.ts'
import { runScenarioLab } from './run.ts'
import type { Recording } from './types.ts'

// Whatever happens in a lab goes back to what a learner did, in every recorded scenario.

/** What the timeline draws or lists; the rest is how it came about. */
const drawn: ReadonlySet<Entry['kind']> = new Set<Entry['kind']>([
  'pod-status', 'event', 'pull-start', 'pull-end', 'container-started', 'container-exited',
  'hook-start', 'hook-end', 'hook-abandoned', 'grace-start', 'stop', 'probe', 'process-start',
  'process-exec', 'process-end', 'signal', 'log', 'command', 'command-end', 'file',
])

/** What was there before the learner: the cluster's own objects and the workstation's PID 1. */
function isBeginning(entry: Entry): boolean {
  return entry.at === 0 && (entry.kind === 'object' || entry.kind === 'process-start')
}

const folder = new URL('../../simulator/testdata/recordings/', import.meta.url)
const names = readdirSync(folder).filter((name) => name.endsWith('.json'))

function traceOf(name: string): readonly Entry[] {
  const recording = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Recording
  return runScenarioLab(recording, { seed: 1 }).lab.trace.entries
}

test.each(names)('%s: every chain of causes ends at what the learner did', (name) => {
  const entries = traceOf(name)
  expect(entries.filter((entry) => isAstray(entries, entry))).toEqual([])
  const roots = entries.filter(({ kind }) => drawn.has(kind))
    .map((entry) => rootOf(entries, entry))
    .filter((root) => !isBeginning(root) && root.kind !== 'command' && root.kind !== 'input')
  expect(roots).toEqual([])
})

/** Kinds that never stand alone: some field, default or rule decided each of them. */
const decided: ReadonlySet<Entry['kind']> = new Set<Entry['kind']>([
  'container-started', 'grace-start', 'hook-start', 'hook-abandoned', 'stop', 'probe', 'pull-start',
])

test.each(names)('%s: what was decided says by what', (name) => {
  const silent = traceOf(name)
    .filter(({ kind, because }) => decided.has(kind) && because === undefined)
  expect(silent).toEqual([])
})

test('SIGKILL names the rule and the field that gave it so long', () => {
  const kill = traceOf('busybox-prestop.json')
    .find((entry) => entry.kind === 'signal' && entry.signal === 'SIGKILL')
  expect(kill?.because).toEqual([
    { rule: 'grace-period-over' },
    { field: 'spec.terminationGracePeriodSeconds', value: '30', origin: 'default' },
  ])
})

test('a delete that brings its own grace period outranks the manifest, and says so', () => {
  const grace = traceOf('delete-grace-5.json').find(({ kind }) => kind === 'grace-start')
  expect(grace?.because?.slice(0, 2)).toEqual([
    { rule: 'grace-shortened' },
    { field: 'gracePeriodSeconds', value: '5', origin: 'command' },
  ])
})

/** A cause is an earlier entry, of the same moment at the latest: so no chain can be a ring. */
function isAstray(entries: readonly Entry[], { id, at, cause }: Entry): boolean {
  return cause !== undefined && (cause >= id || entries[cause]!.at > at)
}

function rootOf(entries: readonly Entry[], entry: Entry): Entry {
  let root = entry
  while (root.cause !== undefined) root = entries[root.cause]!
  return root
}
