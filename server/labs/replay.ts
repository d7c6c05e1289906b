import { z } from 'zod'
import type { InputBody, LabStart } from '../../simulator/lab-types.ts'
import type { Database } from '../database/connect.ts'
import { serverLimits } from './limits.ts'
import type { NewLab, SimulatedLab, Simulators } from './simulators.ts'
import { textsByPath, type ClientRecord, type JournalState, type StepJudge } from './warm-lab.ts'

/** A journal line as it is read back. */
export interface StoredInput {
  readonly seq: number
  readonly atMillis: number
  readonly kind: string
  readonly source: string
  readonly clientSeq: number | null
  readonly data: unknown
}

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

/** The inputs of a branch in order, with those it shares with the branches it was forked from. */
export async function readJournal(database: Database, branchId: string): Promise<StoredInput[]> {
  const branch = await database.branch.findUniqueOrThrow({ where: { id: branchId } })
  const own = await database.input.findMany({
    where: { branchId },
    orderBy: { seq: 'asc' },
    select: { seq: true, atMillis: true, kind: true, source: true, clientSeq: true, data: true },
  })
  if (branch.parentId === null) return own
  const shared = await readJournal(database, branch.parentId)
  return [...shared.filter((input) => input.seq <= (branch.forkSeq ?? 0)), ...own]
}

export async function replay(
  simulators: Simulators, branchId: string, inputs: readonly StoredInput[], judge: StepJudge,
): Promise<Replayed> {
  const [first, ...rest] = inputs
  if (first?.kind !== 'start') throw new Error(`branch ${branchId} has no start`)
  const start: LabStart = withoutUndefined(
    startSchema.parse({ ...Object(first.data), kind: 'start' }),
  )
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
    const result = sim.apply({ seq: input.seq, atMillis: input.atMillis, body })
    if (body.kind === 'pace' && result.ok) {
      rate = body.pace
      skipsQuiet = body.skipsQuiet ?? skipsQuiet
    }
    if (input.clientSeq === null) continue
    const record = clients.get(input.source)
      ?? { last: 0, applied: 0, results: new Map<number, never>() }
    record.last = record.applied = Math.max(record.applied, input.clientSeq)
    clients.set(input.source, record)
  }
  grader.stop()
  const last = inputs.at(-1) ?? first
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

/** Parse boundary: the row was validated before it was written. */
function bodyOf(input: StoredInput): InputBody {
  return { kind: input.kind, ...Object(input.data) } as InputBody
}

/** Lets other work of the process go on when this has had its share. */
function turns(): () => Promise<void> {
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
