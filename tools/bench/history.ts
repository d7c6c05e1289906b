import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectDatabase, type Database } from '../../server/database/connect.ts'
import { startEmbedded } from '../../server/database/embedded.ts'
import { Branches } from '../../server/labs/branches.ts'
import { History } from '../../server/labs/history.ts'
import { Host } from '../../server/labs/host.ts'
import { Pasts } from '../../server/labs/past.ts'
import type { Simulators } from '../../server/labs/simulators.ts'
import { LabStore } from '../../server/labs/store.ts'
import { loadLessons } from '../../server/lessons.ts'
import { Lab } from '../../simulator/lab.ts'
import { quantile, type Figure } from './figure.ts'
import { reference } from './reference.ts'

const looks = 400
const forks = 30
const scrubbedLabs = 10

const simulators: Simulators = { current: 'bench', load: async () => (start) => new Lab(start) }

/** Looking back on the reference lab and forking it, over its journal in PostgreSQL. */
export async function historyFigures(): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'grace-bench-'))
  const embedded = await startEmbedded(join(directory, 'postgres'))
  const database = await connectDatabase(embedded.url)
  try {
    return await figures(database)
  } finally {
    await database.$disconnect()
    embedded.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}

async function figures(database: Database): Promise<Figure[]> {
  await database.simulatorBundle.create({ data: { hash: 'bench', code: '' } })
  const host = new Host({ database, simulators })
  const store = new LabStore(database, () => simulators.current, () => Date.now())
  const branches = new Branches(database, host, store)
  const pasts = new Pasts(simulators)
  const history = new History(database, host, branches, pasts)
  try {
    await scrub(history, await referenceLab(database, store))
    return [
      await memory(history, pasts, database, store),
      await scrub(history, await referenceLab(database, store)),
      await fork(host, branches, await referenceLab(database, store)),
    ]
  } finally {
    pasts.close()
    await host.stop()
  }
}

interface Stored { readonly labId: string; readonly branchId: string }

async function referenceLab(database: Database, store: LabStore): Promise<Stored> {
  const { start, inputs, endMillis } = reference()
  const [lesson] = loadLessons()
  const labId = await store.create(randomUUID(), { ...lesson!, files: start.files })
  const { branchId } = await database.lab.findUniqueOrThrow({ where: { id: labId } })
  if (!branchId) throw new Error('a lab without a branch')
  const rows = inputs.map(({ seq, atMillis, body: { kind, ...data } }) => ({
    branchId, seq, atMillis, kind, data, source: 'bench-page', clientSeq: seq,
  }))
  const seq = inputs.length + 1
  await database.input.createMany({ data: [...rows, {
    branchId, seq, atMillis: endMillis, kind: 'clock-mark', data: {}, source: 'host',
    clientSeq: null,
  }] })
  return { labId, branchId }
}

/** A drag there and back, and leaps; the first look, which runs the journal, is one of them. */
async function scrub(history: History, { labId, branchId }: Stored): Promise<Figure> {
  const { endMillis } = reference()
  const samples: number[] = []
  for (let i = 0; i < looks; i++) {
    const share = i % 3 === 0 ? Math.random() : Math.abs(1 - (2 * i) / looks)
    const begun = performance.now()
    JSON.stringify(await history.look(labId, branchId, share * endMillis))
    samples.push(performance.now() - begun)
    // As quickly as a page may ask.
    await new Promise((resolve) => setTimeout(resolve, 17))
  }
  return {
    what: 'scrub of the reference lab, p95', unit: 'ms', measured: quantile(samples, 0.95),
    bound: 100, how: `${looks} looks, first ${samples[0]!.toFixed(0)} ms`,
  }
}

/** From the wish to the lab that stands paused at the moment, ready for its page. */
async function fork(
  host: Host, branches: Branches, { labId, branchId }: Stored,
): Promise<Figure> {
  const { endMillis } = reference()
  const asked: number[] = []
  const ready: number[] = []
  for (let i = 0; i < forks; i++) {
    await host.open(labId)
    const begun = performance.now()
    await branches.fork(labId, { from: branchId, atMillis: (i / forks) * endMillis })
    asked.push(performance.now() - begun)
    await host.open(labId)
    ready.push(performance.now() - begun)
  }
  return {
    what: 'fork of the reference lab, p95', unit: 'ms', measured: quantile(asked, 0.95),
    bound: 100,
    how: `${forks} moments; replayed too: median ${quantile(ready, 0.5).toFixed(0)} ms`,
  }
}

/** Heap of a lab that is being looked back on, beyond the lab itself. */
async function memory(
  history: History, pasts: Pasts, database: Database, store: LabStore,
): Promise<Figure> {
  const labs: Stored[] = []
  for (let i = 0; i < scrubbedLabs; i++) labs.push(await referenceLab(database, store))
  const look = async (share: number) => {
    const { endMillis } = reference()
    for (const { labId, branchId } of labs) await history.look(labId, branchId, share * endMillis)
  }
  await look(0)
  pasts.close()
  const before = heap()
  for (const share of [0.9, 0.1, 0.5, 0.3, 0.7]) await look(share)
  const kilobytes = (heap() - before) / scrubbedLabs / 1024
  return {
    what: 'memory of a scrubbed lab', unit: 'KB', measured: kilobytes, bound: 5 * 1024,
    how: `${scrubbedLabs} labs, five looks each`,
  }
}

function heap(): number {
  if (!globalThis.gc) throw new Error('run with node --expose-gc')
  globalThis.gc()
  globalThis.gc()
  return process.memoryUsage().heapUsed
}
