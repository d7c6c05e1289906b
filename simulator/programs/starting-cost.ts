import type { Program } from '../kernel/types.ts'

/** fork, exec and dynamic linking of a small program on the recorded node, in milliseconds. */
const startMillis = { low: 1, high: 2.4 }

/**
 * What a container's own start-up scripts run takes its time to start: for that long nginx' entry
 * point is a shell that no signal reaches. Commands of a person answer even when the lab is paused.
 */
export function withStartingCost(program: Program): Program {
  return function* run(process) {
    if (process.role === 'main' || process.role === 'child') {
      const { chance } = process.kernel
      const { name } = process.machine
      yield* process.sleep(
        chance.between(startMillis.low, startMillis.high, 'program-start', name, process.pid),
      )
    }
    return yield* program(process)
  }
}
