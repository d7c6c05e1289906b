import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../database/test-database.ts'
import { serverLimits } from './limits.ts'
import { keys, openTab } from './test-bench.ts'
import type { TestLine } from './test-line.ts'
import { TestSite } from './test-site.ts'

const { database } = await testDatabase()
const site = await TestSite.open(database)
afterAll(() => site.close())
const serve = () => site.serve()
const newLine = site.newLine.bind(site)
const newLab = () => site.newLab()
const { bench } = site

describe('a page', () => {
  test('is welcomed, acknowledged, and shown what happens', async () => {
    const { port } = await serve()
    const { learner, id } = await newLab()
    const line = newLine(port, id, learner)
    const welcome = await line.hello()
    expect(welcome).toMatchObject({
      acked: 0, recovered: false, pace: 1, tabs: [],
      files: [{ path: 'a.yaml', text: 'one' }],
    })
    line.say({ t: 'input', n: 1, body: openTab })
    line.say({ t: 'input', n: 2, body: keys('ls') })
    line.say({
      t: 'input',
      n: 3,
      body: { kind: 'file-write', path: 'b', text: 'two', basedOn: null },
    })
    expect((await line.acked(3)).result).toEqual({ ok: true })
    await line.until(() => line.all('files').length > 0 && line.all('steps').length > 0)
    expect(line.screen()).toMatch(/^\$ at [\d.]+\nls at [\d.]+\n$/)
    expect(line.all('tabs')[0]?.tabs).toEqual(['1'])
    expect(line.all('files')[0]?.files.map((file) => file.path)).toEqual(['a.yaml', 'b'])
    const kinds = () =>
      line.all('entries').flatMap((some) => some.entries).map((entry) => entry.kind)
    await line.until(() => kinds().length >= 6)
    expect(kinds()).toEqual(['input', 'command', 'input', 'command', 'input', 'file'])
    line.end()
  })

  test('that sends again after a broken line is applied once, and misses nothing', async () => {
    const { port } = await serve()
    const { learner, id } = await newLab()
    const first = newLine(port, id, learner)
    await first.hello()
    first.say({ t: 'input', n: 1, body: openTab })
    first.say({ t: 'input', n: 2, body: keys('once') })
    await first.acked(1)
    first.end()
    const second = newLine(port, id, learner)
    await second.hello({ offsets: { 1: 0 } })
    second.say({ t: 'input', n: 1, body: openTab })
    second.say({ t: 'input', n: 2, body: keys('once') })
    second.say({ t: 'input', n: 3, body: keys('then') })
    await Promise.all([second.acked(2), second.acked(3)])
    await second.until(() => second.screen().includes('then'))
    expect(second.screen().match(/once/g)).toHaveLength(1)
    second.end()
  })

  test('finds its screen again on another server after a kill', async () => {
    const { learner, id } = await newLab()
    const { port, host } = await serve()
    const before = newLine(port, id, learner)
    await before.hello()
    before.say({ t: 'input', n: 1, body: openTab })
    before.say({ t: 'input', n: 2, body: keys('kept') })
    await before.acked(2)
    await before.until(() => before.screen().includes('kept'))
    ;(await host.open(id)).close()
    const after = newLine((await serve()).port, id, learner)
    const welcome = await after.hello({ entries: 4, offsets: {} })
    expect(welcome).toMatchObject({ recovered: true, acked: 2 })
    expect(after.screen()).toBe(before.screen())
    before.end()
    after.end()
  })

  test('that stood on a branch which is no longer open begins from nothing', async () => {
    const { learner, id } = await newLab()
    const { port, host } = await serve()
    const branches = bench.branches(host)
    const first = newLine(port, id, learner)
    const { branchId } = await first.hello()
    await branches.fork(id, { from: branchId, atMillis: 0 })
    await first.until(() => first.closedWith !== undefined)
    expect(first.closedWith).toBe(4001)
    const away = newLine(port, id, learner)
    await away.opened()
    away.say({
      t: 'hello', client: 'client-1', offsets: { 1: 7 }, entries: 4, seenMillis: 1e9, branchId,
    })
    await away.until(() => away.closedWith !== undefined)
    expect(away.closedWith).toBe(4001)
    const anew = newLine(port, id, learner)
    expect(await anew.hello()).toMatchObject({ nowMillis: 0, pace: 0, acked: 0 })
    anew.end()
  })

  test('that opens twice with one name keeps the newer line', async () => {
    const { port } = await serve()
    const { learner, id } = await newLab()
    const older = newLine(port, id, learner)
    await older.hello()
    const newer = newLine(port, id, learner)
    await newer.hello()
    await older.until(() => older.closedWith !== undefined)
    expect(older.closedWith).toBe(4002)
    newer.say({ t: 'input', n: 1, body: openTab })
    expect((await newer.acked(1)).result).toEqual({ ok: true })
    newer.end()
  })

  test('that reads slowly does not hold the lab, and gets everything in order', async () => {
    const { port } = await serve()
    const { learner, id } = await newLab()
    const line = newLine(port, id, learner)
    await line.hello()
    line.say({ t: 'input', n: 1, body: openTab })
    line.say({ t: 'input', n: 2, body: keys('flood') })
    await line.acked(2)
    await line.until(() => line.screen().length >= 2_000_000)
    let end = 0
    for (const { offset, text } of line.all('out')) {
      expect(offset).toBe(end)
      end += text.length
    }
    line.end()
  })
})

