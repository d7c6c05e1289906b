import type { Clock, Millis, Timer } from './clock.ts'

/** A task as what it waits for and the run queue see it. */
interface Waiter {
  resumeBecause(reason: Wakeable | undefined): void
  step(): void
}

/** Something a task can wait for. `wake` resumes all who wait at this moment, in their order. */
export class Wakeable {
  /** Absent while nobody waits: pipes and sockets have several of these and live briefly. */
  private waiting: Waiter[] | undefined

  wake(): void {
    const woken = this.waiting
    if (!woken) return
    this.waiting = undefined
    for (const task of woken) task.resumeBecause(this)
  }

  /** For the scheduler only. */
  add(task: Waiter): void {
    if (this.waiting) this.waiting.push(task)
    else this.waiting = [task]
  }

  /** For the scheduler only. */
  remove(task: Waiter): void {
    const { waiting } = this
    if (!waiting) return
    const at = waiting.indexOf(task)
    if (at < 0) return
    if (waiting.length === 1) this.waiting = undefined
    else waiting.splice(at, 1)
  }
}

/** What a task yields: it sleeps until `until` passes or one of `on` is woken; `{}`: forever. */
export interface Wait {
  readonly until?: Millis
  readonly on?: readonly Wakeable[]
  /** Resumptions that the work before this was worth, if much more than one. */
  readonly worth?: number
}

/**
 * One strand of work as a generator: processes, pod workers, probes, controllers. It is resumed
 * with the Wakeable that woke it, or undefined when its time came. No `yield` inside `finally`:
 * a cancelled task is ended by `generator.return()`.
 */
export type Task<T = void> = Generator<Wait, T, Wakeable | undefined>

const nothing: readonly Wakeable[] = []

/** A task under way. */
export class Running<T> {
  ended = false
  result: T | undefined
  private timer: Timer | undefined
  private on: readonly Wakeable[] = nothing
  private queued = false
  private reason: Wakeable | undefined
  private active = false
  private cancelWhenIdle = false
  /** Woken once, when the task has ended or was cancelled. */
  readonly done = new Wakeable()

  constructor(
    private readonly scheduler: Scheduler,
    private readonly body: Task<T>,
    private readonly onEnd: ((result: T) => void) | undefined,
  ) {}

  /** Ends the task where it stands; its `finally` blocks run, `onEnd` does not. */
  cancel(): void {
    if (this.ended) return
    if (this.active) {
      this.cancelWhenIdle = true
      return
    }
    this.leave()
    this.ended = true
    this.body.return(undefined as never)
    this.done.wake()
  }

  /** For Wakeable only. */
  resumeBecause(reason: Wakeable | undefined): void {
    if (this.ended || this.queued) return
    this.leave()
    this.reason = reason
    this.queued = true
    this.scheduler.enqueue(this)
  }

  /** For the scheduler only: runs the task to its next wait. */
  step(): void {
    this.queued = false
    if (this.ended) return
    this.active = true
    const next = this.body.next(this.reason)
    this.active = false
    if (next.done) {
      this.ended = true
      this.result = next.value
      this.onEnd?.(next.value)
      this.done.wake()
    } else if (this.cancelWhenIdle) this.cancel()
    else this.suspend(next.value)
  }

  private suspend(wait: Wait): void {
    if (wait.worth !== undefined) this.scheduler.steps += wait.worth
    this.on = wait.on ?? nothing
    for (const wakeable of this.on) wakeable.add(this)
    // Never, and what is no time at all, needs no timer: nothing may be due at infinity.
    if (wait.until !== undefined && wait.until < Infinity) {
      this.timer = this.scheduler.clock.at(wait.until, () => {
        this.timer = undefined
        this.resumeBecause(undefined)
      })
    }
  }

  private leave(): void {
    if (this.timer) this.scheduler.clock.cancel(this.timer)
    this.timer = undefined
    for (const wakeable of this.on) wakeable.remove(this)
    this.on = nothing
  }
}

/** Runs tasks, first in first out, on the lab's clock. */
export class Scheduler {
  private readonly queue: Waiter[] = []
  private head = 0
  /** Resumptions since the lab began, or what was worth as much: the host's budget counts them. */
  steps = 0

  constructor(readonly clock: Clock) {}

  spawn<T>(body: Task<T>, onEnd?: (result: T) => void): Running<T> {
    const running = new Running(this, body, onEnd)
    running.resumeBecause(undefined)
    return running
  }

  /** For Running only. */
  enqueue(task: Waiter): void {
    this.queue.push(task)
  }

  /**
   * Runs everything due up to `limit`, at most `maxSteps` resumptions; false when the budget ran
   * out first (call again to go on). The order of events does not depend on how it is sliced.
   */
  advance(limit: Millis, maxSteps = Infinity): boolean {
    const end = this.steps + maxSteps
    for (;;) {
      while (this.head < this.queue.length) {
        if (this.steps >= end) return false
        this.steps++
        this.queue[this.head++]!.step()
      }
      this.queue.length = 0
      this.head = 0
      if (!this.clock.fireNext(limit)) break
    }
    this.clock.passTo(limit)
    return true
  }

  /** True while a task could run without time passing. */
  isBusy(): boolean {
    return this.head < this.queue.length
  }
}

/** Waits a while; resumed early only by cancellation. */
export function* pause(clock: Clock, millis: Millis): Task {
  yield { until: clock.now() + millis }
}
