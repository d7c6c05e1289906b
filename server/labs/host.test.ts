import { randomUUID } from 'node:crypto'
import { describe, expect, test, vi } from 'vitest'
import { testDatabase } from '../database/test-database.ts'
import { keys, openTab, screen, testBench, testLesson, TestWatcher } from './test-bench.ts'

const { database } = await testDatabase()
const bench = await testBench(database)

async function newLab(): Promise<string> {
  return bench.store.create(randomUUID(), testLesson)
}

async function waitFor(what: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await what())) await new Promise((resolve) => setTimeout(resolve, 5))
}

describe('a lab in memory', () => {
  test('answers an input only after it is in the journal', async () => {
    const host = bench.newHost()
    const lab = await host.open(await newLab())
    const watcher = new TestWatcher()
    host.watch(lab, watcher, 0)
    lab.submit('client-1', 1, openTab)
    expect(screen(lab)).toBe('')
    await watcher.send(lab, 2, keys('ls'))
    expect(screen(lab)).toMatch(/^\$ at [\d.]+\nls at [\d.]+\n$/)
    const rows = await database.input.findMany({
      where: { branchId: lab.branchId }, orderBy: { seq: 'asc' },
    })
    expect(rows.map((row) => [row.seq, row.kind])).toEqual([
      [0, 'start'],
      [1, 'tab-open'],
      [2, 'keys'],
    ])
    expect(rows[2]!.atMillis).toBeGreaterThanOrEqual(rows[1]!.atMillis)
    await host.stop()
  })

  test('has the same bytes after a kill, at the moment the page last saw', async () => {
    const id = await newLab()
    const killed = bench.newHost()
    const before = await killed.open(id)
    const watcher = new TestWatcher()
    killed.watch(before, watcher, 0)
    await watcher.send(before, 1, openTab)
    await watcher.send(before, 2, keys('every 7'))
    await waitFor(() => screen(before).split('tick').length > 4)
    await watcher.send(before, 3, keys('x'))
    await waitFor(() => screen(before).split('tick').length > 8)
    const seen = before.sim.nowMillis
    const text = screen(before)
    before.close()

    const host = bench.newHost()
    const after = await host.open(id)
    expect(text.startsWith(screen(after))).toBe(true)
    host.watch(after, new TestWatcher(), seen)
    await waitFor(() => after.sim.nowMillis >= seen)
    expect(screen(after).startsWith(text)).toBe(true)
    expect(after.clients.of('client-1').applied).toBe(3)
    await Promise.all([killed.stop(), host.stop()])
  })

  test('stands still when the server stops, and goes on from there', async () => {
    const id = await newLab()
    const first = bench.newHost()
    const lab = await first.open(id)
    const watcher = new TestWatcher()
    first.watch(lab, watcher, 0)
    await watcher.send(lab, 1, openTab)
    await watcher.send(lab, 2, keys('every 5'))
    await waitFor(() => screen(lab).split('tick').length > 3)
    await first.stop()
    const stoppedAt = lab.pace.now()
    const second = bench.newHost()
    const again = await second.open(id)
    expect(again.pace.now()).toBe(stoppedAt)
    expect(again.pace.effective).toBe(0)
    expect(watcher.dismissals).toEqual(['closing'])
    await second.stop()
  })

  test('clock marks do not make the journal longer', async () => {
    const host = bench.newHost()
    const lab = await host.open(await newLab())
    const watcher = new TestWatcher()
    host.watch(lab, watcher, 0)
    await watcher.send(lab, 1, openTab)
    for (let i = 0; i < 5; i++) lab.markClock()
    await watcher.send(lab, 2, keys('a'))
    lab.markClock()
    await host.stop()
    const rows = await database.input.findMany({
      where: { branchId: lab.branchId }, orderBy: { seq: 'asc' },
    })
    expect(rows.map((row) => row.kind)).toEqual([
      'start',
      'tab-open',
      'clock-mark',
      'keys',
      'clock-mark',
    ])
    const stamps = rows.map((row) => row.atMillis)
    expect(stamps).toEqual([...stamps].sort((a, b) => a - b))
  })

  test('paused, nothing moves; in motion again, it goes on', async () => {
    const host = bench.newHost()
    const lab = await host.open(await newLab())
    const watcher = new TestWatcher()
    host.watch(lab, watcher, 0)
    await watcher.send(lab, 1, openTab)
    await watcher.send(lab, 2, keys('every 3'))
    await watcher.send(lab, 3, { kind: 'pace', pace: 0 })
    const text = screen(lab)
    expect(host.alarms).toBe(0)
    expect(lab.pace.effective).toBe(0)
    await watcher.send(lab, 4, keys('typed while paused'))
    expect(screen(lab)).toMatch(new RegExp(`typed while paused at ${lab.sim.nowMillis}\n$`))
    await watcher.send(lab, 5, { kind: 'pace', pace: 10 })
    await waitFor(() => screen(lab).length > text.length + 200)
    await host.stop()
  })

  test('an idle lab waits without a timer', async () => {
    const host = bench.newHost()
    const lab = await host.open(await newLab())
    const watcher = new TestWatcher()
    host.watch(lab, watcher, 0)
    await watcher.send(lab, 1, openTab)
    expect(host.alarms).toBe(0)
    await host.stop()
  })

  test('a lab whose program has a fault ends alone', async () => {
    const host = bench.newHost()
    const [sound, faulty] = await Promise.all([
      host.open(await newLab()),
      host.open(await newLab()),
    ])
    const [a, b] = [new TestWatcher(), new TestWatcher()]
    host.watch(sound, a, 0)
    host.watch(faulty, b, 0)
    await Promise.all([a.send(sound, 1, openTab), b.send(faulty, 1, openTab)])
    faulty.submit('client-1', 2, keys('throw'))
    await waitFor(() => b.dismissals.length > 0)
    expect(b.dismissals).toEqual(['broken'])
    expect(await a.send(sound, 2, keys('fine'))).toEqual({ ok: true })
    await host.stop()
  })
})

