import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { Lab } from '../../simulator/lab.ts'
import type { InputBody } from '../../simulator/lab-types.ts'
import { Refusal } from '../answers.ts'
import { testDatabase } from '../database/test-database.ts'
import type { Branches } from './branches.ts'
import type { Host } from './host.ts'
import { serverLimits } from './limits.ts'
import { readJournal } from './lineage.ts'
import { bodyOf, startOf } from './replay.ts'
import { keys, openTab, screen, testBench, testLesson, TestWatcher } from './test-bench.ts'
import type { WarmLab } from './warm-lab.ts'

const { database } = await testDatabase()
const bench = await testBench(database)

let host: Host
let branches: Branches
let learner: string
let id: string
let main: string

async function newLab(): Promise<void> {
  host = bench.newHost()
  branches = bench.branches(host)
  learner = randomUUID()
  id = await bench.store.create(learner, testLesson)
  main = (await branches.tree(id)).open
}

/** Puts lines into the journal of a branch as if they had been typed then. */
async function write(
  branchId: string, rows: readonly (readonly [seq: number, at: number, body: InputBody])[],
): Promise<void> {
  await database.input.createMany({
    data: rows.map(([seq, atMillis, { kind, ...data }]) => ({
      branchId, seq, atMillis, kind, data, source: 'client-1',
      clientSeq: kind === 'clock-mark' ? null : seq,
    })),
  })
}

const mark: InputBody = { kind: 'clock-mark' }
const told: readonly (readonly [number, number, InputBody])[] = [
  [1, 0, openTab], [2, 1_000, keys('a')], [3, 3_000, mark], [4, 4_000, keys('b')],
  [5, 4_000, keys('c')], [6, 9_000, mark],
]

async function opened(): Promise<WarmLab> {
  return host.open(id)
}

function letters(lab: WarmLab): string {
  return screen(lab).split('\n').map((line) => line[0] ?? '').join('')
}

const refusal = (code: string) => expect.objectContaining({ name: 'Refusal', code })

