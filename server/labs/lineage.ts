import type { Database } from '../database/connect.ts'

/** A branch as far as its place among the others goes. */
export interface BranchRow {
  readonly id: string
  readonly labId: string
  readonly parentId: string | null
  readonly forkSeq: number | null
  readonly forkAtMillis: number | null
  readonly name: string
  readonly hidden: boolean
}

/** Inputs of one branch up to a number; without one: all of them. */
export interface Segment { readonly branchId: string; readonly upTo: number | undefined }

/** A journal line as it is read back. */
export interface StoredInput {
  readonly branchId: string
  readonly seq: number
  readonly atMillis: number
  readonly kind: string
  readonly source: string
  readonly clientSeq: number | null
  readonly data: unknown
}

/** All branches of a lab, hidden ones too, oldest first. */
export function branchesOf(
  database: Pick<Database, 'branch'>, labId: string,
): Promise<BranchRow[]> {
  return database.branch.findMany({
    where: { labId }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
}

/** What a branch's journal is made of: its own inputs, and those it shares, nearest first. */
export function lineage(rows: readonly BranchRow[], branchId: string): Segment[] {
  const byId = new Map(rows.map((row) => [row.id, row]))
  const segments: Segment[] = []
  let upTo: number | undefined
  for (let at = byId.get(branchId); at; at = byId.get(at.parentId ?? '')) {
    segments.push({ branchId: at.id, upTo })
    if (at.parentId === null) return segments
    upTo = Math.min(upTo ?? Infinity, at.forkSeq ?? 0)
  }
  throw new Error(`branch ${branchId} does not lead back to a start`)
}

/** The branch on this line that a moment belongs to: a fork's own time begins where it forked. */
export function branchAt(
  rows: readonly BranchRow[], branchId: string, atMillis: number,
): BranchRow | undefined {
  let row = rows.find(({ id }) => id === branchId)
  while (row?.parentId && atMillis < (row.forkAtMillis ?? 0)) {
    const { parentId } = row
    row = rows.find(({ id }) => id === parentId)
  }
  return row
}

/** The inputs of these segments in their order; `from`: the first number wanted. */
export function readSegments(
  database: Pick<Database, 'input'>, segments: readonly Segment[], from = 0,
): Promise<StoredInput[]> {
  return database.input.findMany({
    where: {
      OR: segments.map(({ branchId, upTo }) => ({
        branchId, seq: { gte: from, ...(upTo === undefined ? {} : { lte: upTo }) },
      })),
    },
    orderBy: { seq: 'asc' },
    select: {
      branchId: true, seq: true, atMillis: true, kind: true, source: true, clientSeq: true,
      data: true,
    },
  })
}

/** The inputs of a branch in order, with those it shares with the branches it was forked from. */
export async function readJournal(database: Database, branchId: string): Promise<StoredInput[]> {
  const rows = await database.branch.findMany({
    where: { lab: { branches: { some: { id: branchId } } } },
  })
  return readSegments(database, lineage(rows, branchId))
}
