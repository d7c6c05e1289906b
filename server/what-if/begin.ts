import { availableParallelism } from 'node:os'
import { platform } from 'node:process'
import type { Database } from '../database/connect.ts'
import type { Branches } from '../labs/branches.ts'
import type { Host } from '../labs/host.ts'
import { serverLimits } from '../labs/limits.ts'
import type { BundledSimulators } from '../labs/simulators.ts'
import { findLesson, loadLessons } from '../lessons.ts'
import { startThread } from './cell-thread.ts'
import { readOpenLab } from './open-lab.ts'
import { CellPool } from './pool.ts'
import { warmUpCells } from './warm-up.ts'
import { WhatIf } from './what-if.ts'

/** "What if" with the process's own labs, and its threads started. */
export function beginWhatIf(
  { database, host, branches, simulators }: {
    readonly database: Database; readonly host: Host; readonly branches: Branches
    readonly simulators: BundledSimulators
  },
): WhatIf {
  const pool = new CellPool(threadCount(), startThread)
  const asked = new AbortController()
  simulators.fileOf(simulators.current)
    .then((bundle) => warmUpCells(pool, bundle, loadLessons(), asked.signal))
    .catch((error: unknown) => console.error(`what-if: ${String(error)}`))
  return new WhatIf({
    onAsked: () => asked.abort(),
    pool, branches, branchOf: async (labId) => (await host.open(labId)).branchId,
    readLab: (labId) => readOpenLab(database, host, labId),
    lessonOf: (lessonId) => findLesson(lessonId)?.lesson,
    bundleOf: (version) => simulators.fileOf(version),
  })
}

/** Where threads cannot be told to give way, one core is left to the site. */
function threadCount(): number {
  const cores = availableParallelism()
  const free = platform === 'linux' ? cores : cores - 1
  return Math.max(1, Math.min(free, serverLimits.cellThreads))
}
