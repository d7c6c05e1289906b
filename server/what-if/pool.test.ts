import { resolve } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { bundleSimulator } from '../../tools/bundle-simulator.mjs'
import { Lab } from '../../simulator/lab.ts'
import { serverLimits } from '../labs/limits.ts'
import { loadLessons } from '../lessons.ts'
import { startThread, type NewThread } from './cell-thread.ts'
import { runCell } from './cell.ts'
import type { CellAnswer, CellOrder } from './orders.ts'
import { noOutcome } from './outcome.ts'
import { CellPool, type Job } from './pool.ts'
import { subjectOf } from './subject.ts'
import { deletedLab } from './test-cells.ts'
import { warmUpCells } from './warm-up.ts'
import type { Outcome, Settings } from './types.ts'

const found = subjectOf(deletedLab(), undefined)
if (typeof found === 'string') throw new Error(found)
const recipe = (grace: number) => found.recipe({ grace, hook: null, app: null } as Settings)

const job = (grace: number): Job => ({ bundle: 'none', recipe: recipe(grace), withEntries: false })
const jobs = (count: number): Job[] => Array.from({ length: count }, (_, at) => job(at + 1))

/** Threads that answer when they are told to. */
class Threads {
  readonly all: { orders: CellOrder[]; isEnded: boolean; answer(): void; die(): void }[] = []

  readonly start: NewThread = ({ onAnswer, onEnd }) => {
    const thread = {
      orders: [] as CellOrder[], isEnded: false,
      answer: () => {
        const order = thread.orders.shift()
        const answer: CellAnswer = { id: order!.id, result: { outcome: noOutcome('not-run') } }
        onAnswer(answer)
      },
      die: () => onEnd('test'),
    }
    this.all.push(thread)
    return { send: (order) => thread.orders.push(order), end: () => { thread.isEnded = true } }
  }
}

function play(pool: CellPool, count: number, stop = new AbortController()) {
  const kinds: (string | undefined)[] = Array.from({ length: count }, () => undefined)
  let isDone = false
  const keep = (at: number, { outcome }: { outcome: Outcome }) => { kinds[at] = outcome.kind }
  const done = pool.play(jobs(count), keep, stop.signal).then(() => { isDone = true })
  return { kinds, done, stop, get isDone() { return isDone } }
}

afterEach(() => { vi.useRealTimers() })

