import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import * as labBranches from '../../app/api/labs/[id]/branches/route.ts'
import * as oneBranch from '../../app/api/labs/[id]/branches/[branch]/route.ts'
import * as branchEntries from '../../app/api/labs/[id]/branches/[branch]/entries/route.ts'
import * as branchOpen from '../../app/api/labs/[id]/branches/[branch]/open/route.ts'
import * as branchPast from '../../app/api/labs/[id]/branches/[branch]/past/route.ts'
import { testDatabase } from '../database/test-database.ts'
import type { BranchEntries, BranchTree, PastView } from '../history.ts'
import { ask, good, refused, siteWithLab, somebody } from './test-routes.ts'

const { database } = await testDatabase()
const { host, id, main, owner, post, typedAt } = await siteWithLab(database)

afterAll(() => host.stop())

describe('branches', () => {
  test('fork, open, name, look, compare, delete', async () => {
    const tree = await good<BranchTree>(
      ask(labBranches.POST, { id }, post({ from: main, atMillis: typedAt, name: 'longer' })))
    expect(tree.branches.map(({ name }) => name)).toEqual(['main', 'longer'])
    const branch = tree.open
    const past = await good<PastView>(
      ask(branchPast.GET, { id, branch: main }, { as: owner, query: `?at=${typedAt}` }))
    expect(past.tabs[0]!.text).toContain('public')
    const { entries } = await good<BranchEntries>(
      ask(branchEntries.GET, { id, branch }, { as: owner }))
    expect(entries.at(-1)).toMatchObject({ kind: 'input', input: 'pace', at: typedAt })
    expect((await good<BranchTree>(
      ask(branchOpen.POST, { id, branch: main }, post()))).open).toBe(main)
    await good(ask(oneBranch.PATCH, { id, branch }, {
      as: owner, method: 'PATCH', body: { name: '短' } }))
    expect((await good<BranchTree>(ask(labBranches.GET, { id }, { as: owner })))
      .branches.map(({ name }) => name)).toEqual(['main', '短'])
    const left = await good<BranchTree>(
      ask(oneBranch.DELETE, { id, branch }, { as: owner, method: 'DELETE' }))
    expect(left.branches).toHaveLength(1)
  })

  test('are nobody else\'s, and of this site only', async () => {
    const body = { from: main, atMillis: 0 }
    for (const route of [labBranches.GET, labBranches.POST]) {
      const method = route === labBranches.POST ? 'POST' : 'GET'
      const asked = method === 'POST' ? { method, body } : {}
      await refused(ask(route, { id }, asked), 403, 'forbidden')
      await refused(ask(route, { id }, { ...asked, as: somebody() }), 404, 'not-found')
      await refused(ask(route, { id: randomUUID() }, { ...asked, as: owner }), 404, 'not-found')
      await refused(ask(route, { id: "' OR 1=1" }, { ...asked, as: owner }), 404, 'not-found')
    }
    for (const origin of [null, 'http://evil.test', 'null']) {
      await refused(ask(labBranches.POST, { id }, { ...post(body), origin }), 403, 'forbidden')
      await refused(
        ask(oneBranch.DELETE, { id, branch: main }, { as: owner, method: 'DELETE', origin }),
        403, 'forbidden')
      await refused(
        ask(branchOpen.POST, { id, branch: main }, { ...post(), origin }), 403, 'forbidden')
    }
    const there = { id, branch: main }
    await refused(ask(branchPast.GET, there, { as: somebody(), query: '?at=0' }), 404, 'not-found')
    await refused(ask(branchEntries.GET, there, { as: somebody() }), 404, 'not-found')
  })

  test('wrong input is told by its code', async () => {
    const bodies: unknown[] = [
      undefined, {}, [], { from: main }, { from: 'x', atMillis: 0 }, { from: main, atMillis: -1 },
      { from: main, atMillis: null }, { from: main, atMillis: '5' },
      { from: main, atMillis: 0, name: '' }, { from: main, atMillis: 0, name: 'x'.repeat(41) },
      { from: main, atMillis: 0, more: 1 },
    ]
    for (const body of bodies) {
      await refused(ask(labBranches.POST, { id }, post(body)), 400, 'bad-message')
    }
    const unknown = post({ from: randomUUID(), atMillis: 0 })
    await refused(ask(labBranches.POST, { id }, unknown), 404, 'not-found')
    for (const query of ['', '?at=', '?at=-1', '?at=NaN', '?at=Infinity', '?at=soon']) {
      await refused(
        ask(branchPast.GET, { id, branch: main }, { as: owner, query }), 400, 'bad-message')
    }
    await refused(ask(branchOpen.POST, { id, branch: 'x' }, post()), 404, 'not-found')
    await refused(
      ask(oneBranch.DELETE, { id, branch: main }, { as: owner, method: 'DELETE' }),
      409, 'branch-open')
    const { atMillis } = await good<PastView>(
      ask(branchPast.GET, { id, branch: main }, { as: owner, query: '?at=1e300' }))
    expect(atMillis).toBe(typedAt)
  })
})
