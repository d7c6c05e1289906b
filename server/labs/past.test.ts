import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { Lab } from '../../simulator/lab.ts'
import type { InputBody } from '../../simulator/lab-types.ts'
import { reference } from '../../tools/bench/reference.ts'
import { testDatabase } from '../database/test-database.ts'
import type { PastView } from '../history.ts'
import { History } from './history.ts'
import { Host } from './host.ts'
import { serverLimits } from './limits.ts'
import type { StoredInput } from './lineage.ts'
import { Past, Pasts, type Source } from './past.ts'
import type { Simulators } from './simulators.ts'
import { Tape } from './tape.ts'
import { keys, openTab, testBench, testLesson, TestWatcher } from './test-bench.ts'
import { testSimulators } from './test-lab.ts'

const real: Simulators = { current: 'test', load: async () => (start) => new Lab(start) }
const inTurn = async () => undefined

type Told = readonly (readonly [at: number, body: InputBody])[]

function journalOf(told: Told, files: Readonly<Record<string, string>> = {}): StoredInput[] {
  const start = {
    branchId: 'b', seq: 0, atMillis: 0, kind: 'start', source: 'host', clientSeq: null,
    data: { files, seed: 3, startEpochMillis: Date.UTC(2026, 0, 1), simulatorVersion: 'test' },
  }
  return [start, ...told.map(([atMillis, { kind, ...data }], at) => ({
    branchId: 'b', seq: at + 1, atMillis, kind, source: 'client-1', clientSeq: at + 1, data,
  }))]
}

/** The lab itself, brought to that moment and asked. */
async function lived(journal: readonly StoredInput[], at: number): Promise<PastView> {
  const tape = await Tape.begin(real, journal[0])
  await tape.runOn(journal.filter(({ atMillis }) => atMillis <= at), at, inTurn)
  return tape.present()
}

const refusal = (code: string) => expect.objectContaining({ name: 'Refusal', code })

describe('a tape', () => {
  test('shows each moment of the reference lab as the lab of that moment does', async () => {
    const { start, inputs, endMillis } = reference()
    const journal = journalOf(inputs.map(({ atMillis, body }) => [atMillis, body]), start.files)
    const tape = await Tape.begin(real, journal[0])
    await tape.runOn(journal, endMillis, inTurn)
    const moments = [0, 10_000, 12_345.678, 15_000, 534_200, 538_000, 560_000, 1_799_999, endMillis]
    for (const at of moments) expect(tape.view(at), `at ${at}`).toEqual(await lived(journal, at))
  })

  test('knows terminals that were closed, files that changed, and moments in between', async () => {
    const journal = journalOf([
      [0, openTab],
      [1_000, keys('for i in 1 2 3; do echo $i > n.txt; sleep 1; done\r')],
      [2_500, { kind: 'tab-open', tab: '2', columns: 80, rows: 24 }],
      [3_000, keys('echo typed meanwhile\r')],
      [6_000, { kind: 'tab-close', tab: '1' }],
      [6_000, { kind: 'file-write', path: 'm/新.txt', text: '二', basedOn: null }],
      [7_000, openTab],
      [7_500, { kind: 'pace', pace: 0 }],
      [7_500, keys('rm n.txt; clear\r')],
    ])
    const tape = await Tape.begin(real, journal[0])
    await tape.runOn(journal, 9_000, inTurn)
    for (let at = 0; at < 9_000; at += 97) {
      expect(tape.view(at), `at ${at}`).toEqual(await lived(journal, at))
    }
    expect(tape.view(2_600)!.tabs.map(({ tab }) => tab)).toEqual(['1', '2'])
    expect(tape.view(6_500)!.tabs.map(({ tab }) => tab)).toEqual(['2'])
    expect(tape.view(2_600)!.files).toMatchObject([{ path: 'n.txt', text: '2\n' }])
  })

  test('that could not keep everything says so, and is run again', async () => {
    const lines = 'x'.repeat(serverLimits.keysChars)
    const journal = journalOf([
      [0, openTab], [500, keys('y')],
      ...Array.from({ length: 70 }, (_, at) => [1_000 + at, keys(lines)] as const),
      [5_000, keys('z')], [6_000, keys('end')],
    ])
    const source: Source = { read: async (from) => ({
      inputs: journal.filter(({ seq }) => seq >= from), endMillis: 9_000,
    }) }
    const tape = await Tape.begin(testSimulators, journal[0])
    await tape.runOn(journal, 9_000, inTurn)
    expect(tape.view(700)!.tabs[0]!.text).toBe('$ at 0\ny at 500\n')
    expect(tape.view(5_500)).toBeUndefined()
    const past = new Past(testSimulators, source)
    const { atMillis, tabs } = await past.look(5_500)
    expect([atMillis, tabs[0]!.text.endsWith('z at 5000\n')]).toEqual([5_500, true])
    expect(tabs[0]!.text.length).toBeLessThanOrEqual(serverLimits.pastTabChars)
  })
})

