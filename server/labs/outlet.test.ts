import { afterAll, expect, test } from 'vitest'
import { testDatabase } from '../database/test-database.ts'
import type { ServerMessage } from '../protocol.ts'
import { serverLimits } from './limits.ts'
import { Outlet } from './outlet.ts'
import { keys } from './test-bench.ts'
import { LeapBench, until } from './test-leaps.ts'

const { database } = await testDatabase()
const bench = new LeapBench(database)
afterAll(() => bench.stop())

test('the whole trace goes over the line, bounded: no bodies, short lines, some at a time', async () => {
  const { lab, run, send } = await bench.openWithPod('chatty.yaml')
  await run('sigkill')
  const told: ServerMessage[] = []
  let full = false
  const line = { send: (message: ServerMessage) => void told.push(message), isFull: () => full }
  let wall = 0
  const outlet = new Outlet(lab, line, () => wall, { offsets: {}, entries: 0 })
  full = true
  outlet.flush(true)
  expect(told.filter(({ t }) => t === 'entries')).toEqual([])
  full = false
  outlet.flush(true)
  const messages = told.flatMap((message) => message.t === 'entries' ? [message.entries] : [])
  const { entries } = lab.sim.trace
  expect(messages.flat().map(({ id }) => id)).toEqual(entries.map(({ id }) => id))
  expect(entries.length).toBeGreaterThan(serverLimits.entriesPerMessage)
  expect(Math.max(...messages.map(({ length }) => length))).toBe(serverLimits.entriesPerMessage)
  const texts = messages.flat().flatMap((entry) => entry.kind === 'log' ? [entry.text.length] : [])
  expect(Math.max(...texts)).toBe(serverLimits.drawnLogChars)
  expect(messages.flat().filter((entry) => 'object' in entry)).toEqual([])
  expect(entries.some((entry) => 'object' in entry)).toBe(true)

  await send(keys('x'))
  await until(lab, () => lab.sim.trace.entries.length > messages.flat().length)
  const count = told.length
  expect(outlet.flush()).toBe(serverLimits.entriesEveryMillis)
  expect(told.slice(count).filter(({ t }) => t === 'entries')).toEqual([])
  wall += serverLimits.entriesEveryMillis
  outlet.flush()
  expect(told.slice(count).filter(({ t }) => t === 'entries')).toHaveLength(1)
})
