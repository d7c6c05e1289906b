import { describe, expect, test } from 'vitest'
import { testDatabase } from '../database/test-database.ts'
import { Refusal } from '../answers.ts'
import { serverLimits } from './limits.ts'
import { TestWatcher } from './test-bench.ts'
import { labsWithBranches, letters, refusal, told, write } from './test-branches.ts'
import type { WarmLab } from './warm-lab.ts'

const { database } = await testDatabase()
const { newLab } = await labsWithBranches(database)

describe('bounds and quarrels', () => {
  test('ten thousand forks: a clear answer, and nothing lost', async () => {
    const { host, branches, id, main, live } = await newLab()
    await write(database, main, told)
    const answers = new Map<string, number>()
    for (let i = 0; i < 300; i++) {
      const answer = await branches.fork(id, { from: main, atMillis: 4_000 })
        .then(() => 'ok', (error: unknown) => (error instanceof Refusal ? error.code : 'fault'))
      answers.set(answer, (answers.get(answer) ?? 0) + 1)
    }
    expect([...answers.keys()].sort()).toEqual(['ok', 'too-fast', 'too-many-branches'])
    expect(answers.get('ok')).toBe(serverLimits.branchesPerLab - 1)
    expect((await branches.tree(id)).branches).toHaveLength(serverLimits.branchesPerLab)
    expect(letters(await live())).toBe('$abc')
    await host.stop()
  })

  test('two tabs that fork at once get a branch each, and the later one is open', async () => {
    const { host, branches, id, main, live } = await newLab()
    await write(database, main, told)
    const lab = await live()
    const watcher = new TestWatcher()
    host.watch(lab, watcher, 0)
    const trees = await Promise.all([1_000, 4_000].map((atMillis) =>
      branches.fork(id, { from: main, atMillis })))
    const { branches: all, open } = await branches.tree(id)
    expect(all.map(({ name }) => name)).toEqual(['main', 'branch 2', 'branch 3'])
    expect(all.find((one) => one.id === open)).toMatchObject({ forkAtMillis: 4_000 })
    expect(trees[1]!.open).toBe(open)
    expect((await live()).branchId).toBe(open)
    await host.stop()
  })

  test('one tab deletes what the other opens: one of them is told', async () => {
    for (const first of ['remove', 'open'] as const) {
      const { host, branches, id, main, live } = await newLab()
      const fork = (await branches.fork(id, { from: main, atMillis: 0 })).open
      await branches.open(id, main)
      const both = first === 'remove'
        ? [branches.remove(id, fork), branches.open(id, fork)]
        : [branches.open(id, fork), branches.remove(id, fork)]
      const [one, other] = await Promise.allSettled(both)
      expect(one!.status).toBe('fulfilled')
      expect(other!.status === 'rejected' && other!.reason)
        .toEqual(refusal(first === 'remove' ? 'not-found' : 'branch-open'))
      expect((await live()).branchId).toBe(first === 'remove' ? main : fork)
      await host.stop()
    }
  })

  test('a page that comes during a change finds the lab as it is after it', async () => {
    const { host, branches, id, main, live } = await newLab()
    await write(database, main, told)
    await live()
    const [tree, lab] = await Promise.all([
      branches.fork(id, { from: main, atMillis: 1_000 }),
      new Promise<WarmLab>((resolve) => setTimeout(() => resolve(host.open(id)), 2)),
    ])
    const now = lab.broken ? await live() : lab
    expect(now.branchId).toBe(tree.open)
    await host.stop()
  })

  test('a branch of another lab is not there', async () => {
    const stranger = await newLab()
    const foreign = stranger.main
    await stranger.host.stop()
    const { host, branches, id } = await newLab()
    const attempts = [
      () => branches.fork(id, { from: foreign, atMillis: 0 }), () => branches.open(id, foreign),
      () => branches.rename(id, foreign, 'x'), () => branches.remove(id, foreign),
      () => branches.info(id, foreign),
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toEqual(refusal('not-found'))
    await host.stop()
  })
})
