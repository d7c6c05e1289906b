import type { Database } from '../database/connect.ts'
import { serverLimits } from './limits.ts'

/** A line of the journal. `data` is the input's body, or the lab's start. */
export interface JournalRow {
  readonly branchId: string
  readonly seq: number
  readonly atMillis: number
  readonly kind: string
  readonly source: string
  readonly clientSeq: number | null
  readonly data: object
}

type Write =
  | { readonly kind: 'append'; readonly branchId: string; readonly row: JournalRow }
  | {
      readonly kind: 'mark'
      readonly branchId: string
      readonly seq: number
      readonly atMillis: number
    }
  | {
      readonly kind: 'step'
      readonly branchId: string
      readonly stepId: string
      readonly atMillis: number
    }

interface Waiting { readonly write: Write; resolve(): void; reject(error: unknown): void }

/** The journal and the lab disagree: somebody else wrote to this branch, or it is gone. */
export class JournalConflict extends Error {}

/**
 * Writes the inputs of all labs in groups: while one commit is under way, the next gathers. A
 * database that is away is asked again until it answers; what waits is neither lost nor applied.
 */
export class Journal {
  private queue: Waiting[] = []
  private flushing: Promise<void> | undefined
  private stopped = false
  /** Told when the database goes away (true) and comes back (false). */
  onTrouble: (away: boolean) => void = () => undefined

  constructor(private readonly database: Database, private readonly retryMillis = 250) {}

  /** Resolves when the row is committed. */
  append(row: JournalRow): Promise<void> {
    return this.enqueue({ kind: 'append', branchId: row.branchId, row })
  }

  /** Moves a clock mark that is the last line of its branch: marks do not make journals longer. */
  moveMark(branchId: string, seq: number, atMillis: number): Promise<void> {
    return this.enqueue({ kind: 'mark', branchId, seq, atMillis })
  }

  completeStep(branchId: string, stepId: string, atMillis: number): Promise<void> {
    return this.enqueue({ kind: 'step', branchId, stepId, atMillis })
  }

  /** Waits for what is queued. */
  async settled(): Promise<void> {
    await this.flushing
  }

  /** Waits for what is queued, and takes nothing more. */
  async stop(): Promise<void> {
    this.stopped = true
    await this.flushing
  }

  private enqueue(write: Write): Promise<void> {
    if (this.stopped) return Promise.reject(new Error('the journal is closed'))
    const done = new Promise<void>((resolve, reject) => this.queue.push({ write, resolve, reject }))
    this.flushing ??= this.flush().finally(() => { this.flushing = undefined })
    return done
  }

  private async flush(): Promise<void> {
    while (this.queue.length > 0) {
      const batch = this.queue.splice(0, serverLimits.writesPerCommit)
      await this.commit(batch)
    }
  }

  private async commit(batch: readonly Waiting[]): Promise<void> {
    for (;;) {
      try {
        await this.write(batch.map((waiting) => waiting.write))
        return batch.forEach((waiting) => waiting.resolve())
      } catch {
        if (await this.databaseAnswers()) return this.commitApart(batch)
        await this.untilDatabaseAnswers()
      }
    }
  }

  /** One branch's fault must not fail the others that happened to be in the same commit. */
  private async commitApart(batch: readonly Waiting[]): Promise<void> {
    for (const [branchId, waiting] of groupByBranch(batch))
      await this.commitBranch(branchId, waiting)
  }

  private async commitBranch(branchId: string, waiting: readonly Waiting[]): Promise<void> {
    for (;;) {
      try {
        await this.write(await this.notYetWritten(branchId, waiting))
        return waiting.forEach((one) => one.resolve())
      } catch (error) {
        if (isShortage(error)) {
          await this.untilDatabaseAnswers()
        } else if (await this.databaseAnswers()) {
          const conflict = new JournalConflict(`branch ${branchId}`, { cause: error })
          return waiting.forEach((one) => one.reject(conflict))
        } else {
          await this.untilDatabaseAnswers()
        }
      }
    }
  }

  /** A commit whose answer was lost may have happened: its rows are there already. */
  private async notYetWritten(branchId: string, batch: readonly Waiting[]): Promise<Write[]> {
    const rows = batch.flatMap(({ write }) => (write.kind === 'append' ? [write.row] : []))
    const found = await this.database.input.findMany({
      where: { branchId, seq: { in: rows.map((row) => row.seq) } },
    })
    const there = new Map(found.map((row) => [row.seq, row]))
    for (const row of rows) {
      const other = there.get(row.seq)
      if (other && (other.source !== row.source || other.clientSeq !== row.clientSeq)) {
        throw new JournalConflict(`input ${row.seq} of ${branchId} was written by somebody else`)
      }
    }
    return batch
      .map(({ write }) => write)
      .filter((write) => write.kind !== 'append' || !there.has(write.row.seq))
  }

  private async write(writes: readonly Write[]): Promise<void> {
    const rows = writes.flatMap((write) => (write.kind === 'append' ? [write.row] : []))
    const marks = writes.flatMap((write) => (write.kind === 'mark' ? [write] : []))
    const steps = writes.flatMap((write) => (write.kind === 'step' ? [write] : []))
    if (rows.length > 0) await this.database.input.createMany({ data: rows })
    if (marks.length > 0) await this.writeMarks(marks)
    if (steps.length > 0) {
      const data = steps.map(({ branchId, stepId, atMillis }) => ({ branchId, stepId, atMillis }))
      await this.database.stepCompletion.createMany({ data, skipDuplicates: true })
    }
  }

  private async writeMarks(marks: readonly Extract<Write, { kind: 'mark' }>[]): Promise<void> {
    await this.database.$executeRaw`
      UPDATE "Input" AS input SET "atMillis" = GREATEST(input."atMillis", mark.at)
      FROM unnest(
        ${marks.map((mark) => mark.branchId)}::uuid[], ${marks.map((mark) => mark.seq)}::int[],
        ${marks.map((mark) => mark.atMillis)}::float8[]
      ) AS mark(branch, seq, at)
      WHERE input."branchId" = mark.branch AND input.seq = mark.seq AND input.kind = 'clock-mark'`
  }

  private async databaseAnswers(): Promise<boolean> {
    try {
      await this.database.$queryRaw`SELECT 1`
      return true
    } catch {
      return false
    }
  }

  private async untilDatabaseAnswers(): Promise<void> {
    this.onTrouble(true)
    let wait = this.retryMillis
    do {
      await new Promise((resolve) => setTimeout(resolve, wait))
      wait = Math.min(wait * 2, 8 * this.retryMillis)
    } while (!(await this.databaseAnswers()))
    this.onTrouble(false)
  }
}

/** The database answers but has no room: that passes, and what waits is not at fault. */
function isShortage(error: unknown): boolean {
  const meta = error instanceof Error && 'meta' in error ? JSON.stringify(error.meta) : ''
  return /No space left on device|"(53100|53200|53300|53400)"/.test(String(error) + meta)
}

function groupByBranch(batch: readonly Waiting[]): Map<string, Waiting[]> {
  const groups = new Map<string, Waiting[]>()
  for (const waiting of batch) {
    const group = groups.get(waiting.write.branchId)
    if (group) group.push(waiting)
    else groups.set(waiting.write.branchId, [waiting])
  }
  return groups
}
