import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import * as whatIfOpen from '../../app/api/labs/[id]/what-if/open/route.ts'
import * as whatIfRoute from '../../app/api/labs/[id]/what-if/route.ts'
import { Lab } from '../../simulator/lab.ts'
import { testDatabase } from '../database/test-database.ts'
import type { BranchTree } from '../history.ts'
import { Branches } from '../labs/branches.ts'
import { Host } from '../labs/host.ts'
import { serverLimits } from '../labs/limits.ts'
import { keys, openTab, testBench, TestWatcher } from '../labs/test-bench.ts'
import { ask, good, identities, refused, somebody } from '../labs/test-routes.ts'
import { findLesson } from '../lessons.ts'
import { provideServices, type Services } from '../services.ts'
import type { NewThread } from './cell-thread.ts'
import { runCell } from './cell.ts'
import { readOpenLab } from './open-lab.ts'
import { CellPool } from './pool.ts'
import type { ChosenShutdown, WhatIfLine, WhatIfQuestion, WhatIfSubject } from './types.ts'
import { WhatIf } from './what-if.ts'

/** Plays in this process, one cell a turn. */
const here: NewThread = ({ onAnswer }) => ({
  send: ({ id, recipe, withEntries }) => setImmediate(() => {
    const lab = new Lab(recipe.start)
    const { outcome, ...rest } = runCell(lab, recipe)
    const { entries } = lab.trace
    const picture = { entries, ...rest }
    onAnswer({ id, result: withEntries ? { outcome, picture } : { outcome } })
  }),
  end: () => undefined,
})

const { database } = await testDatabase()
const site = await begin()
afterAll(() => site.host.stop())

async function begin() {
  const bench = await testBench(database)
  const simulators = {
    current: 'test', load: async () => (start: ConstructorParameters<typeof Lab>[0]) =>
      new Lab(start),
  }
  const host = new Host({ database, simulators })
  const branches = new Branches(database, host, bench.store)
  let wall = 0
  const whatIf = new WhatIf({
    pool: new CellPool(2, here), branches, wall: () => (wall += 1_000),
    branchOf: async (labId) => (await host.open(labId)).branchId,
    readLab: (labId) => readOpenLab(database, host, labId),
    lessonOf: (id) => findLesson(id)?.lesson, bundleOf: async () => 'none',
  })
  const hurried = new WhatIf({
    pool: new CellPool(2, here), branches, wall: () => 0,
    branchOf: async (labId) => (await host.open(labId)).branchId,
    readLab: (labId) => readOpenLab(database, host, labId),
    lessonOf: () => undefined, bundleOf: async () => 'none',
  })
  const used = {
    database, host, labs: bench.store, branches, identities, whatIf,
  } satisfies Partial<Services>
  // These routes need no more than these.
  provideServices(used as unknown as Services)
  const owner = somebody()
  const id = await bench.store.create(owner.learner, findLesson('prestop-grace')!)
  return { ...used, hurried, owner, id, main: (await host.open(id)).branchId }
}

const { host, id, owner, main } = site
const post = (body?: unknown) => ({ as: owner, method: 'POST', body })

