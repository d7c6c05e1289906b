import { expect, test } from 'vitest'
import { Leap } from './leap.ts'

test('a jump is swept, in either direction, and ends where it should', () => {
  const leap = new Leap()
  expect(leap.at(30_000, 1_000, 500)).toBe(30_000)
  expect(leap.isGoing).toBe(false)
  expect(leap.at(10_000, 2_000, 500)).toBe(30_000)
  expect(leap.isGoing).toBe(true)
  const half = leap.at(10_000, 2_160, 500)
  expect(half).toBeGreaterThan(10_000)
  expect(half).toBeLessThan(20_000)
  expect(leap.at(10_000, 2_320, 500)).toBe(10_000)
  expect(leap.isGoing).toBe(false)
  leap.at(20_000, 3_000, 500)
  expect(leap.at(20_000, 3_100, 500)).toBeGreaterThan(10_000)
  expect(leap.at(20_000, 3_400, 500)).toBe(20_000)
})

test('a drag is followed at once', () => {
  const leap = new Leap()
  leap.at(0, 0, 500)
  leap.at(5_000, 1_000, 500)
  for (let frame = 1; frame < 20; frame++) {
    const at = 5_000 + frame * 1_000
    expect(leap.at(at, 1_000 + frame * 16, 500)).toBe(at)
  }
})

test('a little further is no leap; with less motion nothing is', () => {
  const leap = new Leap()
  leap.at(0, 0, 500)
  expect(leap.at(400, 1_000, 500)).toBe(400)
  expect(leap.at(60_000, 2_000, Infinity)).toBe(60_000)
})
