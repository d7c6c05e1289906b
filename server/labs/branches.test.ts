import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { testDatabase } from '../database/test-database.ts'
import { keys, openTab, screen, testLesson, TestWatcher } from './test-bench.ts'
import { labsWithBranches, letters, refusal, told, write } from './test-branches.ts'

const { database } = await testDatabase()
const { bench, newLab } = await labsWithBranches(database)

describe('a fork', () => {
  const moments: readonly (readonly [string, number, string, number])[] = [
    ['at the very beginning', 0, '$', 0], ['before the first key', 999.999, '$', 999.999],
    ['exactly at a key', 1_000, '$a', 1_000], ['between', 2_500.125, '$a', 2_500.125],
    ['where two inputs carry one stamp', 4_000, '$abc', 4_000],
    ['at the last mark', 9_000, '$abc', 9_000], ['after all that is known', 1e12, '$abc', 9_000],
    ['before the beginning', -5, '$', 0],
  ]
  test.each(moments)('%s stands paused there', async (_, atMillis, shown, stands) => {
    const { host, branches, id, main, live } = await newLab()
    await write(database, main, told)
    const tree = await branches.fork(id, { from: main, atMillis })
    const lab = await live()
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
    const { host, branches, id, main, live } = await newLab()
    await write(database, main, told)
    await branches.fork(id, { from: main, atMillis: 8_000 })
    await host.journal.moveMark(main, 6, 60_000)
    const lab = await live()
    expect(lab.pace.now()).toBe(8_000)
    await host.stop()
  })

  test('of a fork, before that fork began, stands on the first branch', async () => {
    const { host, branches, id, main, live } = await newLab()
    await write(database, main, told)
    const second = (await branches.fork(id, { from: main, atMillis: 4_000 })).open
    const third = await branches.fork(id, { from: second, atMillis: 2_000, name: 'early' })
    expect(third.branches.find(({ name }) => name === 'early')).toMatchObject({
      parentId: main, forkAtMillis: 2_000,
    })
    expect(letters(await live())).toBe('$a')
    const fourth = await branches.fork(id, { from: second, atMillis: 4_000 })
    expect(fourth.branches.at(-1)).toMatchObject({ parentId: second, forkAtMillis: 4_000 })
    expect(letters(await live())).toBe('$abc')
    await host.stop()
  })

  test('of the live branch loses nothing that was sent, and its pages come again', async () => {
    const { host, branches, id, main, live } = await newLab()
    const lab = await live()
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
    const fork = await live()
    expect(screen(fork).split('\n').filter((line) => line.startsWith('k'))).toHaveLength(20)
    await branches.open(id, main)
    const again = await live()
    expect(screen(again)).toBe(screen(fork))
    expect(again.pace.now()).toBe(first!.endMillis)
    await host.stop()
  })

  test('runs on the simulator that its start names, as does every branch', async () => {
    const { host, branches, id, main, live } = await newLab()
    await database.simulatorBundle.createMany({
      data: [{ hash: 'older', code: '' }], skipDuplicates: true,
    })
    const first = { branchId_seq: { branchId: main, seq: 0 } }
    const { data } = await database.input.findUniqueOrThrow({ where: first })
    await database.input.update({
      where: first, data: { data: { ...Object(data), simulatorVersion: 'older' } },
    })
    const simulator = async () =>
      (await database.lab.findUniqueOrThrow({ where: { id } })).simulatorHash
    await branches.fork(id, { from: main, atMillis: 0 })
    expect(await simulator()).toBe('older')
    await branches.reset(id, testLesson)
    expect(await simulator()).toBe('test')
    expect((await branches.tree(id)).branches.map(({ name }) => name))
      .toEqual(['main', 'branch 2', 'main 2'])
    await branches.open(id, main)
    expect(await simulator()).toBe('older')
    expect((await live()).branchId).toBe(main)
    await host.stop()
  })

  test('lets a page count from one again', async () => {
    const { host, branches, id, main, live } = await newLab()
    await write(database, main, told)
    await branches.fork(id, { from: main, atMillis: 9_000 })
    const lab = await live()
    const watcher = new TestWatcher('client-1')
    host.watch(lab, watcher, 0)
    expect(lab.clients.of('client-1').applied).toBe(0)
    await watcher.send(lab, 1, keys('d'))
    expect(letters(lab)).toBe('$abcd')
    await host.stop()
  })

  test('keeps the steps that were done on any branch', async () => {
    const { host, branches, id, main, live, learner } = await newLab()
    const lab = await live()
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
    const { host, branches, id, main } = await newLab()
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
    const { host, branches, id, main } = await newLab()
    await expect(branches.remove(id, main)).rejects.toEqual(refusal('branch-open'))
    await host.stop()
  })

  test('a branch that others stand on is hidden, and goes with the last of them', async () => {
    const { host, branches, id, main, live } = await newLab()
    await write(database, main, told)
    const a = (await branches.fork(id, { from: main, atMillis: 1_000 })).open
    await write(database, a, [[4, 5_000, keys('x')]])
    const b = (await branches.fork(id, { from: a, atMillis: 5_000 })).open
    await write(database, b, [[6, 6_000, keys('y')]])
    const c = (await branches.fork(id, { from: a, atMillis: 4_500 })).open
    await write(database, c, [[5, 7_000, keys('z')]])

    let tree = await branches.remove(id, a)
    expect(tree.branches).toMatchObject([
      { id: main, parentId: null },
      { id: b, parentId: main, forkAtMillis: 1_000 },
      { id: c, parentId: main, forkAtMillis: 1_000 },
    ])
    await expect(branches.open(id, a)).rejects.toEqual(refusal('not-found'))
    await expect(branches.fork(id, { from: a, atMillis: 0 })).rejects.toEqual(refusal('not-found'))
    await branches.open(id, b)
    expect(letters(await live())).toBe('$axy')

    // One fork is left: it takes over what it stood on.
    tree = await branches.remove(id, c)
    expect(tree.branches).toMatchObject([{ id: main }, { id: b, parentId: main }])
    expect(await database.branch.count({ where: { labId: id } })).toBe(2)
    await branches.open(id, main)
    await branches.open(id, b)
    expect(letters(await live())).toBe('$axy')

    await branches.remove(id, main)
    expect(await database.branch.count({ where: { labId: id } })).toBe(1)
    await host.exclusively(id, (retire) => retire())
    expect(letters(await live())).toBe('$axy')
    expect((await branches.tree(id)).branches).toMatchObject([{ id: b, parentId: null }])
    await host.stop()
  })
})