/** Applies and deletes the lesson's pod; the shutdown may go on. */
async function shutDown(): Promise<void> {
  const lab = await host.open(id)
  const watcher = new TestWatcher('client-of-owner')
  host.watch(lab, watcher, 0)
  await watcher.send(lab, 1, openTab)
  await watcher.send(lab, 2, { kind: 'pace', pace: 60 })
  await watcher.send(lab, 3, keys('kubectl apply -f busybox.yaml\r'))
  const seen = async (status: string): Promise<void> => {
    while (!lab.sim.trace.entries.some((entry) =>
      entry.kind === 'pod-status' && entry.status === status)) {
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  await seen('Running')
  await watcher.send(lab, 4, keys('kubectl delete pod busybox\r'))
  await seen('Terminating')
  await watcher.send(lab, 5, { kind: 'pace', pace: 0 })
  host.unwatch(lab, watcher)
}

async function play(question: WhatIfQuestion): Promise<WhatIfLine[]> {
  const response = await whatIfRoute.POST(
    new Request('http://grace.test/api/x', {
      method: 'POST', body: JSON.stringify(question),
      headers: { host: 'grace.test', origin: 'http://grace.test', cookie: owner.cookie },
    }), { params: Promise.resolve({ id }) })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain('application/x-ndjson')
  const lines = (await response.text()).trim().split('\n')
  return lines.map((line) => JSON.parse(line) as WhatIfLine)
}

const none = { grace: null, hook: null, app: null }

describe('what if', () => {
  let pod = ''

  test('has nothing to say before a delete, then the shutdown and its knobs', async () => {
    const before = await good<WhatIfSubject>(ask(whatIfRoute.GET, { id }, { as: owner }))
    expect(before).toEqual({ shutdowns: [], chosen: { none: 'no-shutdown' } })
    await shutDown()
    const { chosen } = await good<WhatIfSubject>(ask(whatIfRoute.GET, { id }, { as: owner }))
    expect(chosen).toMatchObject({ pod: 'busybox', knobs: { grace: { own: 30 } } })
    pod = (chosen as ChosenShutdown).podUid
    const other = await good<WhatIfSubject>(
      ask(whatIfRoute.GET, { id }, { as: owner, query: '?pod=nobody' }))
    expect(other.chosen).toEqual({ none: 'not-found' })
  })

  test('plays a cell with its picture', async () => {
    const lines = await play({ pod, cell: { ...none, app: 3 } })
    expect(lines).toHaveLength(2)
    expect(lines[0]).toMatchObject({ outcome: { kind: 'exited', exitCode: 0 } })
    expect('entries' in lines[0]! && lines[0].entries?.length).toBeGreaterThan(50)
    expect(lines[1]).toEqual({ end: 'done' })
  })

  test('plays a map, coarse first, each cell once, and again from memory', async () => {
    const map = {
      across: { knob: 'grace' as const, values: [4, 8, 12] },
      up: { knob: 'hook' as const, values: [2, 6, 10] }, fixed: { ...none, app: 1 },
    }
    const lines = await play({ pod, map })
    const cells = lines.flatMap((line) => ('settings' in line ? [line] : []))
    expect(cells).toHaveLength(9)
    expect(new Set(cells.map((cell) => JSON.stringify(cell.settings))).size).toBe(9)
    const at = (grace: number, hook: number) => cells.find(({ settings }) =>
      settings.grace === grace && settings.hook === hook)?.outcome
    expect(at(12, 2)).toMatchObject({ kind: 'exited', hook: 'ok' })
    expect(at(4, 10)).toMatchObject({ kind: 'exited', hook: 'cut' })
    expect(lines.at(-1)).toEqual({ end: 'done' })
    const again = await play({ pod, map })
    expect(new Set(again.map((line) => JSON.stringify(line))))
      .toEqual(new Set(lines.map((line) => JSON.stringify(line))))
  })

  test('a newer map of the lab stops the one before', async () => {
    const values = Array.from({ length: 20 }, (_, at) => at + 1)
    const map = (app: number) => ({
      across: { knob: 'grace' as const, values }, up: { knob: 'hook' as const, values },
      fixed: { ...none, app },
    })
    const ends: WhatIfLine[] = []
    const ask = async (question: WhatIfQuestion): Promise<void> => {
      const start = await site.whatIf.ask(id, question, new AbortController().signal)
      started.push(start((line) => { if ('end' in line) ends.push(line) }))
    }
    const started: Promise<void>[] = []
    await ask({ pod, map: map(21) })
    await ask({ pod, map: { ...map(22), up: { knob: 'hook', values: [1] } } })
    // Another kind of question leaves the map alone.
    await ask({ pod, cell: none })
    await Promise.all(started)
    expect(ends).toEqual([{ end: 'superseded' }, { end: 'done' }, { end: 'done' }])
  })

  test('opens a cell as a branch of its own, paused before the delete', async () => {
    const settings = { grace: 10, hook: 20, app: 1 }
    const name = 'grace 10 s, hook 20 s, app 1 s'
    const tree = await good<BranchTree>(ask(whatIfOpen.POST, { id }, post({ pod, settings, name })))
    expect(tree.branches.map((branch) => branch.name)).toEqual(['main', name])
    expect(tree.open).not.toBe(main)
    const lab = await host.open(id)
    expect(lab.pace.chosen).toBe(0)
    expect(lab.sim.output('1', 0).text).toContain('kubectl delete pod busybox')
    expect(lab.sim.trace.entries.some((entry) => entry.kind === 'grace-start')).toBe(false)
    expect(lab.sim.files().find(({ path }) => path === 'busybox.yaml')?.text)
      .toContain('terminationGracePeriodSeconds: 10')
    await good(ask(whatIfRoute.GET, { id }, { as: owner }))
    await site.branches.open(id, main)
  })

  test('is nobody else\'s, and of this site only', async () => {
    const cell = { pod, cell: none }
    const opening = { pod, settings: none, name: 'x' }
    await refused(ask(whatIfRoute.GET, { id }), 403, 'forbidden')
    await refused(ask(whatIfRoute.GET, { id }, { as: somebody() }), 404, 'not-found')
    for (const [route, body] of [[whatIfRoute.POST, cell], [whatIfOpen.POST, opening]] as const) {
      await refused(ask(route, { id }, { ...post(body), as: somebody() }), 404, 'not-found')
      await refused(ask(route, { id: randomUUID() }, post(body)), 404, 'not-found')
      const foreign = { ...post(body), origin: 'http://evil.test' }
      await refused(ask(route, { id }, foreign), 403, 'forbidden')
    }
  })

  test('wrong input is told by its code', async () => {
    const map = {
      across: { knob: 'grace', values: [1] }, up: { knob: 'hook', values: [1] }, fixed: none,
    }
    const many = Array.from({ length: 41 }, (_, at) => at)
    const bodies: unknown[] = [
      undefined, {}, { pod }, { pod, cell: {} }, { pod, cell: { ...none, grace: 0 } },
      { pod, cell: { ...none, grace: 1.5 } }, { pod, cell: { ...none, hook: -1 } },
      { pod, cell: { ...none, hook: 3_601 } }, { pod, cell: { ...none, hook: '5' } },
      { pod, map: { ...map, up: map.across } }, { pod, cell: none, more: 1 },
      { pod, map: { ...map, up: { knob: 'hook', values: many } } },
      { pod, map: { ...map, up: { knob: 'hook', values: [] } } },
      { pod, map: { ...map, across: { knob: 'grace', values: [0] } } },
    ]
    for (const body of bodies) {
      await refused(ask(whatIfRoute.POST, { id }, post(body)), 400, 'bad-message')
    }
    for (const name of ['', ' ', 'x'.repeat(41)]) {
      const body = { pod, settings: none, name }
      await refused(ask(whatIfOpen.POST, { id }, post(body)), 400, 'bad-message')
    }
    const nobody = { pod: 'nobody', cell: none }
    await refused(ask(whatIfRoute.POST, { id }, post(nobody)), 404, 'not-found')
  })

  test('10,000 questions at once are refused, not played', async () => {
    let refusedCount = 0
    const gone = new AbortController()
    for (let i = 0; i < 10_000; i++) {
      await site.hurried.ask(id, { pod, cell: none }, gone.signal).catch(() => refusedCount++)
    }
    expect(refusedCount).toBe(10_000 - serverLimits.whatIfBurst)
  })

  test('a lesson that declares no line of the app leaves that knob alone', async () => {
    const cell = { ...none, app: 5 }
    await expect(site.hurried.ask(id, { pod, cell }, new AbortController().signal))
      .rejects.toThrow()
  })
})
