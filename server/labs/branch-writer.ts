import type { Input, InputBody } from '../../simulator/lab-types.ts'
import type { Journal } from './journal.ts'

/** Where the journal of a lab's open branch stands. */
export interface JournalState {
  readonly branchId: string
  nextSeq: number
  lastStamp: number
  /** Number of the last row, if that is a clock mark: it can be moved. */
  markSeq: number | undefined
}

/** An input on its way into the journal. */
export interface Written { readonly input: Input; readonly committed: Promise<void> }

/** Numbers and stamps the inputs of one branch. */
export class BranchWriter {
  constructor(private readonly journal: Journal, private readonly at: JournalState) {}

  get branchId(): string {
    return this.at.branchId
  }

  get inputCount(): number {
    return this.at.nextSeq
  }

  get lastStamp(): number {
    return this.at.lastStamp
  }

  /** The moment of what comes next: stamps never go back. */
  stamp(earliest: number): number {
    this.at.lastStamp = Math.max(this.at.lastStamp, earliest)
    return this.at.lastStamp
  }

  /** `clientSeq`: the sender's own number; null for the host's inputs. */
  append(
    atMillis: number, body: InputBody, source: string, clientSeq: number | null,
  ): Written {
    const input = { seq: this.at.nextSeq++, atMillis, body }
    const { kind, ...data } = body
    this.at.markSeq = kind === 'clock-mark' ? input.seq : undefined
    const committed = this.journal.append({
      branchId: this.branchId, seq: input.seq, atMillis, kind, source, clientSeq, data,
    })
    return { input, committed }
  }

  /** Notes how far the clock has come: a mark at the end is moved, so that journals stay short. */
  mark(atMillis: number): Written {
    const body = { kind: 'clock-mark' } as const
    const seq = this.at.markSeq
    if (seq === undefined) return this.append(atMillis, body, 'host', null)
    const committed = this.journal.moveMark(this.branchId, seq, atMillis)
    return { input: { seq, atMillis, body }, committed }
  }

  completeStep(stepId: string, atMillis: number): Promise<void> {
    return this.journal.completeStep(this.branchId, stepId, atMillis)
  }
}
