import type { Clock, Millis } from '../time/clock.ts'
import { roundToMicros } from '../time/clock.ts'
import { limits } from '../limits.ts'
import type { Wait } from '../time/tasks.ts'

/** CPU time a process may use before time passes: commands at a prompt work in a paused lab. */
const burstMillis = 500
/** The same for all processes of a machine together, or many bursts would be one endless one. */
const machineBurstMillis = 1000
/** A throttled process pays in pieces of this size: a thousand turns a second, not more. */
const quantumMillis = 1
/** Who has used up the burst goes on at so small a share of a CPU: an endless loop is no hurry. */
const slowdown = 4
/** Even free work lets the others run, and the host count it, after this many steps. */
const stepsPerTurn = 200
/** fork and exec of a small program, in steps. */
export const forkSteps = 40

/** The one CPU of a lab for those who have used up their burst: they take turns on it. */
export class Processor {
  private freeAt: Millis = 0

  /** When `work` is done, after that of all who asked before. */
  turn(now: Millis, work: Millis): Millis {
    this.freeAt = roundToMicros(Math.max(now, this.freeAt) + work * slowdown)
    return this.freeAt
  }
}

/** The CPU time of all processes of a machine. */
export class Load {
  private busyUntil: Millis = 0

  constructor(readonly clock: Clock, readonly processor: Processor) {}

  charge(millis: Millis): void {
    this.busyUntil = Math.max(this.busyUntil, this.clock.now()) + millis
  }

  isOver(): boolean {
    return this.busyUntil - this.clock.now() > machineBurstMillis
  }

  refresh(): void {
    this.busyUntil = this.clock.now()
  }
}

/** The CPU time of one process: a leaky bucket in virtual time. */
export class Cpu {
  private steps = 0

  /** `busyUntil`: when all work so far would be done if it had taken its time. */
  constructor(private readonly load: Load, private busyUntil: Millis = 0) {}

  /** A child begins as busy as its parent, so forking is no way to get a fresh burst. */
  inherit(): Cpu {
    return new Cpu(this.load, this.busyUntil)
  }

  charge(steps: number): void {
    const millis = steps * limits.commandCostMillis
    this.load.charge(millis)
    this.busyUntil = roundToMicros(Math.max(this.busyUntil, this.load.clock.now()) + millis)
    this.steps += steps
  }

  /** How the process waits for what was charged; undefined: it goes on at once. */
  pause(): Wait | undefined {
    const now = this.load.clock.now()
    const used = this.busyUntil - now
    // Between the two lies a process whose turn it just is.
    const rested = used < burstMillis - 2 * quantumMillis
    if (used > burstMillis || (rested && this.load.isOver())) {
      const owed = Math.max(0, used - burstMillis) + quantumMillis
      const until = this.load.processor.turn(now, owed)
      // To wait for others is no rest.
      this.busyUntil = until + burstMillis - quantumMillis
      return this.turnOver(until)
    }
    return this.steps < stepsPerTurn ? undefined : this.turnOver(now)
  }

  private turnOver(until: Millis): Wait {
    const worth = this.steps
    this.steps = 0
    return { until, worth }
  }

  /** A key pressed by a person: what came before is forgotten. */
  refresh(): void {
    this.busyUntil = this.load.clock.now()
    this.load.refresh()
  }
}
