import { expect, it } from 'vitest'
import { Lab } from './lab.ts'

it('lets kubectl answer at once where a paused lab stands, and take its time in a run', () => {
  const lab = new Lab({
    kind: 'start', files: {}, seed: 1, startEpochMillis: 1.7e12, simulatorVersion: '',
  })
  lab.apply({ seq: 1, atMillis: 0, body: { kind: 'tab-open', tab: '1', columns: 80, rows: 24 } })
  lab.apply({ seq: 2, atMillis: 1_000, body: { kind: 'pace', pace: 0 } })
  const text = 'kubectl get pods\rsleep 5\rkubectl get pods\r'
  lab.apply({ seq: 3, atMillis: 1_000, body: { kind: 'keys', tab: '1', text } })
  const ends = (): number[] =>
    lab.trace.entries.flatMap((one) => (one.kind === 'command-end' ? [one.at] : []))
  expect(ends()).toEqual([1_000])
  lab.advance(10_000)
  const [, slept, asked] = ends()
  expect(slept).toBe(6_000)
  expect(asked).toBeGreaterThan(6_020)
  lab.apply({
    seq: 4, atMillis: 10_000, body: { kind: 'keys', tab: '1', text: 'kubectl get pods\r' },
  })
  expect(ends().at(-1)).toBe(10_000)
})
