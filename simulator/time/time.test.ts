import { expect, test } from 'vitest'
import { Clock, roundToMicros } from './clock.ts'
import { Chance } from './random.ts'
import { type Running, Scheduler, type Task, Wakeable, pause } from './tasks.ts'

test('timers fire in the order of their times, then of their making', () => {
  const clock = new Clock(1000)
  const fired: string[] = []
  for (const [name, at] of [['c', 3], ['a', 1], ['b', 2], ['b2', 2]] as const) {
    clock.at(at, () => fired.push(`${name}@${clock.now()}`))
  }
  const gone = clock.at(2, () => fired.push('cancelled'))
  clock.cancel(gone)
  while (clock.fireNext(2));
  expect(fired).toEqual(['a@1', 'b@2', 'b2@2'])
  expect([clock.nextDue(), clock.epochMillis()]).toEqual([3, 1002])
})

test('many cancelled timers are forgotten, and the rest still fire in order', () => {
  const clock = new Clock(0)
  const fired: number[] = []
  for (let i = 0; i < 1000; i++) {
    const timer = clock.at(1000 - i, () => fired.push(1000 - i))
    if (i % 10) clock.cancel(timer)
  }
  while (clock.fireNext(2000));
  expect(fired).toEqual(Array.from({ length: 100 }, (_, i) => 10 * (i + 1)))
})

test('tasks run first in, first out, and say what woke them', () => {
  const clock = new Clock(0)
  const scheduler = new Scheduler(clock)
  const bell = new Wakeable()
  const seen: string[] = []
  function * waiter(name: string): Task {
    const reason = yield { on: [bell], until: 50 }
    seen.push(`${name} ${reason === bell} ${clock.now()}`)
  }
  for (const name of ['a', 'b']) scheduler.spawn(waiter(name))
  clock.at(20, () => bell.wake())
  scheduler.spawn(pause(clock, 5), () => seen.push(`paused ${clock.now()}`))
  scheduler.advance(30)
  scheduler.spawn(waiter('late'))
  scheduler.advance(100)
  expect(seen).toEqual(['paused 5', 'a true 20', 'b true 20', 'late false 50'])
  expect([clock.now(), clock.nextDue()]).toEqual([100, undefined])
})

test('a cancelled task runs its finally blocks and nothing else, even if it cancels itself', () => {
  const scheduler = new Scheduler(new Clock(0))
  const seen: string[] = []
  function * cleaned(name: string): Task {
    try {
      yield {}
      seen.push(`${name} went on`)
    } finally {
      seen.push(`${name} cleaned up`)
    }
  }
  const first = scheduler.spawn(cleaned('first'), () => seen.push('ended'))
  const running: Running<void>[] = []
  running.push(scheduler.spawn(function * (): Task {
    running[0]?.cancel()
    yield* cleaned('self')
  }()))
  scheduler.advance(1)
  first.cancel()
  scheduler.advance(2)
  expect(seen).toEqual(['self cleaned up', 'first cleaned up'])
  expect([first.ended, running[0]?.ended]).toEqual([true, true])
})

test('a step budget interrupts and goes on where it was', () => {
  const clock = new Clock(0)
  const scheduler = new Scheduler(clock)
  let turns = 0
  scheduler.spawn(function * (): Task {
    for (; turns < 10; turns++) yield { until: clock.now() }
  }())
  expect(scheduler.advance(5, 4)).toBe(false)
  expect([turns, clock.now()]).toEqual([3, 0])
  expect(scheduler.advance(5)).toBe(true)
  expect([turns, clock.now()]).toEqual([10, 5])
})

test('work that is worth many steps spends the budget', () => {
  const clock = new Clock(0)
  const scheduler = new Scheduler(clock)
  let turns = 0
  scheduler.spawn(function * (): Task {
    for (; turns < 3; turns++) yield { until: clock.now(), worth: 100 }
  }())
  expect([scheduler.advance(5, 50), turns]).toEqual([false, 0])
  expect([scheduler.advance(5, 50), turns]).toEqual([false, 1])
  expect([scheduler.advance(5), turns, clock.now()]).toEqual([true, 3, 5])
})

test('never needs no timer', () => {
  const clock = new Clock(0)
  const scheduler = new Scheduler(clock)
  scheduler.spawn(pause(clock, Infinity))
  scheduler.advance(10)
  expect(clock.nextDue()).toBe(undefined)
})

test('chance depends on seed, purpose, object and ordinal only', () => {
  const chance = new Chance(7)
  const draw = chance.draw('bind', 'pod-a', 1)
  expect(new Chance(7).draw('bind', 'pod-a', 1)).toBe(draw)
  const others = [
    chance.draw('bind', 'pod-a', 2), chance.draw('bind', 'pod-b', 1),
    chance.draw('pull', 'pod-a', 1), new Chance(8).draw('bind', 'pod-a', 1),
  ]
  expect(new Set([draw, ...others]).size).toBe(5)
  expect(chance.uuid('pod', 'x'))
    .toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4})(-4[0-9a-f]{3})(-[89ab][0-9a-f]{3})-[0-9a-f]{12}$/)
  const draws = Array.from({ length: 2000 }, (_, i) => chance.between(10, 20, 'mean', 'x', i))
  const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length
  expect(Math.min(...draws)).toBeGreaterThanOrEqual(10)
  expect(Math.max(...draws)).toBeLessThan(20)
  expect(Math.abs(mean - 15)).toBeLessThan(0.3)
})

test('moments are whole microseconds', () => {
  expect(roundToMicros(0.1 + 0.2)).toBe(0.3)
})
