import { afterAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../database/test-database.ts'
import { keys, openTab } from './test-bench.ts'
import { TestSite } from './test-site.ts'

const { database } = await testDatabase()
const site = await TestSite.open(database)
afterAll(() => site.close())

describe('a run', () => {
  test('is told to every page: the clock, what happened, and that it has ended', async () => {
    const { port } = await site.serve()
    const { learner, id } = await site.newLab()
    const first = site.newLine(port, id, learner)
    const second = site.newLine(port, id, learner)
    await first.hello()
    await second.hello({ client: 'client-2' })
    first.say({ t: 'input', n: 1, body: openTab })
    first.say({ t: 'input', n: 2, body: keys('wait 60000') })
    first.say({ t: 'run', until: 'next-event' })
    await first.until(() => first.all('ran').length > 0)
    await second.until(() => second.all('ran').length > 0)
    const [ran] = first.all('ran')
    expect(second.all('ran')).toEqual([ran])
    expect(ran).toMatchObject({ until: 'next-event', why: 'reached' })
    for (const line of [first, second]) {
      const before = line.heard.slice(0, line.heard.findIndex((message) => message.t === 'ran'))
      const last = <T>(some: readonly T[]) => some.at(-1)
      expect(last(before.filter((message) => message.t === 'clock')))
        .toMatchObject({ nowMillis: ran?.toMillis, pace: 0 })
      const entries = before.flatMap((message) => message.t === 'entries' ? message.entries : [])
      expect(entries.find((entry) => entry.id === ran?.entry)?.kind).toBe('command-end')
      expect(line.screen()).toContain('wait 60000 is over')
    }
    first.end()
    second.end()
  })

  test('to nowhere we know of ends the line, and so does one before hello', async () => {
    const { port } = await site.serve()
    const { learner, id } = await site.newLab()
    const odd = site.newLine(port, id, learner)
    const early = site.newLine(port, id, learner)
    await odd.hello()
    odd.raw('{"t":"run","until":"doomsday"}')
    await early.opened()
    early.say({ t: 'run', until: 'sigterm' })
    for (const line of [odd, early]) {
      await line.until(() => line.closedWith !== undefined)
      expect([line.closedWith, line.all('error')[0]?.code]).toEqual([1008, 'bad-message'])
    }
  })
})
