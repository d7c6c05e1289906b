import { afterAll, describe, expect, test, vi } from 'vitest'
import { testDatabase } from '../database/test-database.ts'
import { runTo } from './leap.ts'
import { serverLimits } from './limits.ts'
import { Run } from './run.ts'
import type { SimulatedLab } from './simulators.ts'
import { keys, screen } from './test-bench.ts'
import { TestLab } from './test-lab.ts'
import { LeapBench, until } from './test-leaps.ts'

// What a run must not do: take for ever, take from others, or leave the lab where it cannot go on.

const { database } = await testDatabase()
const bench = new LeapBench(database)
afterAll(() => bench.stop())

/** A lab in which a line is printed every millisecond. */
function busyLab(): SimulatedLab {
  const lab = new TestLab({
    kind: 'start', files: {}, seed: 1, startEpochMillis: 0, simulatorVersion: 'test',
  })
  lab.apply({ seq: 1, atMillis: 0, body: { kind: 'tab-open', tab: '1', columns: 80, rows: 24 } })
  lab.apply({ seq: 2, atMillis: 0, body: keys('every 1') })
  return lab
}

describe('a run that finds nothing', () => {
  test('gives way after each turn, and ends when it has had all of them', () => {
    let wall = 0
    const run = new Run(busyLab(), 0, runTo('sigkill'), () => wall++)
    let turns = 1
    while (run.slice()) turns++
    expect(run.end).toMatchObject({ why: 'too-far', entry: null })
    expect(turns).toBeGreaterThan(1_000)
    expect(wall).toBeLessThan(2 * serverLimits.runWorkMillis)
    expect(run.end!.toMillis).toBeLessThan(serverLimits.runReachMillis)
  })

  test('ends where it was stopped, with the moment it had reached', () => {
    const lab = busyLab()
    const run = new Run(lab, 0, runTo('sigkill'), () => 0)
    run.stop('stopped')
    expect(run.end).toEqual({ why: 'stopped', toMillis: 0, entry: null })
    run.stop('too-far')
    expect(run.end?.why).toBe('stopped')
  })
})

describe('a run', () => {
  test('in a lab that is held ends at once, and its clock stands', async () => {
    const { lab, run, send } = await bench.open(1)
    vi.spyOn(lab.sim, 'held', 'get').mockReturnValue('traceEntries')
    vi.spyOn(lab.sim, 'nextDue').mockReturnValue(undefined)
    expect(await run('pod-gone')).toMatchObject({ why: 'nothing-due' })
    expect([lab.pace.chosen, lab.pace.effective]).toEqual([0, 0])
    await send({ kind: 'pace', pace: 2 })
    expect(lab.pace.chosen).toBe(2)
  })

  test('while the database is away waits for it, and nothing is told meanwhile', async () => {
    const { host, lab, watcher, send } = await bench.openWithPod()
    await send(keys('kubectl delete pod web\r'))
    const rows = database.input
    const away = vi.spyOn(database, '$executeRaw').mockRejectedValue(new Error('no connection'))
    const gone = vi.spyOn(database, '$queryRaw').mockRejectedValue(new Error('no connection'))
    const made = vi.spyOn(rows, 'createMany').mockRejectedValue(new Error('no connection'))
    const told = watcher.leaps.length
    lab.runTo('sigterm')
    await until(lab, () => watcher.troubles.includes(true))
    expect([lab.isAhead, watcher.leaps.length]).toEqual([true, told])
    for (const spy of [away, gone, made]) spy.mockRestore()
    await lab.rest()
    expect(watcher.leaps.at(-1)).toMatchObject({ t: 'ran', until: 'sigterm', why: 'reached' })
    expect(watcher.troubles).toEqual([true, false])
    expect(host.warm).toBe(1)
  })

  test('does not keep other labs from their keys', async () => {
    const busy = await bench.openWithPod('busy.yaml')
    const other = await bench.open(1)
    busy.lab.runTo('sigkill')
    await until(busy.lab, () => busy.lab.sim.nowMillis > busy.lab.pace.now())
    expect(await other.send(keys('echo served\r'))).toEqual({ ok: true })
    await until(other.lab, () => screen(other.lab).includes('\rserved\r\n'))
    expect(busy.lab.isAhead).toBe(true)
    await busy.send(keys('x'))
  })

  test('ends with the server, and what it had reached is there again', async () => {
    const { id, host, lab } = await bench.openWithPod('busy.yaml')
    lab.runTo('sigkill')
    await until(lab, () => lab.sim.nowMillis > lab.pace.now() + 1)
    const reached = lab.sim.nowMillis
    await host.stop()
    const again = await bench.newHost().open(id)
    expect(again.pace.now()).toBeGreaterThanOrEqual(reached)
    expect(again.pace.chosen).toBe(0)
  })
})
