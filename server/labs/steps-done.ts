import type { WorkstationFile } from '../../simulator/lab-types.ts'
import type { Entry } from '../../simulator/trace/entries.ts'
import type { StepState } from '../protocol.ts'
import type { SimulatedLab } from './simulators.ts'

/** Judges a lesson's steps over the trace (server/grading/grader.ts). */
export interface StepJudge {
  feed(entry: Entry, files: Readonly<Record<string, string>>): readonly StepState[] | undefined
  states(): readonly StepState[]
}

interface StepDone { readonly id: string; readonly atMillis: number }

/** A lab's steps, and which of them have been done since the journal was last told. */
export class StepsDone {
  version = 0
  private texts: Readonly<Record<string, string>> | undefined
  private readonly known = new Set<string>()
  private fresh: StepDone[] = []

  constructor(private readonly sim: SimulatedLab, private readonly judge: StepJudge) {
    // A server that stopped may have told the journal of the end of a run and not of its steps.
    this.note(judge.states())
  }

  get states(): readonly StepState[] {
    return this.judge.states()
  }

  filesChanged(): void {
    this.texts = undefined
  }

  /** True: the entry ticks a step. */
  take(entry: Entry): boolean {
    if (entry.kind === 'file') this.texts = undefined
    this.texts ??= textsByPath(this.sim.files())
    const states = this.judge.feed(entry, this.texts)
    if (!states) return false
    this.version++
    return this.note(states)
  }

  /** Steps done that the journal does not know yet. */
  takeFresh(): readonly StepDone[] {
    const { fresh } = this
    if (fresh.length > 0) this.fresh = []
    return fresh
  }

  private note(states: readonly StepState[]): boolean {
    const before = this.fresh.length
    for (const { id, doneAtMillis } of states) {
      if (doneAtMillis === null || this.known.has(id)) continue
      this.known.add(id)
      this.fresh.push({ id, atMillis: doneAtMillis })
    }
    return this.fresh.length > before
  }
}

export function textsByPath(files: readonly WorkstationFile[]): Record<string, string> {
  return Object.fromEntries(files.map((file) => [file.path, file.text]))
}
