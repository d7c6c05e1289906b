import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import * as labBranches from '../../app/api/labs/[id]/branches/route.ts'
import * as oneBranch from '../../app/api/labs/[id]/branches/[branch]/route.ts'
import * as branchOpen from '../../app/api/labs/[id]/branches/[branch]/open/route.ts'
import * as labShares from '../../app/api/labs/[id]/shares/route.ts'
import * as oneShare from '../../app/api/labs/[id]/shares/[token]/route.ts'
import * as shared from '../../app/api/shares/[token]/route.ts'
import * as sharedFork from '../../app/api/shares/[token]/fork/route.ts'
import * as sharedPast from '../../app/api/shares/[token]/past/route.ts'
import { testDatabase } from '../database/test-database.ts'
import type { BranchTree, PastView, SharedLab, ShareInfo } from '../history.ts'
import { serverLimits } from './limits.ts'
import { keys, screen, TestWatcher } from './test-bench.ts'
import { ask, good, identities, lesson, refused, siteWithLab, somebody } from './test-routes.ts'

const { database } = await testDatabase()
const { branches, host, id, labs, main, owner, pasts, post, typedAt } = await siteWithLab(database)

async function newLink(atMillis = typedAt, branch = main): Promise<string> {
  const links = await good<ShareInfo[]>(
    ask(labShares.POST, { id }, post({ branch, atMillis })))
  return links.at(-1)!.token
}

describe('a link', () => {
  test('shows anybody the lab up to its moment, and nobody who it is', async () => {
    const token = await newLink()
    expect(token).toMatch(/^[A-Za-z0-9_-]{22}$/)
    // What is typed later, at the very same moment, is not part of it.
    const lab = await host.open(id)
    const watcher = new TestWatcher('client-later')
    host.watch(lab, watcher, 0)
    await watcher.send(lab, 1, keys('echo afterwards\r'))
    expect(lab.pace.now()).toBe(typedAt)
    host.unwatch(lab, watcher)
    for (const as of [undefined, somebody(), owner]) {
      const asker = as ? { as } : {}
      const first = await good<SharedLab>(ask(shared.GET, { token }, asker))
      expect(first).toMatchObject({ lesson: lesson!.lesson.id, atMillis: typedAt })
      const past = await good<PastView>(
        ask(sharedPast.GET, { token }, { ...asker, query: '?at=1e15' }))
      expect(past.atMillis).toBe(typedAt)
      expect(past.tabs[0]!.text).toContain('public')
      const all = JSON.stringify([first, past])
      const secrets = [
        'afterwards', 'hunter2', owner.learner, id, main, 'client-of-owner', 'client-later',
      ]
      for (const secret of secrets) expect(all).not.toContain(secret)
      const early = await good<PastView>(
        ask(sharedPast.GET, { token }, { ...asker, query: '?at=0' }))
      expect(early.tabs[0]?.text ?? '').not.toContain('public')
    }
  })

  test('is listed and revoked by its owner only; then it leads nowhere', async () => {
    const token = await newLink(0)
    await good(ask(shared.GET, { token }))
    const gone = { as: owner, method: 'DELETE' }
    const stranger = { ...gone, as: somebody() }
    await refused(ask(oneShare.DELETE, { id, token }, stranger), 404, 'not-found')
    await refused(ask(oneShare.DELETE, { id, token }, { ...gone, origin: null }), 403, 'forbidden')
    await refused(ask(labShares.GET, { id }, { as: somebody() }), 404, 'not-found')
    await refused(ask(labShares.POST, { id }, post({ branch: main, atMillis: 0 }, somebody())),
      404, 'not-found')
    const left = await good<ShareInfo[]>(ask(oneShare.DELETE, { id, token }, gone))
    expect(left.map((one) => one.token)).not.toContain(token)
    await refused(ask(oneShare.DELETE, { id, token }, gone), 404, 'not-found')
    for (const dead of [token, 'A'.repeat(22), '', '../..', token.slice(1), `${token}=`]) {
      await refused(ask(shared.GET, { token: dead }), 404, 'not-found')
      await refused(ask(sharedPast.GET, { token: dead }, { query: '?at=0' }), 404, 'not-found')
      await refused(ask(sharedFork.POST, { token: dead }, { method: 'POST' }), 404, 'not-found')
    }
  })

  test('there may be so many, no more', async () => {
    const there = (await good<ShareInfo[]>(ask(labShares.GET, { id }, { as: owner }))).length
    for (let i = there; i < serverLimits.sharesPerLab; i++) await newLink(0)
    await refused(
      ask(labShares.POST, { id }, post({ branch: main, atMillis: 0 })), 409, 'too-many-shares')
    await refused(ask(labShares.POST, { id }, post({ branch: randomUUID(), atMillis: 0 })),
      404, 'not-found')
    const links = await good<ShareInfo[]>(ask(labShares.GET, { id }, { as: owner }))
    expect(new Set(links.map(({ token }) => token)).size).toBe(serverLimits.sharesPerLab)
    for (const { token } of links) {
      await good(ask(oneShare.DELETE, { id, token }, { as: owner, method: 'DELETE' }))
    }
  })

  test('goes with its branch', async () => {
    const tree = await good<BranchTree>(
      ask(labBranches.POST, { id }, post({ from: main, atMillis: 0 })))
    const token = await newLink(0, tree.open)
    await good(ask(branchOpen.POST, { id, branch: main }, post()))
    await good(ask(oneBranch.DELETE, { id, branch: tree.open }, { as: owner, method: 'DELETE' }))
    await refused(ask(shared.GET, { token }), 404, 'not-found')
  })
})

