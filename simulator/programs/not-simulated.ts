import type { Program } from '../kernel/types.ts'

/** A program the real image has and Grace does not model: it is found, and says so. */
export function notSimulated(name: string, code = 1): Program {
  return function* run(process) {
    yield* process.write(2, `error: ${name} is not simulated in Grace\n`)
    return code
  }
}
