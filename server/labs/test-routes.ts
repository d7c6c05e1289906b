import { expect } from 'vitest'
import { Lab } from '../../simulator/lab.ts'
import { Identities } from '../accounts/identities.ts'
import type { Database } from '../database/connect.ts'
import { loadLessons } from '../lessons.ts'
import { provideServices, type Services } from '../services.ts'
import { Branches } from './branches.ts'
import { History } from './history.ts'
import { Host } from './host.ts'
import { Pasts } from './past.ts'
import { Shares } from './shares.ts'
import type { Simulators } from './simulators.ts'
import { keys, openTab, testBench, TestWatcher } from './test-bench.ts'

// The routes of history as a browser calls them, over the real lab and database.

const site = 'http://grace.test'
export const identities = new Identities(Buffer.alloc(32, 7))
export const [lesson] = loadLessons()

export interface Asker { readonly learner: string; readonly cookie: string }

export function somebody(): Asker {
  const learner = identities.newLearner()
  const { name, value } = identities.cookie(learner, false)
  return { learner, cookie: `theme=dark; ${name}=${value}` }
}

type Route<P> = (request: Request, context: { params: Promise<P> }) => Promise<Response>

interface Answer { readonly status: number; readonly body: unknown; readonly headers: Headers }

export async function ask<P>(route: Route<P>, params: P, from: {
  readonly as?: Asker; readonly method?: string; readonly body?: unknown
  readonly query?: string; readonly origin?: string | null
} = {}): Promise<Answer> {
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
export async function good<T>(asked: Promise<Answer>): Promise<T> {
  const { status, body } = await asked
  expect([status, status === 200 ? '' : body]).toEqual([200, ''])
  return body as T
}

export async function refused(asked: Promise<Answer>, status: number, code: string): Promise<void> {
  const answer = await asked
  expect([answer.status, answer.body]).toEqual([status, { code }])
}

/** The site with one learner in it, whose lab is paused after a secret and a public line. */
export async function siteWithLab(database: Database) {
  const bench = await testBench(database)
  const simulators: Simulators = { current: 'test', load: async () => (start) => new Lab(start) }
  const host = new Host({ database, simulators })
  const branches = new Branches(database, host, bench.store)
  const pasts = new Pasts(simulators)
  const used = {
    database, host, labs: bench.store, branches, identities,
    history: new History(database, host, branches, pasts),
    shares: new Shares(database, host, branches, pasts),
  } satisfies Partial<Services>
  // These routes need no more than these.
  provideServices(used as Services)
  const owner = somebody()
  const id = await bench.store.create(owner.learner, lesson!)
  const lab = await host.open(id)
  const watcher = new TestWatcher('client-of-owner')
  host.watch(lab, watcher, 0)
  await watcher.send(lab, 1, openTab)
  await watcher.send(lab, 2, keys('read -s secret\r'))
  await watcher.send(lab, 3, keys('hunter2\r'))
  await watcher.send(lab, 4, keys('echo public\r'))
  await watcher.send(lab, 5, { kind: 'pace', pace: 0 })
  host.unwatch(lab, watcher)
  const post = (body?: unknown, as = owner) => ({ as, method: 'POST', body })
  return {
    ...used, pasts, owner, id, main: lab.branchId, typedAt: lab.pace.now(), post,
  }
}
