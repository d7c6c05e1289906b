import { serverLimits } from '../labs/limits.ts'
import type { NewThread, ThreadLine } from './cell-thread.ts'
import type { CellAnswer, CellOrder, CellResult } from './orders.ts'
import { noOutcome } from './outcome.ts'

/** A cell to be played. */
export type Job = Omit<CellOrder, 'id'>

/** One question's cells. They are played in their order, as turns come. */
interface Run {
  readonly jobs: readonly Job[]
  readonly onCell: (index: number, result: CellResult) => void
  readonly done: () => void
  next: number
  open: number
  isStopped: boolean
}

interface Playing { readonly run: Run; readonly index: number }

interface Thread {
  readonly line: ThreadLine
  /** In the order they were sent: the first is the one being played. */
  readonly playing: Map<number, Playing>
  watchdog: NodeJS.Timeout | undefined
}

const failed: CellResult = { outcome: noOutcome('failed') }

/**
 * Plays cells on a few threads beside the site's own. Questions have their turns cell by cell; one
 * that is stopped has no more. A cell that ends its thread is answered as failed, the others that
 * waited there are played by another thread.
 */
export class CellPool {
  private readonly threads = new Set<Thread>()
  private runs: Run[] = []
  private turn = 0
  private lastId = 0
  private restingUntil = 0
  /** Threads that ended one after the other without an answer between. */
  private endings = 0
  private closed = false

  constructor(
    private readonly size: number,
    private readonly newThread: NewThread,
    private readonly wall: () => number = () => performance.now(),
  ) {}

  /** Threads that are running. */
  get threadCount(): number {
    return this.threads.size
  }

  /** Questions that are not answered yet. */
  get waiting(): number {
    return this.runs.length
  }

  /** Starts what will be needed; later it is too late for the first question. */
  warmUp(): void {
    while (!this.closed && this.threads.size < this.size) {
      if (!this.addThread()) return
    }
  }

  /** Resolves when every cell is answered, or the signal stops it: then some never are. */
  play(
    jobs: readonly Job[], onCell: (index: number, result: CellResult) => void, signal: AbortSignal,
  ): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted || jobs.length === 0 || this.closed) return resolve()
      const run: Run = {
        jobs, onCell, next: 0, open: jobs.length, isStopped: false,
        done: () => {
          run.isStopped = true
          signal.removeEventListener('abort', run.done)
          this.runs = this.runs.filter((other) => other !== run)
          resolve()
        },
      }
      signal.addEventListener('abort', run.done)
      this.runs.push(run)
      this.warmUp()
      this.feed()
    })
  }

  close(): void {
    this.closed = true
    for (const run of [...this.runs]) run.done()
    for (const { line, watchdog } of this.threads) {
      clearTimeout(watchdog)
      line.end()
    }
  }

  private addThread(): boolean {
    const wait = this.restingUntil - this.wall()
    if (wait > 0) {
      setTimeout(() => this.revive(), wait).unref()
      return false
    }
    const line = this.newThread({
      onAnswer: (answer) => this.answered(thread, answer),
      onEnd: (why) => this.ended(thread, why),
    })
    const thread: Thread = { line, playing: new Map(), watchdog: undefined }
    this.threads.add(thread)
    return true
  }

  private revive(): void {
    if (this.runs.length === 0) return
    this.warmUp()
    this.feed()
  }

  /** Gives every thread something to do, and a little ahead. */
  private feed(): void {
    for (let depth = 0; depth < serverLimits.cellsAhead; depth++) {
      for (const thread of this.threads) {
        if (thread.playing.size > depth) continue
        const next = this.nextCell()
        if (!next) return
        this.send(thread, next)
      }
    }
  }

  /** Questions take turns, so that a map does not keep a single cell waiting. */
  private nextCell(): Playing | undefined {
    for (let tried = 0; tried < this.runs.length; tried++) {
      const run = this.runs[this.turn++ % this.runs.length]
      if (run && run.next < run.jobs.length) return { run, index: run.next++ }
    }
    return undefined
  }

  private send(thread: Thread, cell: Playing): void {
    const job = cell.run.jobs[cell.index]
    if (!job) return
    const id = ++this.lastId
    thread.playing.set(id, cell)
    thread.line.send({ id, ...job })
    if (thread.playing.size === 1) this.watch(thread)
  }

  private watch(thread: Thread): void {
    clearTimeout(thread.watchdog)
    if (thread.playing.size === 0) return
    thread.watchdog = setTimeout(() => thread.line.end(), serverLimits.cellSilenceMillis)
    thread.watchdog.unref()
  }

  private answered(thread: Thread, answer: CellAnswer): void {
    const cell = thread.playing.get(answer.id)
    thread.playing.delete(answer.id)
    this.endings = 0
    this.watch(thread)
    if (cell && 'fault' in answer) console.error(`what-if: ${answer.fault}`)
    if (cell) this.settle(cell, 'result' in answer ? answer.result : failed)
    this.feed()
  }

  private settle({ run, index }: Playing, result: CellResult): void {
    if (run.isStopped) return
    run.open--
    run.onCell(index, result)
    if (run.open === 0) run.done()
  }

  private ended(thread: Thread, why: string): void {
    clearTimeout(thread.watchdog)
    this.threads.delete(thread)
    if (this.closed) return
    console.error(`what-if: a thread ended (${why})`)
    this.restingUntil = this.wall() + serverLimits.cellThreadRestMillis
    const [first, ...others] = thread.playing.values()
    for (const { run, index } of others) this.playAgain(run, index)
    if (first) this.settle(first, failed)
    // It is not the cells' fault: waiting would be in vain.
    if (++this.endings >= this.size * serverLimits.cellThreadEndings) this.giveUp()
    if (this.runs.length > 0) this.revive()
  }

  private giveUp(): void {
    for (const run of [...this.runs]) {
      while (run.next < run.jobs.length) this.settle({ run, index: run.next++ }, failed)
    }
  }

  /** As a question of its own with the same answer. */
  private playAgain(run: Run, index: number): void {
    const job = run.jobs[index]
    if (run.isStopped || !job) return
    const again: Run = {
      jobs: [job], next: 0, open: 1, isStopped: false,
      onCell: (_, result) => this.settle({ run, index }, result),
      done: () => { this.runs = this.runs.filter((other) => other !== again) },
    }
    this.runs.push(again)
  }
}
