import type { Input, InputBody, LabStart } from '../../simulator/lab-types.ts'
import type { Entry } from '../../simulator/trace/entries.ts'
import { serverLimits } from '../labs/limits.ts'
import type { SimulatedLab } from '../labs/simulators.ts'
import { isStatus, noOutcome, outcomeOf } from './outcome.ts'
import type { Outcome } from './types.ts'

/** A cell is a journal: this is what it is made from. */
export interface CellRecipe {
  readonly start: LabStart
  /** Typed when the prompt is there. */
  readonly applyLines: readonly string[]
  /** Typed when the pod runs and its postStart hooks are done. */
  readonly deleteLine: string
  readonly namespace: string
  readonly pod: string
}

/** What a cell needs of a lab: bundles of every age have it. */
export type CellLab = Pick<SimulatedLab, 'apply' | 'advance' | 'nextDue' | 'nowMillis' | 'trace'>

export interface CellRun {
  readonly outcome: Outcome
  /** The journal after the start; opened as a lab, it goes up to the moment of the delete. */
  readonly inputs: readonly Input[]
  /** When the delete is typed; null: the pod did not get to run. */
  readonly deleteMillis: number | null
  readonly endMillis: number
  readonly podUid: string
}

const promptMillis = 300
/** From the pod's Running to the delete: an app has set its traps by then. */
const settleMillis = 1_000
const tab = '1'
/** Of the terminal, until a page says its own. */
const size = { columns: 100, rows: 30 }

/** Plays a cell from nothing to the end of its pod. Same recipe, same trace. */
export function runCell(lab: CellLab, recipe: CellRecipe): CellRun {
  const play = new Play(lab)
  play.input(0, { kind: 'tab-open', tab, ...size })
  play.input(promptMillis, { kind: 'keys', tab, text: typed(recipe.applyLines) })
  const seen = watch(lab, recipe)
  const ran = play.until(() => seen.runningAt !== null, serverLimits.cellRunMillis)
  const end = (outcome: Outcome, deleteMillis: number | null): CellRun => {
    seen.stop()
    const { podUid } = seen
    return { outcome, inputs: play.inputs, deleteMillis, endMillis: lab.nowMillis, podUid }
  }
  if (!ran || seen.runningAt === null) return end(noOutcome('not-run'), null)
  const deleteMillis = Math.ceil((seen.runningAt + settleMillis) / 1_000) * 1_000
  if (!play.until(() => lab.nowMillis >= deleteMillis, deleteMillis)) {
    return end(noOutcome('too-long'), null)
  }
  play.input(deleteMillis, { kind: 'keys', tab, text: typed([recipe.deleteLine]) })
  // Opened as a lab, it stands still here; going on is the learner's first input.
  play.input(deleteMillis, { kind: 'pace', pace: 0 })
  play.input(deleteMillis, { kind: 'pace', pace: 1 })
  play.until(() => seen.isGone, deleteMillis + serverLimits.cellStopMillis)
  return end(outcomeOf(lab.trace.entries, seen.podUid), deleteMillis)
}

/** The inputs with which a cell is opened: up to the delete, before anything has come of it. */
export function openingInputs(inputs: readonly Input[]): readonly Input[] {
  return inputs.filter(({ body }) => body.kind !== 'pace')
}

function typed(lines: readonly string[]): string {
  return lines.map((line) => `${line}\r`).join('')
}

/** Applies inputs and lets time pass, within the bounds of a cell. */
class Play {
  readonly inputs: Input[] = []
  private turns = 0

  constructor(private readonly lab: CellLab) {}

  input(atMillis: number, body: InputBody): void {
    const input = { seq: this.inputs.length + 1, atMillis, body }
    this.inputs.push(input)
    this.lab.apply(input)
  }

  /** False: it does not happen up to `limitMillis`, or costs more than a cell may. */
  until(met: () => boolean, limitMillis: number): boolean {
    const { lab } = this
    while (!met()) {
      const due = lab.nextDue()
      const next = due === undefined || due > limitMillis ? limitMillis : due
      if (++this.turns > serverLimits.cellTurns) return false
      lab.advance(next, serverLimits.stepsPerSlice)
      if (next === limitMillis && lab.nowMillis >= limitMillis) return met()
    }
    return true
  }
}

/** The life of the recipe's pod, as the trace tells it. */
function watch(lab: CellLab, { namespace, pod }: CellRecipe) {
  const seen = {
    podUid: '', runningAt: null as number | null, isGone: false, stop: (): void => undefined,
  }
  const read = (entry: Entry): void => {
    if (entry.kind !== 'pod-status' || entry.namespace !== namespace || entry.pod !== pod) return
    seen.podUid = entry.podUid
    if (entry.status === 'Running') seen.runningAt ??= entry.at
    if (isStatus(entry, seen.podUid, '')) seen.isGone = true
  }
  for (const entry of lab.trace.entries) read(entry)
  seen.stop = lab.trace.subscribe(read)
  return seen
}
