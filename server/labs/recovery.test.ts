import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { Lab } from '../../simulator/lab.ts'
import { testDatabase } from '../database/test-database.ts'
import { loadLessons } from '../lessons.ts'
import { Host } from './host.ts'
import { keys, openTab, screen, testBench, TestWatcher } from './test-bench.ts'
import type { WarmLab } from './warm-lab.ts'

// The real lab under the real host: what a kill leaves must be what was there.

const { database } = await testDatabase()
const bench = await testBench(database)
const newHost = () =>
  new Host({
    database,
    simulators: { current: 'test', load: async () => (start) => new Lab(start) },
  })

async function until(lab: WarmLab, what: () => boolean): Promise<void> {
  while (!what()) {
    if (lab.broken) throw new Error('the lab broke')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

test('after a kill amid a deletion, screen, files, steps and trace are the same bytes', async () => {
  const [lesson] = loadLessons()
  const id = await bench.store.create(randomUUID(), lesson!)
  const killed = newHost()
  const before = await killed.open(id)
  const watcher = new TestWatcher()
  killed.watch(before, watcher, 0)
  await watcher.send(before, 1, openTab)
  await watcher.send(before, 2, { kind: 'pace', pace: 20 })
  await watcher.send(before, 3, keys('kubectl apply -f lifecycle-events.yaml\r'))
  await until(before, () => before.pace.now() > 12_000)
  await watcher.send(before, 4, keys('kubectl get pods -o wide\r'))
  await watcher.send(before, 5, keys('kubectl delete pod lifecycle-demo\r'))
  await watcher.send(before, 6, {
    kind: 'file-write',
    path: 'a.txt',
    text: '中文\n',
    basedOn: null,
  })
  const seen = before.pace.now() + 1_000
  await until(before, () => before.pace.now() >= seen)
  before.close()
  const seenMillis = before.sim.nowMillis

  const host = newHost()
  const after = await host.open(id)
  host.watch(after, new TestWatcher(), seenMillis)
  await until(after, () => after.sim.nowMillis >= seenMillis)
  const upTo = (lab: WarmLab) => lab.sim.trace.entries.filter((entry) => entry.at <= seenMillis)
  expect(JSON.stringify(upTo(after))).toBe(JSON.stringify(upTo(before)))
  expect(screen(after).startsWith(screen(before))).toBe(true)
  expect(after.sim.files()).toEqual(before.sim.files())
  expect(after.steps[0]).toEqual(before.steps[0])
  expect(screen(before)).toContain('pod/lifecycle-demo created')
  await Promise.all([killed.stop(), host.stop()])
})
