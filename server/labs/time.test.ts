import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Alarm } from './alarm.ts'
import { Allowance } from './allowance.ts'
import { Pace } from './pace.ts'

let now = 0
const wall = () => now

beforeEach(() => {
  now = 0
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

function pass(millis: number): void {
  for (let i = 0; i < millis; i++) {
    now++
    vi.advanceTimersByTime(1)
  }
}

describe('pace', () => {
  test('follows wall time only while somebody watches', () => {
    const pace = new Pace(wall, 500, 1)
    now = 100
    expect([pace.now(), pace.effective]).toEqual([500, 0])
    pace.start()
    now = 150
    expect(pace.now()).toBe(550)
    pace.change(10, 550)
    now = 160
    expect([pace.now(), pace.wallMillisUntil(750)]).toEqual([650, 10])
    pace.stop()
    now = 1000
    expect([pace.now(), pace.wallMillisUntil(750)]).toEqual([650, undefined])
  })

  test('a paused lab waits for nothing', () => {
    const pace = new Pace(wall, 0, 0)
    pace.start()
    now = 1000
    expect([pace.now(), pace.wallMillisUntil(1)]).toEqual([0, undefined])
  })
})

describe('alarm', () => {
  test('rings each key at its time, with one timer, and none when nothing is set', () => {
    const rung: [string, number][] = []
    const alarm = new Alarm<string>(wall, (key) => rung.push([key, now]))
    alarm.set('b', 20)
    alarm.set('a', 10)
    alarm.set('c', 30)
    expect(vi.getTimerCount()).toBe(1)
    alarm.set('a', 25)
    alarm.clear('c')
    pass(40)
    expect(rung).toEqual([['b', 20], ['a', 25]])
    expect([vi.getTimerCount(), alarm.size]).toEqual([0, 0])
  })

  test('keeps the order of many that change', () => {
    const rung: number[] = []
    const alarm = new Alarm<number>(wall, (key) => rung.push(key))
    for (let round = 0; round < 5; round++) {
      for (let key = 0; key < 100; key++) alarm.set(key, 1 + ((key * 37 + round * 11) % 100))
    }
    pass(120)
    const timeOf = (key: number) => 1 + ((key * 37 + 44) % 100)
    expect(rung).toHaveLength(100)
    expect(rung.map(timeOf)).toEqual(rung.map(timeOf).sort((a, b) => a - b))
  })
})

test('an allowance refills with time', () => {
  const allowance = new Allowance(wall, 10, 5)
  expect(allowance.take(5)).toBe(0)
  expect(allowance.take(1)).toBe(100)
  now = 1000
  expect(allowance.take(1)).toBe(0)
})
