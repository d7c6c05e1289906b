import { z } from 'zod'
import type { InputBody, LabStart } from '../../simulator/lab-types.ts'
import { serverLimits } from './limits.ts'
import type { StoredInput } from './lineage.ts'
import type { NewLab, SimulatedLab, Simulators } from './simulators.ts'
import type { JournalState } from './branch-writer.ts'
import type { ClientRecord } from './client-records.ts'
import { textsByPath, type StepJudge } from './steps-done.ts'

/** A lab brought to the last moment its journal knows. */
export interface Replayed {
  readonly sim: SimulatedLab
  readonly start: LabStart
  readonly judge: StepJudge
  readonly at: JournalState
  readonly clients: Map<string, ClientRecord>
  readonly rate: number
  readonly skipsQuiet: boolean
}

const startSchema = z.object({
  kind: z.literal('start'),
  files: z.record(z.string(), z.string()),
  seed: z.number(),
  startEpochMillis: z.number(),
  simulatorVersion: z.string(),
  namespace: z.string().optional(),
})

export async function replay(
  simulators: Simulators, branchId: string, inputs: readonly StoredInput[], judge: StepJudge,
): Promise<Replayed> {
  const [first, ...rest] = inputs
  const start = startOf(first)
  const newLab: NewLab = await simulators.load(start.simulatorVersion)
  const sim = newLab(start)
  const grader = gradeOn(sim, judge)
  const clients = new Map<string, ClientRecord>()
  const giveWay = turns()
  let [rate, skipsQuiet] = [1, false]
  for (const input of rest) {
    while (!sim.advance(input.atMillis, serverLimits.stepsPerSlice)) await giveWay()
    await giveWay()
    if (input.kind === 'clock-mark') continue
    const body = bodyOf(input)
    sim.apply({ seq: input.seq, atMillis: input.atMillis, body })
    if (body.kind === 'pace') {
      rate = body.pace
      skipsQuiet = body.skipsQuiet ?? skipsQuiet
    }
    // A page begins to count anew on each branch.
    if (input.clientSeq === null || input.branchId !== branchId) continue
    const record = clients.get(input.source)
      ?? { last: 0, applied: 0, results: new Map<number, never>() }
    record.last = record.applied = Math.max(record.applied, input.clientSeq)
    clients.set(input.source, record)
  }
  grader.stop()
  const last = inputs.at(-1)!
  const at = {
    branchId, nextSeq: last.seq + 1, lastStamp: last.atMillis,
    markSeq: last.kind === 'clock-mark' ? last.seq : undefined,
  }
  return { sim, start, judge, at, clients, rate, skipsQuiet }
}

function gradeOn(sim: SimulatedLab, judge: StepJudge): { stop(): void } {
  let texts: Record<string, string> | undefined
  const files = () => (texts ??= textsByPath(sim.files()))
  for (const entry of sim.trace.entries) judge.feed(entry, files())
  const stopFiles = sim.onFilesChanged(() => { texts = undefined })
  const stopTrace = sim.trace.subscribe((entry) => {
    if (entry.kind === 'file') texts = undefined
    judge.feed(entry, files())
  })
  return { stop: () => { stopFiles(); stopTrace() } }
}

/** The first line of a journal. */
export function startOf(first: StoredInput | undefined): LabStart {
  if (first?.kind !== 'start') throw new Error('a journal begins with its start')
  return withoutUndefined(startSchema.parse({ ...Object(first.data), kind: 'start' }))
}

/** Parse boundary: the row was validated before it was written. */
export function bodyOf(input: StoredInput): InputBody {
  return { kind: input.kind, ...Object(input.data) } as InputBody
}

/** Lets other work of the process go on when this has had its share. */
export function turns(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < serverLimits.restoreSliceMillis) return
    await new Promise<void>((resolve) => setImmediate(resolve))
    since = performance.now()
  }
}

function withoutUndefined(start: z.infer<typeof startSchema>): LabStart {
  const { namespace, ...rest } = start
  return namespace === undefined ? rest : { ...rest, namespace }
}
