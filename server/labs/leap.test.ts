import fc from 'fast-check'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { testDatabase } from '../database/test-database.ts'
import { runUntil, type ServerMessage } from '../protocol.ts'
import { Outlet } from './outlet.ts'
import { keys, screen, TestWatcher } from './test-bench.ts'
import { LeapBench, until } from './test-leaps.ts'

const { database } = await testDatabase()
const bench = new LeapBench(database)
afterAll(() => bench.stop())

describe('what a run reaches', () => {
  test('is told only when it is in the journal', async () => {
    const { host, lab, send, watcher } = await bench.openWithPod()
    await send(keys('kubectl delete pod web\r'))
    const told: ServerMessage[] = []
    const line = { send: (message: ServerMessage) => void told.push(message), isFull: () => false }
    const outlet = new Outlet(lab, line, () => 0, { offsets: {}, entries: 0 })
    outlet.welcome(0, false)
    outlet.flush()
    const before = told.length
    const from = lab.pace.now()
    let commit = () => undefined as void
    const gate = new Promise<void>((resolve) => { commit = resolve })
    const append = host.journal.append.bind(host.journal)
    vi.spyOn(host.journal, 'append').mockImplementation(async (row) => gate.then(() => append(row)))
    const leaps = watcher.leaps.length
    lab.runTo('pod-gone')
    await until(lab, () => lab.sim.nowMillis > from + 20_000)
    await new Promise((resolve) => setTimeout(resolve, 20))
    outlet.flush()
    expect([told.length, lab.pace.now(), watcher.leaps.length]).toEqual([before, from, leaps])
    commit()
    await lab.rest()
    outlet.flush()
    expect(told.length).toBeGreaterThan(before)
    expect(lab.pace.now()).toBeGreaterThan(from + 20_000)
  })

  test('is lost with the server, but nothing that was told', async () => {
    const { id, host, lab, send } = await bench.openWithPod()
    await send(keys('kubectl delete pod web\r'))
    const from = lab.pace.now()
    const text = screen(lab)
    vi.spyOn(host.journal, 'append').mockReturnValue(new Promise(() => undefined))
    lab.runTo('pod-gone')
    await until(lab, () => lab.sim.nowMillis > from + 20_000)
    lab.close()
    const other = bench.newHost()
    const after = await other.open(id)
    expect([after.pace.now(), after.sim.nowMillis, screen(after)]).toEqual([from, from, text])
  })

  test('is one moment for two pages, and for one that comes amid it', async () => {
    const { host, lab, watcher, send } = await bench.openWithPod()
    const second = new TestWatcher('client-2', lab)
    host.watch(lab, second, 0)
    await send({ kind: 'pace', pace: 10 })
    await send(keys('kubectl delete pod web\r'))
    const told = watcher.leaps.length
    lab.runTo('pod-gone')
    await lab.rest()
    expect(lab.isAhead).toBe(false)
    expect(second.leaps.at(-1)).toEqual(watcher.leaps.at(-1))
    expect(watcher.leaps).toHaveLength(told + 1)
    expect(watcher.clocks.at(-1)).toEqual(second.clocks.at(-1))
    expect(second.clocks.at(-1)).toEqual([lab.pace.now(), 0])
  })

  test('and what was skipped is the same bytes after replay', async () => {
    const { id, host, lab, watcher, send, run } = await bench.openWithPod()
    await send({ kind: 'pace', pace: 1, skipsQuiet: true })
    await send(keys('time kubectl delete pod web\r'))
    await until(lab, () => watcher.leaps.some((leap) => leap?.t === 'skipped'))
    await run('pod-gone')
    await send({ kind: 'pace', pace: 2 })
    await send(keys('kubectl apply -f ticking.yaml\r'))
    await run('hook-start')
    await send({ kind: 'pace', pace: 1 })
    await send(keys('kubectl logs web\r'))
    await run('next-event')
    await host.stop()
    const again = await bench.newHost().open(id)
    expect(JSON.stringify(again.sim.trace.entries)).toBe(JSON.stringify(lab.sim.trace.entries))
    expect(screen(again)).toBe(screen(lab))
    expect([again.pace.now(), again.pace.chosen, again.pace.skipsQuiet])
      .toEqual([lab.pace.now(), 0, true])
  })
})

