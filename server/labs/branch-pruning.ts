import type { Transaction } from '../database/connect.ts'
import { branchesOf, type BranchRow } from './lineage.ts'

/**
 * Lets go of hidden branches: one that nothing stands on goes, one that carries a single branch is
 * joined with it. So there are never more hidden branches than shown ones.
 */
export async function pruneBranches(
  transaction: Transaction, labId: string, open: string,
): Promise<void> {
  for (;;) {
    const rows = await branchesOf(transaction, labId)
    const forksOf = (row: BranchRow) => rows.filter(({ parentId }) => parentId === row.id)
    const idle = rows.find((row) => row.hidden && forksOf(row).length <= 1)
    if (!idle) return
    const [fork] = forksOf(idle)
    if (fork) await joinWith(transaction, idle, fork)
    await keepCompletions(transaction, idle.id, fork?.id ?? open)
    await transaction.branch.delete({ where: { id: idle.id } })
  }
}

/** The fork takes over the inputs it stands on; whose pages sent them no longer matters. */
async function joinWith(
  transaction: Transaction, above: BranchRow, fork: BranchRow,
): Promise<void> {
  await transaction.input.updateMany({
    where: { branchId: above.id, seq: { lte: fork.forkSeq ?? 0 } },
    data: { branchId: fork.id, clientSeq: null },
  })
  const { parentId, forkSeq, forkAtMillis } = above
  await transaction.branch.update({
    where: { id: fork.id }, data: { parentId, forkSeq, forkAtMillis },
  })
}

/** A step that was done stays done, whatever becomes of the branch. */
async function keepCompletions(
  transaction: Transaction, branchId: string, heir: string,
): Promise<void> {
  const done = await transaction.stepCompletion.findMany({ where: { branchId } })
  await transaction.stepCompletion.createMany({
    data: done.map(({ stepId, atMillis, createdAt }) => ({
      branchId: heir, stepId, atMillis, createdAt,
    })),
    skipDuplicates: true,
  })
}