describe('continuing from a link', () => {
  test('makes a newcomer a lab of their own that stands there, paused', async () => {
    const token = await newLink()
    await refused(
      ask(sharedFork.POST, { token }, { method: 'POST', origin: 'http://evil.test' }),
      403, 'forbidden')
    const answer = await ask(sharedFork.POST, { token }, { method: 'POST' })
    expect(answer).toMatchObject({ status: 200, body: { lesson: lesson!.slug } })
    const reader = identities.read(answer.headers.get('set-cookie')?.split(';')[0])
    expect(reader).toBeDefined()
    expect(answer.headers.get('set-cookie')).toContain('HttpOnly; SameSite=Lax')
    const lab = await host.open((await labs.find(reader!, lesson!.lesson.id))!)
    expect(screen(lab)).toContain('public')
    expect([lab.pace.now(), lab.pace.chosen]).toEqual([typedAt, 0])
    const rows = await database.input.findMany({ where: { branchId: lab.branchId } })
    expect(new Set(rows.map(({ source }) => source))).toEqual(new Set(['shared', 'host']))
    expect(rows.every(({ clientSeq }) => clientSeq === null)).toBe(true)
  })

  test('leaves the reader\'s own branches alone, and outlives the link and the lab', async () => {
    const reader = somebody()
    const own = await labs.create(reader.learner, lesson!)
    if (own === 'too-many-labs') throw new Error(own)
    const mine = (await branches.tree(own)).open
    const token = await newLink()
    const fork = { as: reader, method: 'POST' }
    await good(ask(sharedFork.POST, { token }, fork))
    await good(ask(sharedFork.POST, { token }, fork))
    const tree = await branches.tree(own)
    expect(tree.branches.map(({ name, parentId }) => [name, parentId])).toEqual([
      ['main', null], ['shared', null], ['shared 2', null],
    ])
    expect(tree.branches[0]!.id).toBe(mine)
    await database.lab.delete({ where: { id } })
    for (const route of [shared.GET, sharedFork.POST]) {
      const method = route === sharedFork.POST ? 'POST' : 'GET'
      await refused(ask(route, { token }, { as: reader, method }), 404, 'not-found')
    }
    expect(screen(await host.open(own))).toContain('public')
    await refused(ask(labBranches.GET, { id }, { as: owner }), 404, 'not-found')
    await host.stop()
    pasts.close()
  })
})