describe('a door', () => {
  test('is closed to other sites, strangers and the lab\'s non-owners', async () => {
    const { port } = await serve()
    const { learner, id } = await newLab()
    const foreign = newLine(port, id, learner, { origin: 'https://evil.example' })
    await foreign.until(() => foreign.closedWith !== undefined)
    expect(foreign.status).toBe(403)
    const cases: [TestLine, string][] = [
      [newLine(port, id, learner, { cookie: '' }), 'forbidden'],
      [newLine(port, id, learner, { cookie: `grace_learner=${learner}` }), 'forbidden'],
      [
        newLine(port, id, learner, { cookie: `grace_learner=${learner}.${'A'.repeat(43)}` }),
        'forbidden',
      ],
      [newLine(port, id, randomUUID()), 'not-found'],
      [newLine(port, randomUUID(), learner), 'not-found'],
    ]
    for (const [line, code] of cases) {
      await line.until(() => line.closedWith !== undefined)
      expect(line.all('error')[0]?.code).toBe(code)
      expect(line.closedWith).toBe(4404)
    }
    const nowhere = newLine(port, 'nonsense', learner)
    await nowhere.until(() => nowhere.closedWith !== undefined)
    expect(nowhere.status).toBe(404)
  })

  test('refuses what is too long without losing what follows', async () => {
    const { port } = await serve()
    const { learner, id } = await newLab()
    const line = newLine(port, id, learner)
    await line.hello()
    line.say({ t: 'input', n: 1, body: openTab })
    line.say({ t: 'input', n: 2, body: keys('k'.repeat(serverLimits.keysChars + 1)) })
    line.say({ t: 'input', n: 3, body: keys('after') })
    expect((await line.acked(2)).result).toMatchObject({ ok: false, error: 'limit' })
    expect((await line.acked(3)).result).toEqual({ ok: true })
    line.end()
  })

  test('survives anything that is said to it', async () => {
    const { port, host } = await serve()
    const { learner, id } = await newLab()
    const hostile = fc.oneof(
      fc.string(),
      fc.json(),
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
      fc
        .record({
          t: fc.constantFrom('hello', 'input', '__proto__'),
          n: fc.anything(),
          body: fc.anything(),
        })
        .map((value) => JSON.stringify(value) ?? ''),
      fc
        .record({
          t: fc.constant('input'),
          n: fc.integer({ min: 1, max: 9 }),
          body: fc.record({
            kind: fc.constantFrom('keys', 'pace', 'start', 'clock-mark'),
            tab: fc.string(),
            pace: fc.double(),
          }),
        })
        .map((value) => JSON.stringify(value)),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.array(hostile, { maxLength: 4 }),
        async (greets, messages) => {
          const line = newLine(port, id, learner)
          await line.opened()
          if (greets) await line.hello({ client: `client-${randomUUID()}` })
          for (const message of messages) line.raw(message)
          if (messages.length > 0) {
            line.raw('not json')
            await line.until(() => line.closedWith !== undefined)
            expect(line.all('error').length).toBeGreaterThan(0)
          }
          line.end()
        },
      ),
      { numRuns: 60 },
    )
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('alive')
    expect((await host.open(id)).broken).toBe(false)
  }, 60_000)

  test('slows a page that sends too much, and keeps all of it', async () => {
    const { port } = await serve()
    const { learner, id } = await newLab()
    const line = newLine(port, id, learner)
    await line.hello()
    line.say({ t: 'input', n: 1, body: openTab })
    const count = serverLimits.messageBurst + 60
    for (let n = 2; n <= count; n++) line.say({ t: 'input', n, body: keys('k') })
    await line.acked(count)
    expect(line.all('ack')).toHaveLength(count)
    line.end()
  })
})
