import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { LabStart } from '../../simulator/lab-types.ts'
import { testDatabase } from '../database/test-database.ts'
import { BundledSimulators } from './simulators.ts'

const { database } = await testDatabase()
const directory = mkdtempSync(join(tmpdir(), 'grace-bundles-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const start: LabStart = {
  kind: 'start', files: {}, seed: 1, startEpochMillis: 0, simulatorVersion: '',
}

/** The simulators of a server whose set-up built this code. */
async function serverWith(code: string): Promise<BundledSimulators> {
  const hash = createHash('sha256').update(code).digest('hex')
  const built = join(directory, hash)
  mkdirSync(built)
  writeFileSync(join(built, `${hash}.mjs`), code)
  writeFileSync(join(built, 'current.json'), JSON.stringify({ hash }))
  return BundledSimulators.open(database, directory, built)
}

test('labs of an older server run on what wrote them, and show no cluster they cannot', async () => {
  const old = await serverWith('export class Lab { nowMillis = 7 }')
  const now = await serverWith(
    'export class Lab { look(at) { return { pods: `at ${at}`, events: "", each: [] } } }')
  expect(now.current).not.toBe(old.current)
  const [before, today] = await Promise.all([now.load(old.current), now.load(now.current)])
  expect(before(start).nowMillis).toBe(7)
  expect(before(start).look(3)).toEqual({ pods: '', events: '', each: [] })
  expect(today(start).look(3).pods).toBe('at 3')
})
