import type { Entry } from '../../simulator/trace/entries.ts'
import { serverLimits } from './limits.ts'
import type { SimulatedLab } from './simulators.ts'

/** Something that happened: whether the timeline draws it, and whether it ticks a step. */
export interface Noticed {
  readonly entry: Entry
  readonly isDrawn: boolean
  readonly ticks: boolean
}

/** Where a run has stopped, and why. */
export interface RunEnd {
  readonly toMillis: number
  readonly entry: number | null
  readonly why: 'reached' | 'nothing-due' | 'too-far' | 'stopped'
}

export interface RunGoal {
  readonly isSought: (noticed: Noticed) => boolean
  readonly reachMillis: number
}

/**
 * Time runs ahead of the clock, moment by moment, to the one at which something sought happens. It
 * ends with all of that moment done, so that a replay which stops there finds the same.
 */
export class Run {
  end: RunEnd | undefined
  private begun = false
  private found: number | null = null
  private spentMillis = 0

  constructor(
    private readonly sim: SimulatedLab,
    readonly fromMillis: number,
    private readonly goal: RunGoal,
    private readonly wall: () => number,
  ) {}

  /** Takes what happens; before the first slice the lab only catches up with its clock. */
  notice(noticed: Noticed): void {
    if (!this.begun || this.found !== null) return
    if (this.goal.isSought(noticed)) this.found = noticed.entry.id
  }

  /** Works for a moment of wall time. False: it has ended. */
  slice(): boolean {
    this.begun = true
    const from = this.wall()
    let spent = 0
    while (spent < serverLimits.runSliceMillis && this.step()) spent = this.wall() - from
    this.spentMillis += this.wall() - from
    if (this.spentMillis > serverLimits.runWorkMillis) this.stop('too-far')
    return this.end === undefined
  }

  stop(why: RunEnd['why']): void {
    const toMillis = Math.max(this.fromMillis, this.sim.nowMillis)
    this.end ??= { toMillis, entry: this.found, why }
  }

  /** The next moment, or a part of it. False: there is nothing more to do. */
  private step(): boolean {
    const due = this.sim.nextDue()
    if (due === undefined) this.stop('nothing-due')
    else if (due > this.fromMillis + this.goal.reachMillis) this.stop('too-far')
    else if (this.sim.advance(due, serverLimits.stepsPerSlice) && this.found !== null)
      this.stop('reached')
    return this.end === undefined
  }
}
