import type { Clock, Millis } from '../time/clock.ts'
import { roundToMicros } from '../time/clock.ts'
import { limits } from '../limits.ts'

/** CPU time a process may use before time passes: commands at a prompt work in a paused lab. */
const burstMillis = 500
/** A throttled process pays in pieces of this size: a thousand turns a second, not more. */
const quantumMillis = 1
/** Even free work lets the others run, and the host count it, after this many steps. */
const stepsPerTurn = 200
/** fork and exec of a small program, in steps. */
export const forkSteps = 20

/** The CPU time of one process: a leaky bucket in virtual time. */
export class Cpu {
  private steps = 0

  /** `busyUntil`: when all work so far would be done if it had taken its time. */
  constructor(private readonly clock: Clock, private busyUntil: Millis = 0) {}

  /** A child begins as busy as its parent, so forking is no way to get a fresh burst. */
  inherit(): Cpu {
    return new Cpu(this.clock, this.busyUntil)
  }

  charge(steps: number): void {
    const from = Math.max(this.busyUntil, this.clock.now())
    this.busyUntil = roundToMicros(from + steps * limits.commandCostMillis)
    this.steps += steps
  }

  /** When the process may go on after what was charged; undefined: at once. */
  pause(): Millis | undefined {
    const now = this.clock.now()
    if (this.busyUntil - now > burstMillis) {
      this.steps = 0
      return roundToMicros(this.busyUntil - burstMillis + quantumMillis)
    }
    if (this.steps < stepsPerTurn) return undefined
    this.steps = 0
    return now
  }

  /** A key pressed by a person: what came before is forgotten. */
  refresh(): void {
    this.busyUntil = this.clock.now()
  }
}