describe('who looks', () => {
  function slowSource(): { source: Source; reads: () => number; go: () => void } {
    const journal = journalOf([[0, openTab], [1_000, keys('a')], [2_000, keys('b')]])
    let [count, open] = [0, () => undefined as void]
    const gate = new Promise<void>((resolve) => { open = resolve })
    return {
      reads: () => count, go: () => open(),
      source: { read: async (from) => {
        count++
        await gate
        return { inputs: journal.filter(({ seq }) => seq >= from), endMillis: 2_500 }
      } },
    }
  }

  test('of a drag, the newest looks are answered, and the overtaken are told', async () => {
    const { source, go } = slowSource()
    const past = new Past(testSimulators, source)
    const looks = Array.from({ length: 20 }, (_, at) => past.look(at * 100))
    go()
    const answers = await Promise.allSettled(looks)
    const seen = answers.flatMap((one) => one.status === 'fulfilled' ? [one.value.atMillis] : [])
    expect(seen).toEqual([1_600, 1_700, 1_800, 1_900])
    const others = answers.flatMap((one) => one.status === 'rejected' ? [one.reason] : [])
    expect(others).toEqual(Array.from({ length: 16 }, () => refusal('superseded')))
    await expect(past.look(2_400)).resolves.toMatchObject({ atMillis: 2_400 })
  })

  test('beyond the end sees the end', async () => {
    const { source, go } = slowSource()
    go()
    const past = new Past(testSimulators, source)
    expect(await past.look(1e15)).toMatchObject({ atMillis: 2_500 })
    expect((await past.look(0)).tabs).toEqual([{ tab: '1', text: '$ at 0\n' }])
  })

  test('too often is asked to wait', async () => {
    const { source, go } = slowSource()
    go()
    const past = new Past(testSimulators, source)
    for (let i = 0; i < serverLimits.lookBurst; i++) await past.look(i)
    const more = await Promise.allSettled(
      Array.from({ length: 50 }, (_, at) => past.look(at)))
    expect(more.at(-1)).toEqual({ status: 'rejected', reason: refusal('too-fast') })
  })

  test('a journal that cannot be read is told to all who wait, and read again', async () => {
    const { source, go } = slowSource()
    go()
    let isAway = true
    const past = new Past(testSimulators, { read: async (from) => {
      if (isAway) throw new Error('away')
      return source.read(from)
    } })
    const answers = await Promise.allSettled([past.look(1), past.look(2)])
    expect(answers.map((answer) => answer.status)).toEqual(['rejected', 'rejected'])
    isAway = false
    await expect(past.look(1_000)).resolves.toMatchObject({ atMillis: 1_000 })
  })

  test('pasts are kept for the last who looked, and no more', () => {
    const pasts = new Pasts(testSimulators)
    const past = (at: number) => pasts.of(`p${at}`, () => slowSource().source)
    const opened = Array.from({ length: 3 * serverLimits.pastsKept }, (_, at) => past(at))
    expect(pasts.size).toBe(serverLimits.pastsKept)
    expect(past(opened.length - 1)).toBe(opened.at(-1))
    expect(past(0)).not.toBe(opened[0])
    pasts.close()
  })
})

