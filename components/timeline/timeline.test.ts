import { describe, expect, test } from 'vitest'
import { strokeSeconds, ticks } from './axis.ts'
import { layout } from './layout.ts'
import type { Layout, LayoutInput } from './layout-types.ts'
import { formatMoment, formatSeconds } from './moment.ts'
import { phasesOfRun } from './phases.ts'
import { deletionOf, latestPod, livesOf, podNames } from './pods.ts'
import { sampleEntries } from './sample-lives.ts'
import { factsOf, podLives } from './trace-reader.ts'
import { input, kinds, touchingTexts } from './test-layout.ts'
import { fit, leftEdge, pan, show, stretch, zoom } from './view.ts'

function at(nowMillis: number, change: Partial<LayoutInput> = {}): Layout {
  return layout(podLives(sampleEntries(nowMillis)), input(nowMillis, change))
}

describe('a life', () => {
  test('the container does one thing after another, without gaps', () => {
    const run = podLives(sampleEntries())[0]?.containers[0]?.runs[0] ?? expect.fail('no run')
    expect(phasesOfRun(run).map(({ name, from, to }) => [name, from, to])).toEqual([
      ['running', 1_900, 20_000],
      ['prestop', 20_000, 30_000],
      ['stopping', 30_000, 50_000],
    ])
  })

  test('a pod created anew under its name is another life on the same rows', () => {
    const first = sampleEntries(10_000)
    const again = first.map((entry) =>
      JSON.parse(JSON.stringify({ ...entry, at: entry.at + 60_000 }).replaceAll('uid-1', 'uid-2')),
    )
    const lives = podLives([...first, ...again])
    expect(lives.map(({ uid }) => uid)).toEqual(['uid-1', 'uid-2'])
    expect(podNames(lives)).toHaveLength(1)
    expect(livesOf(lives, latestPod(lives))).toHaveLength(2)
    expect(layout(lives, input(70_000)).rows).toHaveLength(6)
  })

  test('the clock counts from the delete', () => {
    expect(deletionOf(podLives(sampleEntries(10_000)))).toBeNull()
    expect(deletionOf(podLives(sampleEntries()))).toEqual({ at: 20_000, goneAt: null })
  })

  test('an abandoned hook is drawn on without being awaited', () => {
    const target = { namespace: 'default', pod: 'busybox', podUid: 'uid-1', container: 'app' }
    const entries = [
      ...sampleEntries(20_000),
      { kind: 'hook-abandoned', id: 90, at: 25_000, target, hook: 'preStop' } as const,
      { kind: 'stop', id: 91, at: 25_000, target, signal: 'SIGTERM', seconds: 2 } as const,
    ]
    const drawn = layout(podLives(entries), input(26_000))
    expect(kinds(drawn)).toEqual([
      'waiting',
      'running',
      'prestop',
      'stopping',
      'prestop',
      'not-awaited',
      'process',
    ])
  })
})

describe('layout', () => {
  test('says nothing of the future', () => {
    const drawn = at(25_000)
    expect(kinds(drawn)).toEqual(['waiting', 'running', 'prestop', 'prestop', 'process'])
    expect(drawn.marks.every((mark) => mark.x <= 25 * 15)).toBe(true)
    expect(drawn.labels.map(({ text }) => text)).not.toContain('exit 137')
    expect(drawn.wedges).toMatchObject([{ draining: true, until: 375, x2: 750 }])
  })

  test('stands on the axis', () => {
    const drawn = at(51_000)
    expect(drawn.marks.find((mark) => mark.kind === 'signal')?.x).toBe(30 * 15)
    expect(drawn.marks.find((mark) => mark.kind === 'kill')?.x).toBe(50 * 15)
    expect(drawn.wedges[0]).toMatchObject({ x1: 300, x2: 750, until: 750, overdraft: null })
  })

  test('tells outcomes, what came of a signal, and how the grace was spent', () => {
    const texts = at(51_000).labels.map(({ text }) => text)
    for (const text of [
      'exit 137',
      'exit 0',
      'SIGTERM',
      'ignored, no handler',
      'SIGKILL',
      '30 s',
      '20 s left',
      '10 s preStop',
      '20 s, no reaction',
      'sleep 10',
      'sleep 10m',
      'stopping',
    ])
      expect(texts).toContain(text)
  })

  test('no two texts of a row touch, at any scale', () => {
    for (const pxPerSecond of [0.5, 1, 2, 4, 8, 15, 30, 60]) {
      expect(touchingTexts(at(51_000, { pxPerSecond }))).toEqual([])
    }
  })

  test('texts keep clear of the shapes of other runs', () => {
    const first = sampleEntries()
    const again = first.map((entry) => JSON.parse(
      JSON.stringify({ ...entry, at: entry.at + 50_900 }).replaceAll('uid-1', 'uid-2'),
    ))
    for (const pxPerSecond of [1, 4, 15]) {
      const drawn = layout(podLives([...first, ...again]), input(110_000, { pxPerSecond }))
      const outside = drawn.labels.filter(({ pad, bold }) => !pad && bold)
      for (const label of outside) {
        const beside = drawn.spans.filter(({ y, height }) => label.y > y && label.y < y + height)
        for (const span of beside) {
          expect(label.x + label.width <= span.x || span.x + span.width <= label.x).toBe(true)
        }
      }
    }
  })

  test('a label that does not fit is left out, never cut', () => {
    const drawn = at(51_000, { pxPerSecond: 2 })
    for (const label of drawn.labels.filter(({ pad }) => pad === 'prestop')) {
      expect(label.width).toBeLessThan(20)
    }
    expect(drawn.labels.map(({ text }) => text)).not.toContain('10 s preStop')
  })

  test('a name whose span began before the left edge stands at the edge', () => {
    const label = at(51_000, { leftMillis: 5_000 }).labels.find(({ text }) => text === 'running')
    expect(label).toMatchObject({ x: 5 * 15 + 9, slide: { least: 1.9 * 15 + 9 } })
  })

  test('more time than the budget hangs below the line', () => {
    const entries = sampleEntries().map((entry) =>
      entry.kind === 'grace-start' ? { ...entry, seconds: 28 } : entry,
    )
    const drawn = layout(podLives(entries), input(60_000))
    expect(drawn.wedges[0]?.overdraft).toEqual({ kind: 'stopping', x1: 48 * 15, x2: 50 * 15 })
    expect(drawn.labels.map(({ text }) => text)).toContain('2 s more')
  })

  test('nothing is narrower than three pixels', () => {
    expect(
      Math.min(...at(51_000, { pxPerSecond: 0.5 }).spans.map(({ width }) => width)),
    ).toBeGreaterThanOrEqual(3)
  })
})

