import type { Program } from '../kernel/types.ts'

/** fork, exec and dynamic linking of a small program on the recorded node, in milliseconds. */
const startMillis = { low: 2.4, high: 6.4 }

/** How busy the node is while a container starts: the same for all its programs. */
const busyness = { low: 0.6, high: 1.4 }

/**
 * What a container's own start-up scripts run takes its time to start: for that long nginx' entry
 * point is a shell that no signal reaches. Commands of a person answer even in a paused lab.
 */
export function withStartingCost(program: Program): Program {
  return function* run(process) {
    if (process.role === 'main' || process.role === 'child') {
      const { chance } = process.kernel
      const container = `${process.machine.name}/${process.machine.processes.get(1)?.startedAt}`
      const load = chance.between(busyness.low, busyness.high, 'node-load', container)
      const { low, high } = startMillis
      const own = chance.between(low, high, 'program-start', container, process.pid)
      yield* process.sleep(load * own)
    }
    return yield* program(process)
  }
}