/** What people do to a lab, in any order: type, change the pace, let time run, wait a little. */
const deed = fc.oneof(
  fc.constantFrom(
    'kubectl apply -f pod.yaml\r', 'kubectl delete pod web\r', 'sleep 4\r', '\u0003',
    'kubectl get pod\r', 'kubectl apply -f ticking.yaml\r', 'date; sleep 2; date\r',
  ).map((text) => ({ does: 'type' as const, text })),
  fc.constantFrom(0, 1, 2, 10, 60).map((pace) => ({ does: 'pace' as const, pace })),
  fc.constantFrom(...runUntil).map((what) => ({ does: 'run' as const, what })),
  fc.integer({ min: 0, max: 30 }).map((millis) => ({ does: 'wait' as const, millis })),
)

test('whatever is done, replay gives the same trace and screens', async () => {
  const some = fc.array(deed, { minLength: 4, maxLength: 14 })
  await fc.assert(fc.asyncProperty(some, async (deeds) => {
    const { id, host, lab, send } = await bench.open()
    const sent: Promise<unknown>[] = []
    for (const one of deeds) {
      if (one.does === 'type') sent.push(send(keys(one.text)))
      else if (one.does === 'pace')
        sent.push(send({ kind: 'pace', pace: one.pace, skipsQuiet: one.pace === 10 }))
      else if (one.does === 'run') lab.runTo(one.what)
      else await new Promise((resolve) => setTimeout(resolve, one.millis))
    }
    await Promise.all(sent)
    await host.stop()
    const again = await bench.newHost().open(id)
    const { entries } = lab.sim.trace
    expect(JSON.stringify(again.sim.trace.entries.slice(0, entries.length)))
      .toBe(JSON.stringify(entries))
    expect(screen(again).startsWith(screen(lab))).toBe(true)
    expect(again.pace.now()).toBeGreaterThanOrEqual(lab.sim.nowMillis)
    await bench.stop()
  }), { numRuns: 12 })
})

describe('a skip', () => {
  test('goes to the next happening while a command waits, and on from there', async () => {
    const { lab, watcher, send } = await bench.open(1)
    await send({ kind: 'pace', pace: 10, skipsQuiet: true })
    await send(keys('sleep 300\r'))
    await until(lab, () => watcher.leaps.length > 0)
    const [skipped] = watcher.leaps
    const end = lab.sim.trace.entries.find((entry) => entry.kind === 'command-end')
    expect(skipped).toMatchObject({ t: 'skipped', toMillis: end?.at })
    expect(lab.pace.effective).toBe(10)
    expect(lab.pace.now()).toBeGreaterThanOrEqual(end!.at)
    await until(lab, () => lab.pace.now() > end!.at + 40_000)
    expect(watcher.leaps).toHaveLength(1)
  }, 30_000)

  test('that finds nothing is the last until something happens', async () => {
    const { lab, watcher, send } = await bench.openWithPod('ticking.yaml')
    await send({ kind: 'pace', pace: 60, skipsQuiet: true })
    await send(keys('sleep 10000\r'))
    const told = watcher.leaps.length
    await until(lab, () => watcher.leaps.length > told)
    const skipped = watcher.leaps.at(-1)
    if (skipped?.t !== 'skipped') throw new Error('no skip')
    expect(skipped.toMillis - skipped.fromMillis).toBeLessThanOrEqual(360_000)
    await until(lab, () => lab.pace.now() > skipped.toMillis + 30_000)
    expect(watcher.leaps).toHaveLength(told + 1)
  }, 30_000)
})