describe('the pool', () => {
  it('gives threads a little ahead, and the next cell at each answer', async () => {
    const threads = new Threads()
    const pool = new CellPool(2, threads.start)
    const asked = play(pool, 12)
    const [one, other] = threads.all
    expect([one!.orders.length, other!.orders.length])
      .toEqual([serverLimits.cellsAhead, serverLimits.cellsAhead])
    while (one!.orders.length + other!.orders.length > 0) {
      if (one!.orders.length > 0) one!.answer()
      if (other!.orders.length > 0) other!.answer()
    }
    await asked.done
    expect(asked.kinds).toEqual(Array.from({ length: 12 }, () => 'not-run'))
    expect(pool.waiting).toBe(0)
  })

  it('lets questions take turns: a cell does not wait for a map', () => {
    const threads = new Threads()
    const pool = new CellPool(1, threads.start)
    play(pool, 300)
    const cell = play(pool, 1)
    for (let i = 0; i < 2 * serverLimits.cellsAhead; i++) threads.all[0]!.answer()
    expect(cell.kinds).toEqual(['not-run'])
  })

  it('drops what is stopped between cells', async () => {
    const threads = new Threads()
    const pool = new CellPool(1, threads.start)
    const map = play(pool, 300)
    threads.all[0]!.answer()
    map.stop.abort()
    await map.done
    while (threads.all[0]!.orders.length > 0) threads.all[0]!.answer()
    expect(map.kinds.filter(Boolean)).toHaveLength(1)
    expect(pool.waiting).toBe(0)
  })

  it('answers the cell that ended its thread as failed, and plays the others again', async () => {
    vi.useFakeTimers()
    const threads = new Threads()
    const pool = new CellPool(1, threads.start)
    const asked = play(pool, 3)
    threads.all[0]!.die()
    expect(asked.kinds).toEqual(['failed', undefined, undefined])
    expect(threads.all).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(serverLimits.cellThreadRestMillis + 1)
    expect(threads.all).toHaveLength(2)
    threads.all[1]!.answer()
    threads.all[1]!.answer()
    await asked.done
    expect(asked.kinds).toEqual(['failed', 'not-run', 'not-run'])
  })

  it('gives up where no thread lives', async () => {
    vi.useFakeTimers()
    const threads = new Threads()
    const pool = new CellPool(1, threads.start)
    const asked = play(pool, 50)
    for (let i = 0; i < serverLimits.cellThreadEndings + 10 && !asked.isDone; i++) {
      threads.all.at(-1)!.die()
      await vi.advanceTimersByTimeAsync(serverLimits.cellThreadRestMillis + 1)
    }
    await asked.done
    expect(new Set(asked.kinds)).toEqual(new Set(['failed']))
    expect(pool.waiting).toBe(0)
  })

  it('ends a thread that is silent', async () => {
    vi.useFakeTimers()
    const threads = new Threads()
    play(new CellPool(1, threads.start), 1)
    await vi.advanceTimersByTimeAsync(serverLimits.cellSilenceMillis + 1)
    expect(threads.all[0]!.isEnded).toBe(true)
  })

  it('plays 10,000 questions that are overtaken without keeping any', async () => {
    const threads = new Threads()
    const pool = new CellPool(2, threads.start)
    for (let i = 0; i < 10_000; i++) {
      const asked = play(pool, 4)
      asked.stop.abort()
      await asked.done
    }
    expect(pool.waiting).toBe(0)
    expect(threads.all.flatMap(({ orders }) => orders).length)
      .toBeLessThanOrEqual(2 * serverLimits.cellsAhead)
  })
})

describe('a real thread', () => {
  it('has the outcome that the cell has here, and its picture', async () => {
    const { hash } = await bundleSimulator(process.cwd())
    const bundle = resolve(`generated/simulator/${hash}.mjs`)
    const pool = new CellPool(1, startThread)
    const outcomes: Outcome[] = []
    let drawn = 0
    // A thread alone does not keep a process alive.
    const alive = setInterval(() => undefined, 1_000)
    await pool.play([5, 15].map((grace) => ({ bundle, recipe: recipe(grace), withEntries: true })),
      (at, { outcome, picture }) => {
        outcomes[at] = outcome
        drawn += picture?.entries.length ?? 0
      }, new AbortController().signal)
    clearInterval(alive)
    pool.close()
    expect(outcomes).toEqual([5, 15].map((grace) =>
      runCell(new Lab(recipe(grace).start), recipe(grace)).outcome))
    expect(drawn).toBeGreaterThan(100)
  })

  it('says that a bundle is missing, and lives', async () => {
    const pool = new CellPool(1, startThread)
    const kinds: string[] = []
    const alive = setInterval(() => undefined, 1_000)
    for (let i = 0; i < 2; i++) {
      await pool.play([{ ...job(5), bundle: '/nowhere.mjs' }],
        (_, { outcome }) => kinds.push(outcome.kind), new AbortController().signal)
    }
    clearInterval(alive)
    expect([kinds, pool.threadCount]).toEqual([['failed', 'failed'], 1])
    pool.close()
  })
})

describe('warming up', () => {
  it('plays cells of the lessons until somebody asks', async () => {
    const threads = new Threads()
    const pool = new CellPool(1, threads.start)
    const asked = new AbortController()
    const warming = warmUpCells(pool, 'none', loadLessons(), asked.signal)
    const [order] = threads.all[0]!.orders
    expect(runCell(new Lab(order!.recipe.start), order!.recipe).outcome)
      .toMatchObject({ kind: 'killed-after' })
    asked.abort()
    await warming
    expect(pool.waiting).toBe(0)
  })

  it('has nothing to do where no lesson varies its app', async () => {
    const pool = new CellPool(1, new Threads().start)
    await warmUpCells(pool, 'none', [], new AbortController().signal)
    expect(pool.waiting).toBe(0)
  })
})