describe('a fork', () => {
  const moments: readonly (readonly [string, number, string, number])[] = [
    ['at the very beginning', 0, '$', 0], ['before the first key', 999.999, '$', 999.999],
    ['exactly at a key', 1_000, '$a', 1_000], ['between', 2_500.125, '$a', 2_500.125],
    ['where two inputs carry one stamp', 4_000, '$abc', 4_000],
    ['at the last mark', 9_000, '$abc', 9_000], ['after all that is known', 1e12, '$abc', 9_000],
    ['before the beginning', -5, '$', 0],
  ]
  test.each(moments)('%s stands paused there', async (_, atMillis, shown, stands) => {
    await newLab()
    await write(main, told)
    const tree = await branches.fork(id, { from: main, atMillis })
    const lab = await opened()
    expect(letters(lab)).toBe(shown)
    expect([lab.pace.now(), lab.pace.chosen]).toEqual([stands, 0])
    expect(tree).toEqual({
      open: lab.branchId,
      branches: [
        { id: main, name: 'main', parentId: null, forkAtMillis: null, endMillis: 9_000 },
        {
          id: lab.branchId, name: 'branch 2', parentId: main, forkAtMillis: stands,
          endMillis: stands,
        },
      ],
    })
    await host.stop()
  })

  test('does not move when its parent\'s clock mark does', async () => {
    await newLab()
    await write(main, told)
    await branches.fork(id, { from: main, atMillis: 8_000 })
    await host.journal.moveMark(main, 6, 60_000)
    const lab = await opened()
    expect(lab.pace.now()).toBe(8_000)
    await host.stop()
  })

  test('of a fork, before that fork began, stands on the first branch', async () => {
    await newLab()
    await write(main, told)
    const second = (await branches.fork(id, { from: main, atMillis: 4_000 })).open
    const third = await branches.fork(id, { from: second, atMillis: 2_000, name: 'early' })
    expect(third.branches.find(({ name }) => name === 'early')).toMatchObject({
      parentId: main, forkAtMillis: 2_000,
    })
    expect(letters(await opened())).toBe('$a')
    const fourth = await branches.fork(id, { from: second, atMillis: 4_000 })
    expect(fourth.branches.at(-1)).toMatchObject({ parentId: second, forkAtMillis: 4_000 })
    expect(letters(await opened())).toBe('$abc')
    await host.stop()
  })

  test('of the live branch loses nothing that was sent, and its pages come again', async () => {
    await newLab()
    const lab = await opened()
    const watcher = new TestWatcher()
    host.watch(lab, watcher, 0)
    await watcher.send(lab, 1, openTab)
    await watcher.send(lab, 2, { kind: 'pace', pace: 60 })
    for (let n = 3; n < 23; n++) lab.submit('client-1', n, keys(`k${n}`))
    const stood = lab.pace.now()
    const tree = await branches.fork(id, { from: main, atMillis: 1e9 })
    expect(watcher.dismissals).toEqual(['restarted'])
    expect(lab.broken).toBe(true)
    const [first, second] = tree.branches
    expect(first!.endMillis).toBeGreaterThanOrEqual(stood)
    expect(second!.forkAtMillis).toBe(first!.endMillis)
    const fork = await opened()
    expect(screen(fork).split('\n').filter((line) => line.startsWith('k'))).toHaveLength(20)
    await branches.open(id, main)
    const again = await opened()
    expect(screen(again)).toBe(screen(fork))
    expect(again.pace.now()).toBe(first!.endMillis)
    await host.stop()
  })

  test('lets a page count from one again', async () => {
    await newLab()
    await write(main, told)
    await branches.fork(id, { from: main, atMillis: 9_000 })
    const lab = await opened()
    const watcher = new TestWatcher('client-1')
    host.watch(lab, watcher, 0)
    expect(lab.clients.of('client-1').applied).toBe(0)
    await watcher.send(lab, 1, keys('d'))
    expect(letters(lab)).toBe('$abcd')
    await host.stop()
  })

  test('keeps the steps that were done on any branch', async () => {
    await newLab()
    const lab = await opened()
    const watcher = new TestWatcher()
    host.watch(lab, watcher, 0)
    await watcher.send(lab, 1, openTab)
    await branches.fork(id, { from: main, atMillis: 0 })
    await branches.remove(id, main)
    expect(await bench.store.progress(learner)).toEqual({ test: ['typed'] })
    await host.stop()
  })
})

