import type { Task } from '../../time/tasks.ts'
import { warn } from '../messages.ts'
import type { Shell } from '../state.ts'
import { isUnwind } from '../unwind.ts'

/** bash's `time`: what the lab's clock says; the time of processors is not simulated and zero. */
export function* timed(shell: Shell, posix: boolean, run: () => Task<number>): Task<number> {
  const { clock } = shell.process.kernel
  const start = clock.now()
  const tell = (): Task => {
    const seconds = (clock.now() - start) / 1000
    return warn(shell, posix ? `real ${seconds.toFixed(2)}\nuser 0.00\nsys 0.00\n`
      : `\nreal\t${minutes(seconds)}\nuser\t${minutes(0)}\nsys\t${minutes(0)}\n`)
  }
  try {
    const status = yield* run()
    yield* tell()
    return status
  } catch (thrown) {
    // A command that Ctrl-C ended has taken its time as well.
    if (isUnwind(thrown, 'interrupt')) yield* tell()
    throw thrown
  }
}

/** `0m0.817s`. */
export function minutes(seconds: number): string {
  const whole = Math.floor(seconds / 60)
  return `${whole}m${(Math.floor((seconds - whole * 60) * 1000) / 1000).toFixed(3)}s`
}
