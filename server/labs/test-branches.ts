import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { InputBody } from '../../simulator/lab-types.ts'
import type { Database } from '../database/connect.ts'
import type { Branches } from './branches.ts'
import type { Host } from './host.ts'
import { keys, openTab, screen, testBench, testLesson, type Bench } from './test-bench.ts'
import type { WarmLab } from './warm-lab.ts'

export const clockMark: InputBody = { kind: 'clock-mark' }

/** A journal with the odd moments: two inputs with one stamp, marks between and at the end. */
export const told: readonly (readonly [number, number, InputBody])[] = [
  [1, 0, openTab], [2, 1_000, keys('a')], [3, 3_000, clockMark], [4, 4_000, keys('b')],
  [5, 4_000, keys('c')], [6, 9_000, clockMark],
]

export interface LabWithBranches {
  readonly host: Host
  readonly branches: Branches
  readonly learner: string
  readonly id: string
  /** The first branch. */
  readonly main: string
  readonly live: () => Promise<WarmLab>
}

/** Labs, each on a server of its own. */
export async function labsWithBranches(
  database: Database,
): Promise<{ readonly bench: Bench; readonly newLab: () => Promise<LabWithBranches> }> {
  const bench = await testBench(database)
  const newLab = async () => {
    const host = bench.newHost()
    const branches = bench.branches(host)
    const learner = randomUUID()
    const id = await bench.store.create(learner, testLesson)
    const main = (await branches.tree(id)).open
    return { host, branches, learner, id, main, live: () => host.open(id) }
  }
  return { bench, newLab }
}

/** Puts lines into the journal of a branch as if they had been typed then. */
export async function write(
  database: Database, branchId: string,
  rows: readonly (readonly [seq: number, at: number, body: InputBody])[],
): Promise<void> {
  await database.input.createMany({
    data: rows.map(([seq, atMillis, { kind, ...data }]) => ({
      branchId, seq, atMillis, kind, data, source: 'client-1',
      clientSeq: kind === 'clock-mark' ? null : seq,
    })),
  })
}

/** First letters of the lines on the screen. */
export function letters(lab: WarmLab): string {
  return screen(lab).split('\n').map((line) => line[0] ?? '').join('')
}

export const refusal = (code: string) => expect.objectContaining({ name: 'Refusal', code })
