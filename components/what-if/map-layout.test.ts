import { describe, expect, it } from 'vitest'
import type { Knob, KnobState, Outcome, Settings } from '../../server/what-if/types.ts'
import {
  cellName, cliffPath, cornerOf, figuresOf, PITCH_X, PITCH_Y, placeOf, planeOf, plansOf,
  settingsAt, sizeOf,
} from './map-layout.ts'

function knob(axis: readonly number[], own: number | null = null): KnobState & { can: true } {
  const [least = 0, second = 1] = axis
  return { can: true, own, least, most: axis.at(-1) ?? 0, step: second - least, axis, line: null }
}

const fixed: KnobState = { can: false, own: null, why: 'no-hook' }
const knobs: Readonly<Record<Knob, KnobState>> = {
  grace: knob([2, 4, 6], 4), hook: knob([0, 2]), app: knob([0, 2]),
}
const [plan] = plansOf(knobs)
const plane = planeOf(plan!, 1_000)
const none: Settings = { grace: null, hook: null, app: null }
const ending = (kind: Outcome['kind']): Outcome => ({
  kind, hook: 'ok', exitCode: 0, signalSeconds: 0, killSeconds: null, endSeconds: 1, goneSeconds: 2,
})

describe('a map', () => {
  it('is drawn over two knobs that can be turned', () => {
    expect(plansOf(knobs).map(({ across, up }) => [across.knob, up.knob]))
      .toEqual([['grace', 'hook'], ['grace', 'app'], ['hook', 'app']])
    expect(plansOf({ ...knobs, hook: fixed }).map(({ fixed: rest }) => rest)).toEqual(['hook'])
    expect(plansOf({ ...knobs, hook: fixed, app: fixed })).toEqual([])
  })

  it('grows to the right and upwards', () => {
    expect(sizeOf(plane)).toEqual({ width: 3 * PITCH_X, height: 2 * PITCH_Y })
    expect(cornerOf(plane, 0, 0)).toEqual({ x: 0, y: PITCH_Y })
    expect(cornerOf(plane, 2, 1)).toEqual({ x: 2 * PITCH_X, y: 0 })
  })

  it('has a place for settings between its cells, and none beyond its edge', () => {
    expect(placeOf(plane, { ...none, grace: 3, hook: 1 }))
      .toEqual({ x: PITCH_X / 2, y: PITCH_Y / 2 })
    // What is not turned stands where the learner had it.
    expect(placeOf(plane, { ...none, hook: 0 })).toEqual({ x: PITCH_X, y: PITCH_Y })
    expect(placeOf(plane, { ...none, grace: 9, hook: 0 })).toBeNull()
    expect(placeOf(plane, { ...none, grace: 2 })).toBeNull()
  })

  it('gives a cell the values of its axes and leaves the third alone', () => {
    const settings = settingsAt(plan!, 1, 1, { ...none, app: 7 })
    expect(settings).toEqual({ grace: 4, hook: 2, app: 7 })
    expect(cellName(plan!, settings)).toBe('4/2')
  })

  it('is narrower where there is less room', () => {
    expect(planeOf(plan!, 42 + 3 * 20).pitchX).toBe(20)
    expect(planeOf(plan!, 0).pitchX).toBe(15)
  })

  it('has figures with room between them', () => {
    const long = knob(Array.from({ length: 20 }, (_, at) => 2 + 2 * at))
    expect(figuresOf(long)).toEqual([10, 20, 30, 40])
    const odd = knob(Array.from({ length: 20 }, (_, at) => 1 + 3 * at))
    expect(figuresOf(odd).length).toBeGreaterThanOrEqual(3)
  })
})

describe('the cliff', () => {
  it('runs between cells that are killed and cells that are not', () => {
    const path = cliffPath(plane, (column) => ending(column === 0 ? 'killed-after' : 'exited'))
    expect(path).toBe(`M${PITCH_X} ${PITCH_Y}v${PITCH_Y}M${PITCH_X} 0v${PITCH_Y}`)
    const flat = cliffPath(plane, (_, row) => ending(row === 0 ? 'exited' : 'killed-in-hook'))
    expect(flat).toBe([0, 1, 2].map((at) => `M${at * PITCH_X} ${PITCH_Y}h${PITCH_X}`).join(''))
  })

  it('is not drawn where nothing is known, nor between two ways to be killed', () => {
    expect(cliffPath(plane, () => undefined)).toBe('')
    expect(cliffPath(plane, (column) => column === 0 ? ending('exited') : undefined)).toBe('')
    expect(cliffPath(plane, (column) =>
      ending(column === 0 ? 'killed-in-hook' : 'killed-after'))).toBe('')
  })
})
