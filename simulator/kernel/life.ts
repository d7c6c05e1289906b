import type { Running, Task, Wait } from '../time/tasks.ts'
import { Wakeable } from '../time/tasks.ts'
import { SyscallError } from './errors.ts'
import { halt } from './halt.ts'
import type { KernelProcess } from './process.ts'
import type { ExitCode, ExitStatus, Program } from './types.ts'

/** The course of one process: runs its program's generator, stops, continues, replaces, ends it. */
export class Life {
  /** Set from the moment the end is certain. */
  ending: ExitStatus | undefined
  private body: Task<ExitCode>
  private replacement: Task<ExitCode> | undefined
  private readonly running: Running<void>
  private readonly continued = new Wakeable()
  /** The program is on the host's stack right now, so it cannot be ended from outside. */
  private active = false

  constructor(
    private readonly process: KernelProcess, program: Program,
    private readonly onFinish: (status: ExitStatus) => void,
  ) {
    this.body = program(process)
    this.running = process.kernel.scheduler.spawn(this.course())
  }

  /** execve. The old frames are abandoned: their `finally` must not touch the new program. */
  replace(program: Program): void {
    this.replacement = program(this.process)
  }

  /** Ends the process at once, or when it next waits if it is the one that runs. */
  end(status: ExitStatus): void {
    if (this.ending) return
    this.ending = status
    if (this.active) return
    this.running.cancel()
    this.finish(status)
  }

  continue(): void {
    this.continued.wake()
  }

  private * course(): Task {
    let reason: Wakeable | undefined
    for (;;) {
      const wait = this.step(reason)
      if (this.ending) break
      reason = wait === halt ? undefined : yield wait
      while (this.process.stopped !== undefined) yield { on: [this.continued] }
    }
    this.finish(this.ending)
  }

  /** Runs the program to its next wait, through any exec on the way. */
  private step(reason: Wakeable | undefined): Wait {
    this.active = true
    try {
      let next = this.body.next(reason)
      while (this.replacement && !this.ending) {
        this.body = this.replacement
        this.replacement = undefined
        next = this.body.next()
      }
      if (!next.done) return next.value
      this.ending ??= { kind: 'exited', code: next.value & 255 }
    } catch (error) {
      this.ending ??= this.failed(error)
    } finally {
      this.active = false
    }
    return halt
  }

  /** A system call failed and the program did not look: it ends with a message, as after perror. */
  private failed(error: unknown): ExitStatus {
    // Endless recursion or too long a text: real programs crash as well.
    if (error instanceof RangeError) return { kind: 'signaled', signal: 'SEGV' }
    if (!(error instanceof SyscallError)) throw error
    const { process } = this
    try {
      process.fds.get(2)?.writeNow(`${process.command}: ${error.message}\n`)
    } catch (inner) {
      if (!(inner instanceof SyscallError)) throw inner
    }
    return { kind: 'exited', code: 1 }
  }

  /** `finally` blocks of the program run here, while its descriptors are still open. */
  private finish(status: ExitStatus): void {
    this.active = true
    this.body.return(0)
    this.active = false
    this.onFinish(status)
  }
}