describe('axis and view', () => {
  test('figures are at least 84 px apart', () => {
    for (const scale of [0.01, 0.5, 1, 2, 4, 8, 15, 30, 60, 240, 1_000]) {
      const labelled = ticks(0, 600, scale).filter(({ label }) => label !== null)
      const [first, second] = labelled
      if (first && second)
        expect((second.seconds - first.seconds) * scale).toBeGreaterThanOrEqual(84)
    }
    expect(ticks(0, 0.4, 1_000).map(({ label }) => label)).toEqual(
      ['0:00', null, '0:00.1', null, '0:00.2', null, '0:00.3', null, '0:00.4'],
    )
    expect(ticks(0, 20, 15).map(({ label }) => label)).toEqual(['0:00', null, '0:10', null, '0:20'])
  })

  test('lines of a stopping span stand one, five, ten or sixty seconds apart', () => {
    expect([15, 4, 0.8, 0.1].map(strokeSeconds)).toEqual([1, 5, 10, 60])
  })

  test('the playhead rests at 62 % and the past can be looked at', () => {
    const view = { pxPerSecond: 10, leftMillis: null }
    expect(leftEdge(view, 30_000, 1_000)).toBe(-1_000)
    expect(leftEdge(view, 100_000, 1_000)).toBe(38_000)
    const back = pan(view, -200, 100_000, 1_000)
    expect(back.leftMillis).toBe(18_000)
    expect(pan(back, 200, 100_000, 1_000).leftMillis).toBeNull()
    expect(zoom(view, 2, 500, 100_000, 1_000)).toEqual({ pxPerSecond: 20, leftMillis: null })
    expect(zoom(back, 2, 500, 100_000, 1_000)).toEqual({ pxPerSecond: 20, leftMillis: 43_000 })
  })

  test('what stands under the pointer stays there, whatever the factor', () => {
    const view = { pxPerSecond: 10, leftMillis: 40_000 }
    for (const factor of [0.3, 0.9, 1.01, 2, 7]) {
      const near = zoom(view, factor, 300, 100_000, 1_000)
      expect((near.leftMillis ?? 0) + (300 / near.pxPerSecond) * 1_000).toBeCloseTo(70_000)
    }
  })

  test('a stretch fills the width, a life ends where the playhead rests', () => {
    expect(stretch(20_000, 50_000, 1_200)).toEqual({ pxPerSecond: 40, leftMillis: 20_000 })
    const whole = fit(60_000, 360_000, 1_000)
    expect(whole.leftMillis).toBeNull()
    expect(leftEdge(whole, 360_000, 1_000)).toBeLessThan(60_000)
    expect((300 * whole.pxPerSecond)).toBeCloseTo(600)
  })

  test('a moment in view moves nothing, one outside is brought in', () => {
    const view = { pxPerSecond: 10, leftMillis: 40_000 }
    expect(show(view, 90_000, 200_000, 1_000)).toBe(view)
    expect(show(view, 20_000, 200_000, 1_000).leftMillis).toBe(-1_000)
    expect(show(view, 180_000, 200_000, 1_000).leftMillis).toBeCloseTo(146_667, 0)
  })
})

describe('words', () => {
  test('moments and lengths', () => {
    expect([0, 50_949, 3_723_400].map(formatMoment)).toEqual(['0:00.0', '0:50.9', '1:02:03.4'])
    expect([20_000, 9_740].map(formatSeconds)).toEqual(['20', '9.7'])
  })

  test('the list holds the same facts, in order', () => {
    const facts = factsOf(sampleEntries())
    expect(facts.map(({ name }) => name)).toEqual([
      'status',
      'status',
      'started',
      'mainStart',
      'status',
      'status',
      'graceStart',
      'hookStart',
      'hookOk',
      'stop',
      'signalNoHandler',
      'signalFatal',
      'mainEnd',
      'exited',
      'status',
    ])
    expect(facts.map(({ at: moment }) => moment)).toEqual(
      facts.map(({ at: m }) => m).toSorted((a, b) => a - b),
    )
  })
})
