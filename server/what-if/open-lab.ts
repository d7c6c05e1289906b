import type { Database } from '../database/connect.ts'
import type { Host } from '../labs/host.ts'
import { branchesOf, lineage, readSegments } from '../labs/lineage.ts'
import { startOf } from '../labs/replay.ts'
import { textsByPath } from '../labs/steps-done.ts'
import type { OpenLab } from './what-if.ts'

/** Reads a lab for "what if": from memory, where the learner's page has brought it. */
export async function readOpenLab(
  database: Database, host: Host, labId: string,
): Promise<OpenLab> {
  const lab = await host.open(labId)
  // Time that runs ahead is not in the journal yet.
  await lab.rest()
  const [row, branches] = await Promise.all([
    database.lab.findUniqueOrThrow({ where: { id: labId }, select: { lessonId: true } }),
    branchesOf(database, labId),
  ])
  const root = lineage(branches, lab.branchId).at(-1)?.branchId ?? lab.branchId
  const [first] = await readSegments(database, [{ branchId: root, upTo: 0 }])
  return {
    branchId: lab.branchId, lessonId: row.lessonId, start: startOf(first),
    entries: lab.sim.trace.entries, files: textsByPath(lab.sim.files()),
  }
}
