import type { Knob, KnobState, Outcome, Settings } from '../../server/what-if/types.ts'

// Where the cells of a map stand. No DOM: values in, positions out.

export type TurningKnob = Extract<KnobState, { can: true }>

export interface MapAxis { readonly knob: Knob; readonly state: TurningKnob }

/** Two axes; the last one's values grow upwards. */
export interface MapPlan {
  readonly across: MapAxis
  readonly up: MapAxis
  /** The knob that is not an axis. */
  readonly fixed: Knob
}

export const PITCH_X = 30
export const PITCH_Y = 21
export const CELL_GAP = 3
/** On a phone cells are narrower, so that the whole cliff is seen; the sliders reach them all. */
const LEAST_PITCH_X = 15
const FIGURES_PX = 42

/** Every pair of knobs that can be turned, the most telling first. */
export function plansOf(knobs: Readonly<Record<Knob, KnobState>>): readonly MapPlan[] {
  const pairs: readonly (readonly [Knob, Knob, Knob])[] = [
    ['grace', 'hook', 'app'], ['grace', 'app', 'hook'], ['hook', 'app', 'grace'],
  ]
  return pairs.flatMap(([first, second, fixed]) => {
    const [across, up] = [knobs[first], knobs[second]]
    if (!across.can || !up.can) return []
    return [{
      across: { knob: first, state: across }, up: { knob: second, state: up }, fixed,
    }]
  })
}

/** A map on the page. */
export interface Plane { readonly plan: MapPlan; readonly pitchX: number }

/** As wide as there is room for. */
export function planeOf(plan: MapPlan, roomPx: number): Plane {
  const fits = Math.floor((roomPx - FIGURES_PX) / plan.across.state.axis.length)
  return { plan, pitchX: Math.max(LEAST_PITCH_X, Math.min(PITCH_X, fits)) }
}

export interface MapSize { readonly width: number; readonly height: number }

export function sizeOf({ plan: { across, up }, pitchX }: Plane): MapSize {
  return { width: across.state.axis.length * pitchX, height: up.state.axis.length * PITCH_Y }
}

/** Upper left corner of a cell's room. */
export function cornerOf(
  { plan, pitchX }: Plane, column: number, row: number,
): { x: number; y: number } {
  return { x: column * pitchX, y: (plan.up.state.axis.length - 1 - row) * PITCH_Y }
}

/** Where settings stand, between cells too; null: nowhere on the map. */
export function placeOf(plane: Plane, settings: Settings): { x: number; y: number } | null {
  const { plan } = plane
  const column = along(plan.across, settings)
  const row = along(plan.up, settings)
  return column === null || row === null ? null : cornerOf(plane, column, row)
}

function along({ knob, state }: MapAxis, settings: Settings): number | null {
  const value = settings[knob] ?? state.own
  const first = state.axis[0] ?? 0
  if (value === null) return null
  const at = (value - first) / state.step
  return at < -0.5 || at > state.axis.length - 0.5 ? null : at
}

/** Settings of a cell: the axes' values, and the rest as chosen. */
export function settingsAt(
  plan: MapPlan, column: number, row: number, chosen: Settings,
): Settings {
  return {
    ...chosen,
    [plan.across.knob]: plan.across.state.axis[column] ?? null,
    [plan.up.knob]: plan.up.state.axis[row] ?? null,
  }
}

/** Name of a cell among those of its map. */
export function cellName({ across, up }: MapPlan, settings: Settings): string {
  return `${settings[across.knob]}/${settings[up.knob]}`
}

/** The values that have room for a figure on their axis. */
export function figuresOf({ axis }: TurningKnob): readonly number[] {
  const every = axis.length > 12 ? 10 : axis.length > 6 ? 4 : 1
  const round = axis.filter((value) => value % every === 0)
  return round.length >= 3 ? round : axis.filter((_, index) => index % 4 === 0)
}

/** Whether the container ended by itself; undefined: nothing is known of it. */
export function survives(outcome: Outcome | undefined): boolean | undefined {
  if (outcome?.kind === 'exited') return true
  return outcome?.kind === 'killed-in-hook' || outcome?.kind === 'killed-after' ? false : undefined
}

/** The cliff: the edges between cells that end by themselves and cells that are killed. */
export function cliffPath(
  plane: Plane, outcomeAt: (column: number, row: number) => Outcome | undefined,
): string {
  const edges: string[] = []
  const differ = (one: boolean | undefined, other: boolean | undefined) =>
    one !== undefined && other !== undefined && one !== other
  const { plan, pitchX } = plane
  const columns = plan.across.state.axis.length
  const rows = plan.up.state.axis.length
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const here = survives(outcomeAt(column, row))
      const { x, y } = cornerOf(plane, column, row)
      if (column + 1 < columns && differ(here, survives(outcomeAt(column + 1, row)))) {
        edges.push(`M${x + pitchX} ${y}v${PITCH_Y}`)
      }
      if (row + 1 < rows && differ(here, survives(outcomeAt(column, row + 1)))) {
        edges.push(`M${x} ${y}h${pitchX}`)
      }
    }
  }
  return edges.join('')
}