describe('names and deletion', () => {
  test('a name is trimmed, bounded, and unique in the lab', async () => {
    await newLab()
    const name = async (branch: string, text: string) =>
      (await branches.rename(id, branch, text)).branches.map((one) => one.name)
    const fork = (await branches.fork(id, { from: main, atMillis: 0 })).open
    expect(await name(fork, '  更长的\t优雅期 😀 ')).toEqual(['main', '更长的 优雅期 😀'])
    expect(await name(fork, 'main')).toEqual(['main', 'main 2'])
    expect(await name(fork, 'x'.repeat(40))).toEqual(['main', 'x'.repeat(40)])
    for (const wrong of ['', '  ', '\u0000', 'x'.repeat(41)]) {
      await expect(name(fork, wrong)).rejects.toEqual(refusal('bad-message'))
    }
    await branches.rename(id, main, 'y'.repeat(40))
    expect((await name(fork, 'y'.repeat(40)))[1]).toBe(`${'y'.repeat(38)} 2`)
    await expect(name(randomUUID(), 'z')).rejects.toEqual(refusal('not-found'))
    await host.stop()
  })

  test('the open branch stays', async () => {
    await newLab()
    await expect(branches.remove(id, main)).rejects.toEqual(refusal('branch-open'))
    await host.stop()
  })

  test('a branch that others stand on is hidden, and goes with the last of them', async () => {
    await newLab()
    await write(main, told)
    const a = (await branches.fork(id, { from: main, atMillis: 1_000 })).open
    await write(a, [[4, 5_000, keys('x')]])
    const b = (await branches.fork(id, { from: a, atMillis: 5_000 })).open
    await write(b, [[6, 6_000, keys('y')]])
    const c = (await branches.fork(id, { from: a, atMillis: 4_500 })).open
    await write(c, [[5, 7_000, keys('z')]])

    let tree = await branches.remove(id, a)
    expect(tree.branches).toMatchObject([
      { id: main, parentId: null },
      { id: b, parentId: main, forkAtMillis: 1_000 }, { id: c, parentId: main, forkAtMillis: 1_000 },
    ])
    await expect(branches.open(id, a)).rejects.toEqual(refusal('not-found'))
    await expect(branches.fork(id, { from: a, atMillis: 0 })).rejects.toEqual(refusal('not-found'))
    await branches.open(id, b)
    expect(letters(await opened())).toBe('$axy')

    // One fork is left: it takes over what it stood on.
    tree = await branches.remove(id, c)
    expect(tree.branches).toMatchObject([{ id: main }, { id: b, parentId: main }])
    expect(await database.branch.count({ where: { labId: id } })).toBe(2)
    await branches.open(id, main)
    await branches.open(id, b)
    expect(letters(await opened())).toBe('$axy')

    await branches.remove(id, main)
    expect(await database.branch.count({ where: { labId: id } })).toBe(1)
    await host.exclusively(id, (retire) => retire())
    expect(letters(await opened())).toBe('$axy')
    expect((await branches.tree(id)).branches).toMatchObject([{ id: b, parentId: null }])
    await host.stop()
  })
})

