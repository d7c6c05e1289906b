import { describe, expect, test } from 'vitest'
import { open, page, welcome } from './test-page.ts'

const keys = (text: string) => ({ kind: 'keys', tab: '1', text }) as const

describe('inputs', () => {
  test('are numbered, and resolve when acknowledged', async () => {
    const { connection, latest } = page()
    open(latest())
    const answer = connection.send(keys('ls\r'))
    expect(latest().inputs()).toEqual([{ t: 'input', n: 1, body: keys('ls\r') }])
    latest().say({ t: 'ack', n: 1, result: { ok: true } })
    expect(await answer).toEqual({ ok: true })
    expect(connection.unconfirmed).toBe(0)
  })

  test('typed offline are joined, and sent once the line is back', () => {
    const { connection, latest, timers } = page()
    open(latest())
    latest().lost()
    expect(connection.snapshot().status).toBe('offline')
    void connection.send(keys('l'))
    void connection.send(keys('s'))
    timers.at(-1)?.run()
    open(latest())
    expect(latest().inputs()).toEqual([{ t: 'input', n: 1, body: keys('ls') }])
  })

  test('unacknowledged ones are resent under their old number, others not', () => {
    const { connection, latest, timers } = page()
    open(latest())
    void connection.send(keys('a'))
    void connection.send(keys('b'))
    latest().lost()
    timers.at(-1)?.run()
    open(latest(), welcome({ acked: 1 }))
    expect(latest().inputs()).toEqual([{ t: 'input', n: 2, body: keys('b') }])
    expect(connection.unconfirmed).toBe(1)
  })

  test('keys after a sent but unacknowledged input never change that input', () => {
    const { connection, latest, timers } = page()
    open(latest())
    void connection.send(keys('a'))
    latest().lost()
    void connection.send(keys('b'))
    timers.at(-1)?.run()
    open(latest())
    expect(latest().inputs()).toEqual([
      { t: 'input', n: 1, body: keys('a') },
      { t: 'input', n: 2, body: keys('b') },
    ])
  })

  test('keys queued before a reconnect are not joined with later ones once sent', () => {
    const { connection, latest, timers } = page()
    open(latest())
    latest().lost()
    void connection.send(keys('a'))
    timers.at(-1)?.run()
    open(latest())
    latest().lost()
    void connection.send(keys('b'))
    timers.at(-1)?.run()
    open(latest())
    expect(
      latest()
        .inputs()
        .map((message) => message.t === 'input' && message.n),
    ).toEqual([1, 2])
  })

  test('a save whose answer was lost is judged by the files', async () => {
    const { connection, latest, timers } = page()
    open(latest())
    const write = (text: string) =>
      connection.send({ kind: 'file-write', path: 'pod.yaml', text, basedOn: null })
    const mine = write('mine')
    latest().lost()
    timers.at(-1)?.run()
    const files = [{ path: 'pod.yaml', text: 'theirs', hash: 'h' }]
    open(latest(), welcome({ acked: 1, files }))
    expect(await mine).toMatchObject({ ok: false, error: 'file-conflict' })
  })
})

describe('output', () => {
  test('overlaps are cut, gaps clear the screen', () => {
    const { connection, latest } = page()
    open(latest(), welcome({ tabs: [{ tab: '1', offset: 0, text: 'ab' }] }))
    const seen: unknown[] = []
    connection.screens.read('1', (part) => seen.push(part))
    latest().say({ t: 'out', tab: '1', offset: 1, text: 'bc' })
    latest().say({ t: 'out', tab: '1', offset: 9, text: 'z' })
    expect(seen).toEqual([
      { text: 'ab', clear: true },
      { text: 'c', clear: false },
      { text: 'z', clear: true },
    ])
  })

  test('a return names what this page has', () => {
    const { latest, timers } = page()
    open(latest(), welcome({ tabs: [{ tab: '1', offset: 0, text: 'abc' }], nowMillis: 500 }))
    latest().say({ t: 'clock', nowMillis: 2_500, pace: 1, skipsQuiet: false })
    latest().lost()
    timers.at(-1)?.run()
    latest().opened()
    expect(latest().sent[0]).toEqual({
      t: 'hello',
      client: 'page-1',
      offsets: { 1: 3 },
      entries: 0,
      seenMillis: 2_500,
      branchId: 'branch-1',
    })
  })

  test('a return names the moment that the reader saw, not the last one told', () => {
    const { latest, timers, wall } = page()
    open(latest(), welcome({ nowMillis: 500 }))
    wall.millis += 700
    latest().lost()
    timers.at(-1)?.run()
    latest().opened()
    expect(latest().sent[0]).toMatchObject({ t: 'hello', seenMillis: 1_200 })
  })

  test('a closed tab begins again at nothing', () => {
    const { connection, latest } = page()
    open(latest(), welcome({ tabs: [{ tab: '2', offset: 0, text: 'old' }] }))
    latest().say({ t: 'tabs', tabs: [] })
    expect(connection.screens.offsets()).toEqual({})
  })
})

describe('line', () => {
  test('waits longer after each failure, and not after a success', () => {
    const { latest, timers, sockets } = page()
    for (let turn = 0; turn < 8; turn++) {
      latest().lost()
      timers.at(-1)?.run()
    }
    expect(timers.map((timer) => timer.millis)).toEqual([
      150, 300, 600, 1_200, 2_400, 4_800, 5_000, 5_000,
    ])
    expect(sockets).toHaveLength(9)
    open(latest())
    latest().lost()
    expect(timers.at(-1)?.millis).toBe(150)
  })

  test('a refusal is final', () => {
    const { connection, latest, timers } = page()
    latest().lost(1008)
    expect(connection.snapshot().status).toBe('refused')
    expect(timers).toEqual([])
  })

  test('a lab begun anew wants a new connection', () => {
    const { latest, timers, restarted } = page()
    open(latest())
    latest().lost(4001)
    expect(restarted.times).toBe(1)
    expect(timers).toEqual([])
  })

  test('entries that arrive twice are kept once', () => {
    const { connection, latest } = page()
    open(latest())
    const entry = (id: number) =>
      ({ kind: 'input', id, at: id * 10, input: 'keys', summary: '' }) as const
    latest().say({ t: 'entries', entries: [entry(0), entry(3)] })
    latest().say({ t: 'entries', entries: [entry(3), entry(4)] })
    expect(connection.snapshot().entries.map(({ id }) => id)).toEqual([0, 3, 4])
  })
})
