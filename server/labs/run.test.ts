import { afterAll, describe, expect, test, vi } from 'vitest'
import { testDatabase } from '../database/test-database.ts'
import type { StepJudge } from './steps-done.ts'
import { keys, screen } from './test-bench.ts'
import { LeapBench, until } from './test-leaps.ts'
import type { WarmLab } from './warm-lab.ts'

const { database } = await testDatabase()
const bench = new LeapBench(database)
afterAll(() => bench.stop())

async function lastRow(lab: WarmLab) {
  const row = await database.input.findFirst({
    where: { branchId: lab.branchId }, orderBy: { seq: 'desc' },
  })
  return { kind: row?.kind, atMillis: row?.atMillis, data: row?.data }
}

/** Ticks its one step at the end of a command. */
function judgeOfEnds(): StepJudge {
  let doneAtMillis: number | null = null
  const states = () => [{ id: 'ended', doneAtMillis, note: null }]
  return {
    states,
    feed: (entry) => {
      if (entry.kind !== 'command-end' || doneAtMillis !== null) return undefined
      doneAtMillis = entry.at
      return states()
    },
  }
}

describe('a run', () => {
  test.each([0, 1, 60])('at pace %d goes from moment to moment of a shutdown', async (pace) => {
    const { lab, send, run } = await bench.openWithPod()
    await send({ kind: 'pace', pace })
    // The run waits for what was sent before it.
    void send(keys('kubectl delete pod web\r'))
    const moments: number[] = []
    const stops = ['hook-start', 'hook-end', 'sigterm', 'sigkill', 'pod-gone'] as const
    for (const what of stops) {
      const ran = await run(what)
      expect([what, ran.why, ran.happened?.at]).toEqual([what, 'reached', ran.toMillis])
      expect([lab.sim.nowMillis, lab.pace.now()]).toEqual([ran.toMillis, ran.toMillis])
      expect(lab.pace.chosen).toBe(0)
      expect((await lastRow(lab)).atMillis).toBe(ran.toMillis)
      moments.push(ran.toMillis)
    }
    expect(moments).toEqual([...moments].sort((a, b) => a - b))
    // The hook takes ten seconds, PID 1 ignores SIGTERM, and SIGKILL comes when the grace is over.
    expect(moments[1]! - moments[0]!).toBeGreaterThanOrEqual(10_000)
    expect(Math.round((moments[3]! - moments[0]!) / 1000)).toBe(20)
  })

  test('from a moving clock journals the pause; from a pause it moves the clock mark', async () => {
    const { lab, send, run } = await bench.openWithPod()
    await send(keys('kubectl delete pod web\r'))
    await run('hook-start')
    await send({ kind: 'pace', pace: 1 })
    const first = await run('next-event')
    expect(await lastRow(lab)).toEqual(
      { kind: 'pace', atMillis: first.toMillis, data: { pace: 0 } })
    const rows = () => database.input.count({ where: { branchId: lab.branchId } })
    const second = await run('next-event')
    const before = await rows()
    expect(await lastRow(lab)).toMatchObject({ kind: 'clock-mark', atMillis: second.toMillis })
    await run('next-event')
    expect(await rows()).toBe(before)
  })

  test('to what never happens ends where the last thing happened', async () => {
    const { lab, run } = await bench.open()
    const ran = await run('sigkill')
    expect(ran).toMatchObject({ why: 'nothing-due', entry: null, toMillis: lab.sim.nowMillis })
    expect(ran.toMillis).toBe(lab.pace.now())
  })

  test('to what does not happen soon ends within its bound', async () => {
    const { run } = await bench.openWithPod('ticking.yaml')
    const ran = await run('sigkill')
    expect(ran).toMatchObject({ why: 'too-far', entry: null })
    expect(ran.toMillis - ran.fromMillis).toBeGreaterThan(590_000)
    expect(ran.toMillis - ran.fromMillis).toBeLessThanOrEqual(600_000)
  })

  test('is ended by a key, which comes after it', async () => {
    const { lab, watcher, send } = await bench.openWithPod('busy.yaml')
    const from = lab.pace.now()
    lab.runTo('sigkill')
    await until(lab, () => lab.sim.nowMillis > from + 1)
    const answer = await send(keys('echo typed\r'))
    expect(answer).toEqual({ ok: true })
    const ran = watcher.leaps.at(-1)
    expect(ran).toMatchObject({ t: 'ran', why: 'stopped', entry: null })
    expect(lab.pace.now()).toBe(ran?.toMillis)
    expect((await lastRow(lab)).atMillis).toBe(ran?.toMillis)
    await until(lab, () => screen(lab).includes('\rtyped\r\n'))
  })

  test('asked for twice at once goes two steps', async () => {
    const { lab, watcher, send } = await bench.open()
    await send(keys('sleep 5; sleep 5\r'))
    const told = watcher.leaps.length
    lab.runTo('next-event')
    await lab.rest()
    await send(keys('sleep 5\r'))
    lab.runTo('next-event')
    lab.runTo('next-event')
    await until(lab, () => watcher.leaps.length >= told + 3)
    expect(watcher.leaps.slice(told).map((leap) => leap?.t === 'ran' && leap.why))
      .toEqual(['reached', 'stopped', 'reached'])
  })

  test('to a step stops where it ticks, and it is done no earlier than that is told', async () => {
    const { host, lab, send, run } = await bench.open(0, judgeOfEnds)
    await send(keys('sleep 7\r'))
    const done = vi.spyOn(host.journal, 'completeStep')
    const row = vi.spyOn(host.journal, 'append')
    const ran = await run('step-done')
    expect(ran).toMatchObject({ why: 'reached', toMillis: lab.steps[0]?.doneAtMillis })
    expect(ran.happened).toMatchObject({ kind: 'command-end' })
    expect(row.mock.invocationCallOrder[0]).toBeLessThan(done.mock.invocationCallOrder[0]!)
  })
})