describe('bounds and quarrels', () => {
  test('ten thousand forks: a clear answer, and nothing lost', async () => {
    await newLab()
    await write(main, told)
    const answers = new Map<string, number>()
    for (let i = 0; i < 300; i++) {
      const answer = await branches.fork(id, { from: main, atMillis: 4_000 })
        .then(() => 'ok', (error: unknown) => (error instanceof Refusal ? error.code : 'fault'))
      answers.set(answer, (answers.get(answer) ?? 0) + 1)
    }
    expect([...answers.keys()].sort()).toEqual(['ok', 'too-fast', 'too-many-branches'])
    expect(answers.get('ok')).toBe(serverLimits.branchesPerLab - 1)
    expect((await branches.tree(id)).branches).toHaveLength(serverLimits.branchesPerLab)
    expect(letters(await opened())).toBe('$abc')
    await host.stop()
  })

  test('two tabs that fork at once get a branch each, and the later one is open', async () => {
    await newLab()
    await write(main, told)
    const lab = await opened()
    const watcher = new TestWatcher()
    host.watch(lab, watcher, 0)
    const trees = await Promise.all([1_000, 4_000].map((atMillis) =>
      branches.fork(id, { from: main, atMillis })))
    const { branches: all, open } = await branches.tree(id)
    expect(all.map(({ name }) => name)).toEqual(['main', 'branch 2', 'branch 3'])
    expect(all.find((one) => one.id === open)).toMatchObject({ forkAtMillis: 4_000 })
    expect(trees[1]!.open).toBe(open)
    expect((await opened()).branchId).toBe(open)
    await host.stop()
  })

  test('one tab deletes what the other opens: one of them is told', async () => {
    for (const first of ['remove', 'open'] as const) {
      await newLab()
      const fork = (await branches.fork(id, { from: main, atMillis: 0 })).open
      await branches.open(id, main)
      const both = first === 'remove'
        ? [branches.remove(id, fork), branches.open(id, fork)]
        : [branches.open(id, fork), branches.remove(id, fork)]
      const [one, other] = await Promise.allSettled(both)
      expect(one!.status).toBe('fulfilled')
      expect(other!.status === 'rejected' && other!.reason)
        .toEqual(refusal(first === 'remove' ? 'not-found' : 'branch-open'))
      expect((await opened()).branchId).toBe(first === 'remove' ? main : fork)
      await host.stop()
    }
  })

  test('a page that comes during a change finds the lab as it is after it', async () => {
    await newLab()
    await write(main, told)
    await opened()
    const [tree, lab] = await Promise.all([
      branches.fork(id, { from: main, atMillis: 1_000 }),
      new Promise<WarmLab>((resolve) => setTimeout(() => resolve(host.open(id)), 2)),
    ])
    const now = lab.broken ? await opened() : lab
    expect(now.branchId).toBe(tree.open)
    await host.stop()
  })

  test('a branch of another lab is not there', async () => {
    await newLab()
    const foreign = main
    await host.stop()
    await newLab()
    const attempts = [
      () => branches.fork(id, { from: foreign, atMillis: 0 }), () => branches.open(id, foreign),
      () => branches.rename(id, foreign, 'x'), () => branches.remove(id, foreign),
      () => branches.info(id, foreign),
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toEqual(refusal('not-found'))
    await host.stop()
  })
})

describe('any journal', () => {
  const line = fc.constantFrom(
    'kubectl apply -f a.yaml\r', 'kubectl delete pod web --wait=false\r', 'kubectl get pods\r',
    'sleep 3; echo done > log.txt\r', '\u0003', 'for i in 1 2 3; do sleep 1; echo $i; done\r',
  )
  const input = fc.record({
    gap: fc.constantFrom(0, 0, 1.5, 400, 2_000, 7_000),
    body: fc.oneof(
      line.map((text): InputBody => ({ kind: 'keys', tab: '1', text })),
      fc.constantFrom<InputBody>(
        mark, { kind: 'pace', pace: 0 }, { kind: 'pace', pace: 10 },
        { kind: 'file-write', path: 'b.txt', text: 'x', basedOn: null },
      ),
    ),
  })
  const manifest = 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n'
    + 'spec: {containers: [{name: web, image: busybox, command: [sleep, "5"]}]}\n'

  beforeAll(async () => newLab())

  function run(journal: Awaited<ReturnType<typeof readJournal>>): Lab {
    const lab = new Lab(startOf(journal[0]))
    for (const row of journal.slice(1)) {
      if (row.kind !== 'clock-mark') lab.apply({ ...row, body: bodyOf(row) })
    }
    lab.advance(journal.at(-1)!.atMillis)
    return lab
  }

  test('forked at any moment replays to a prefix of its parent\'s trace', async () => {
    const story = fc.tuple(fc.array(input, { maxLength: 25 }), fc.nat({ max: 1_000 }), fc.nat(2))
    await fc.assert(fc.asyncProperty(story, async ([inputs, share, depth]) => {
      const labId = await bench.store.create(randomUUID(), {
        ...testLesson, files: { 'a.yaml': manifest },
      })
      if (labId === 'too-many-labs') throw new Error(labId)
      let from = (await branches.tree(labId)).open
      let [at, seq] = [0, 1]
      await write(from, [[seq, 0, openTab]])
      await write(from, inputs.map(({ gap, body }) => [++seq, (at += gap), body] as const))
      for (let step = 0; step <= depth; step++) {
        const parent = run(await readJournal(database, from))
        const moment = (parent.nowMillis * share) / 1_000
        const fork = (await branches.fork(labId, { from, atMillis: moment })).open
        const child = run(await readJournal(database, fork))
        const shared = parent.trace.entries.filter((entry) => entry.at <= moment)
        expect(child.nowMillis).toBe(moment)
        expect(JSON.stringify(child.trace.entries.slice(0, -1))).toBe(JSON.stringify(shared))
        expect(child.trace.entries.at(-1)).toMatchObject({ kind: 'input', input: 'pace' })
        from = fork
      }
    }), { numRuns: 25 })
  })
})