describe('branches and steps', () => {
  test('a step done is kept, and shown again after replay', async () => {
    const learner = randomUUID()
    const id = await bench.store.create(learner, testLesson)
    const host = bench.newHost()
    const lab = await host.open(id)
    const watcher = new TestWatcher()
    host.watch(lab, watcher, 0)
    await watcher.send(lab, 1, openTab)
    const { steps } = lab
    expect(steps[0]?.doneAtMillis).not.toBeNull()
    await waitFor(async () => (await bench.store.progress(learner)).test?.length === 1)
    await host.stop()
    const other = bench.newHost()
    expect((await other.open(id)).steps).toEqual(steps)
    await other.stop()
  })

  test('a step that the journal was not told of is told when the lab is brought back', async () => {
    const learner = randomUUID()
    const id = await bench.store.create(learner, testLesson)
    const host = bench.newHost()
    const lab = await host.open(id)
    const watcher = new TestWatcher()
    host.watch(lab, watcher, 0)
    vi.spyOn(host.journal, 'completeStep').mockRejectedValue(new Error('the journal is closed'))
    await watcher.send(lab, 1, openTab)
    await host.stop()
    expect([watcher.dismissals, await bench.store.progress(learner)])
      .toEqual([['closing'], { test: [] }])
    const other = bench.newHost()
    other.watch(await other.open(id), new TestWatcher(), 0)
    await waitFor(async () => (await bench.store.progress(learner)).test?.length === 1)
    await other.stop()
  })

  test('starting anew dismisses pages, begins from nothing, and keeps the steps done', async () => {
    const learner = randomUUID()
    const id = await bench.store.create(learner, testLesson)
    const host = bench.newHost()
    const lab = await host.open(id)
    const watcher = new TestWatcher()
    host.watch(lab, watcher, 0)
    await watcher.send(lab, 1, openTab)
    await waitFor(async () => (await bench.store.progress(learner)).test?.length === 1)
    await bench.branches(host).reset(id, testLesson)
    expect(watcher.dismissals).toEqual(['restarted'])
    const anew = await host.open(id)
    expect(anew.sim.tabs).toEqual([])
    expect(anew.steps[0]?.doneAtMillis).toBeNull()
    expect(await bench.store.progress(learner)).toEqual({ test: ['typed'] })
    await host.stop()
  })

  test('a fork shares its parent\'s inputs up to where it left', async () => {
    const host = bench.newHost()
    const id = await newLab()
    const lab = await host.open(id)
    const watcher = new TestWatcher()
    host.watch(lab, watcher, 0)
    await watcher.send(lab, 1, openTab)
    await watcher.send(lab, 2, keys('shared'))
    await watcher.send(lab, 3, keys('only in the first'))
    const branch = await database.branch.create({
      data: { labId: id, parentId: lab.branchId, forkSeq: 2, forkAtMillis: 0, name: 'fork' },
    })
    await database.lab.update({ where: { id }, data: { branchId: branch.id } })
    await host.exclusively(id, (retire) => retire())
    const fork = await host.open(id)
    expect(screen(fork)).toBe(screen(lab).split('only')[0])
    await host.stop()
  })

  test('two tabs that begin a lesson at once get one lab', async () => {
    const learner = randomUUID()
    const ids = await Promise.all([1, 2, 3].map(() => bench.store.create(learner, testLesson)))
    expect(new Set(ids).size).toBe(1)
  })
})
