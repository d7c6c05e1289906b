import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import * as labBranches from '../../app/api/labs/[id]/branches/route.ts'
import * as oneBranch from '../../app/api/labs/[id]/branches/[branch]/route.ts'
import * as branchEntries from '../../app/api/labs/[id]/branches/[branch]/entries/route.ts'
import * as branchOpen from '../../app/api/labs/[id]/branches/[branch]/open/route.ts'
import * as branchPast from '../../app/api/labs/[id]/branches/[branch]/past/route.ts'
import * as labShares from '../../app/api/labs/[id]/shares/route.ts'
import * as oneShare from '../../app/api/labs/[id]/shares/[token]/route.ts'
import * as shared from '../../app/api/shares/[token]/route.ts'
import * as sharedFork from '../../app/api/shares/[token]/fork/route.ts'
import * as sharedPast from '../../app/api/shares/[token]/past/route.ts'
import { Lab } from '../../simulator/lab.ts'
import { Identities } from '../accounts/identities.ts'
import { testDatabase } from '../database/test-database.ts'
import type { BranchEntries, BranchTree, PastView, SharedLab, ShareInfo } from '../history.ts'
import { loadLessons } from '../lessons.ts'
import { provideServices, type Services } from '../services.ts'
import { Branches } from './branches.ts'
import { History } from './history.ts'
import { Host } from './host.ts'
import { serverLimits } from './limits.ts'
import { Pasts } from './past.ts'
import { Shares } from './shares.ts'
import type { Simulators } from './simulators.ts'
import { keys, openTab, screen, testBench, TestWatcher } from './test-bench.ts'

// The routes as a browser calls them, over the real lab and database.

const { database } = await testDatabase()
const bench = await testBench(database)
const simulators: Simulators = { current: 'test', load: async () => (start) => new Lab(start) }
const host = new Host({ database, simulators })
const branches = new Branches(database, host, bench.store)
const pasts = new Pasts(simulators)
const identities = new Identities(Buffer.alloc(32, 7))
const used = {
  database, host, labs: bench.store, branches, identities,
  history: new History(database, host, branches, pasts),
  shares: new Shares(database, host, branches, pasts),
} satisfies Partial<Services>
// The routes of this room need no more than these.
provideServices(used as Services)
const [lesson] = loadLessons()
const site = 'http://grace.test'

interface Asker { readonly learner: string; readonly cookie: string }

function somebody(): Asker {
  const learner = identities.newLearner()
  const { name, value } = identities.cookie(learner, false)
  return { learner, cookie: `theme=dark; ${name}=${value}` }
}

type Route<P> = (request: Request, context: { params: Promise<P> }) => Promise<Response>

async function ask<P>(route: Route<P>, params: P, from: {
  readonly as?: Asker; readonly method?: string; readonly body?: unknown
  readonly query?: string; readonly origin?: string | null
} = {}): Promise<{ status: number; body: unknown; headers: Headers }> {
  const { as, method = 'GET', body, query = '', origin = site } = from
  const answer = await route(new Request(`${site}/api/x${query}`, {
    method,
    headers: {
      'host': 'grace.test', 'content-type': 'application/json',
      ...(origin === null ? {} : { origin }), ...(as ? { cookie: as.cookie } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }), { params: Promise.resolve(params) })
  return { status: answer.status, body: await answer.json(), headers: answer.headers }
}

/** Answers of these routes have the shapes of server/history.ts. */
async function good<T>(asked: Promise<{ status: number; body: unknown }>): Promise<T> {
  const { status, body } = await asked
  expect([status, status === 200 ? '' : body]).toEqual([200, ''])
  return body as T
}

async function refused(
  asked: Promise<{ status: number; body: unknown }>, status: number, code: string,
): Promise<void> {
  const answer = await asked
  expect([answer.status, answer.body]).toEqual([status, { code }])
}

const owner = somebody()
let id: string
let main: string
let typedAt = 0

beforeAll(async () => {
  const made = await bench.store.create(owner.learner, lesson!)
  if (made === 'too-many-labs') throw new Error(made)
  id = made
  const lab = await host.open(id)
  main = lab.branchId
  const watcher = new TestWatcher('client-of-owner')
  host.watch(lab, watcher, 0)
  await watcher.send(lab, 1, openTab)
  await watcher.send(lab, 2, keys('read -s secret\r'))
  await watcher.send(lab, 3, keys('hunter2\r'))
  await watcher.send(lab, 4, keys('echo public\r'))
  await watcher.send(lab, 5, { kind: 'pace', pace: 0 })
  typedAt = lab.pace.now()
  host.unwatch(lab, watcher)
})

const post = (body?: unknown, as = owner) => ({ as, method: 'POST', body })

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
    await refused(ask(oneShare.DELETE, { id, token }, { ...gone, as: somebody() }), 404, 'not-found')
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
    const lab = await host.open((await bench.store.find(reader!, lesson!.lesson.id))!)
    expect(screen(lab)).toContain('public')
    expect([lab.pace.now(), lab.pace.chosen]).toEqual([typedAt, 0])
    const rows = await database.input.findMany({ where: { branchId: lab.branchId } })
    expect(new Set(rows.map(({ source }) => source))).toEqual(new Set(['shared', 'host']))
    expect(rows.every(({ clientSeq }) => clientSeq === null)).toBe(true)
  })

  test('leaves the reader\'s own branches as they are, and outlives the link and the lab', async () => {
    const reader = somebody()
    const own = await bench.store.create(reader.learner, lesson!)
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
