import { describe, expect, test } from 'vitest'
import { virtualNow } from './lab-state.ts'
import { open, page, welcome } from './test-page.ts'

describe('the clock', () => {
  test('a fast clock neither goes back nor runs far without word', () => {
    const { connection, latest, wall } = page()
    const now = () => virtualNow(connection.snapshot().clock, wall.millis)
    const tell = (nowMillis: number, pace: number) =>
      latest().say({ t: 'clock', nowMillis, pace, skipsQuiet: false })
    open(latest(), welcome({ nowMillis: 0, pace: 60 }))
    wall.millis += 500
    expect(now()).toBe(30_000)
    tell(27_000, 60)
    expect(now()).toBe(30_000)
    wall.millis += 20
    expect(now()).toBe(30_000)
    wall.millis += 480
    expect(now()).toBe(57_000)
    wall.millis += 60_000
    expect(now()).toBe(87_000)
    tell(86_000, 0)
    expect(now()).toBe(86_000)
  })

  test('a run is asked for, and its end told with the exact moment', () => {
    const { connection, latest, wall } = page()
    open(latest(), welcome({ pace: 1 }))
    connection.run('sigterm')
    expect(latest().sent.at(-1)).toEqual({ t: 'run', until: 'sigterm' })
    expect(connection.snapshot().running).toBe('sigterm')
    const ran = {
      until: 'sigterm', fromMillis: 0, toMillis: 9_000, entry: 7, why: 'reached',
    } as const
    latest().say({ t: 'clock', nowMillis: 9_000, pace: 0, skipsQuiet: true })
    latest().say({ t: 'ran', ...ran })
    const { clock, ran: told, running, skipsQuiet } = connection.snapshot()
    expect(told).toMatchObject({ ...ran, readAtMillis: wall.millis })
    expect([virtualNow(clock, wall.millis + 5_000), running, skipsQuiet])
      .toEqual([9_000, null, true])
    latest().say({ t: 'skipped', fromMillis: 9_000, toMillis: 12_000 })
    expect(connection.snapshot().skipped).toMatchObject({ fromMillis: 9_000, toMillis: 12_000 })
  })

  test('a run is over when the line is lost, and none begins without one', () => {
    const { connection, latest } = page()
    open(latest())
    connection.run('next-event')
    latest().lost()
    expect(connection.snapshot().running).toBeNull()
    connection.run('next-event')
    expect(connection.snapshot().running).toBeNull()
  })

  test('virtual time goes on at the pace, and stands still while offline', () => {
    const { connection, latest, wall } = page()
    open(latest(), welcome({ nowMillis: 10_000, pace: 2 }))
    expect(virtualNow(connection.snapshot().clock, wall.millis + 500)).toBe(11_000)
    latest().lost()
    expect(virtualNow(connection.snapshot().clock, wall.millis + 500)).toBe(10_000)
  })
})