describe('the past of a live lab', async () => {
  const { database } = await testDatabase()
  const bench = await testBench(database)

  async function living() {
    const host = new Host({ database, simulators: real })
    const branches = bench.branches(host)
    const pasts = new Pasts(real)
    const history = new History(database, host, branches, pasts)
    const id = await bench.store.create(randomUUID(), testLesson)
    if (id === 'too-many-labs') throw new Error(id)
    const lab = await host.open(id)
    const watcher = new TestWatcher()
    host.watch(lab, watcher, 0)
    return { host, branches, history, pasts, id, lab, watcher }
  }

  test('has the input just committed, and touches neither lab nor journal', async () => {
    const { host, history, id, lab, watcher } = await living()
    await watcher.send(lab, 1, openTab)
    const first = await history.look(id, lab.branchId, 1e12)
    expect(first.tabs).toHaveLength(1)
    await watcher.send(lab, 2, { kind: 'pace', pace: 0 })
    await watcher.send(lab, 3, keys('echo hel\'\'lo\r'))
    const then = lab.pace.now()
    const inputs = await database.input.count({ where: { branchId: lab.branchId } })
    const bytes = JSON.stringify(lab.sim.trace.entries)
    const view = await history.look(id, lab.branchId, 1e12)
    expect(view).toEqual({
      atMillis: then, files: lab.sim.files(), cluster: lab.sim.look(),
      tabs: [{ tab: '1', text: lab.sim.output('1', 0).text }],
    })
    expect(view.tabs[0]!.text).toContain('hello')
    await history.look(id, lab.branchId, 0)
    expect(JSON.stringify(lab.sim.trace.entries)).toBe(bytes)
    expect(await database.input.count({ where: { branchId: lab.branchId } })).toBe(inputs)
    const { entries, nowMillis, branch } = await history.entries(id, lab.branchId)
    expect([nowMillis, branch.name]).toEqual([then, 'main'])
    expect(entries.map((entry) => entry.id)).toEqual(lab.sim.trace.entries.map((one) => one.id))
    expect(entries.some((entry) => 'object' in entry)).toBe(false)
    await host.stop()
  })

  test('in motion it is never ahead of what the lab goes on to do', async () => {
    const { host, history, id, lab, watcher } = await living()
    await watcher.send(lab, 1, openTab)
    await watcher.send(lab, 2, { kind: 'pace', pace: 30 })
    for (let n = 3; n < 30; n++) {
      const [view] = await Promise.all([
        history.look(id, lab.branchId, 1e12), watcher.send(lab, n, keys(`echo ${n}\r`)),
      ])
      expect(view.atMillis).toBeLessThanOrEqual(lab.pace.now())
    }
    await watcher.send(lab, 30, { kind: 'pace', pace: 0 })
    const view = await history.look(id, lab.branchId, 1e12)
    expect(view.tabs).toEqual([{ tab: '1', text: lab.sim.output('1', 0).text }])
    await host.stop()
  })

  test('of a branch that is deleted, hidden or foreign there is none', async () => {
    const { host, branches, history, id, lab } = await living()
    const main = lab.branchId
    const fork = (await branches.fork(id, { from: main, atMillis: 0 })).open
    expect((await history.look(id, main, 0)).atMillis).toBe(0)
    await branches.remove(id, main)
    const stranger = await living()
    for (const [labId, branch] of [[id, main], [stranger.id, fork], [id, randomUUID()]] as const) {
      await expect(history.look(labId, branch, 0)).rejects.toEqual(refusal('not-found'))
      await expect(history.entries(labId, branch)).rejects.toEqual(refusal('not-found'))
    }
    await Promise.all([host.stop(), stranger.host.stop()])
  })
})
