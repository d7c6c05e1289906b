import { randomUUID } from 'node:crypto'
import { Refusal } from '../answers.ts'
import type { Database, Transaction } from '../database/connect.ts'
import type { BranchInfo, BranchTree } from '../history.ts'
import type { LoadedLesson } from '../lessons.ts'
import { Allowance } from './allowance.ts'
import { cleanName, defaultName, freeName } from './branch-names.ts'
import { pruneBranches } from './branch-pruning.ts'
import type { Host } from './host.ts'
import { serverLimits } from './limits.ts'
import { branchAt, branchesOf, type BranchRow } from './lineage.ts'
import type { LabStore } from './store.ts'

export interface ForkRequest {
  readonly from: string
  readonly atMillis: number
  readonly name?: string | undefined
}

/** The branches of labs: forked, opened, named and deleted, one change of a lab at a time. */
export class Branches {
  private readonly allowances = new Map<string, Allowance>()

  constructor(
    private readonly database: Database,
    private readonly host: Host,
    private readonly store: LabStore,
  ) {}

  async tree(labId: string): Promise<BranchTree> {
    const [rows, lab, ends, warm] = await Promise.all([
      branchesOf(this.database, labId),
      this.database.lab.findUniqueOrThrow({ where: { id: labId }, select: { branchId: true } }),
      this.ends(labId),
      this.host.warmLab(labId),
    ])
    const branches = rows.filter((row) => !row.hidden).map((row): BranchInfo => {
      const end = ends.get(row.id) ?? row.forkAtMillis ?? 0
      const live = warm?.branchId === row.id ? warm.pace.now() : 0
      return {
        id: row.id, name: row.name, ...shownFork(rows, row), endMillis: Math.max(end, live),
      }
    })
    return { open: lab.branchId ?? '', branches }
  }

  /** A branch that can be seen; `not-found` is thrown where there is none. */
  async info(labId: string, branchId: string): Promise<BranchInfo> {
    const found = (await this.tree(labId)).branches.find(({ id }) => id === branchId)
    if (!found) throw new Refusal('not-found')
    return found
  }

  /** Continues from a moment of a branch on one of its own, which is opened and stands paused. */
  async fork(labId: string, { from, atMillis, name }: ForkRequest): Promise<BranchTree> {
    const wanted = name === undefined ? undefined : cleanName(name)
    if (name !== undefined && wanted === undefined) throw new Refusal('bad-message')
    await this.host.exclusively(labId, async (retire) => {
      const rows = await this.changeable(labId)
      if (!rows.some((row) => row.id === from && !row.hidden)) throw new Refusal('not-found')
      const taken = this.roomForOne(rows)
      await retire()
      const end = (await this.ends(labId)).get(from) ?? 0
      // What lies beyond the last known moment has not happened.
      const moment = Math.max(0, Math.min(atMillis, end))
      const parent = branchAt(rows, from, moment)
      if (!parent) throw new Refusal('not-found')
      const named = wanted === undefined ? defaultName(taken) : freeName(wanted, taken)
      await this.addFork(parent, moment, named)
    })
    return this.tree(labId)
  }

  async open(labId: string, branchId: string): Promise<BranchTree> {
    await this.host.exclusively(labId, async (retire) => {
      const rows = await this.changeable(labId)
      if (!rows.some((row) => row.id === branchId && !row.hidden)) throw new Refusal('not-found')
      await retire()
      await this.setOpen(this.database, labId, branchId)
    })
    return this.tree(labId)
  }

  async rename(labId: string, branchId: string, name: string): Promise<BranchTree> {
    const wanted = cleanName(name)
    if (wanted === undefined) throw new Refusal('bad-message')
    await this.host.exclusively(labId, async () => {
      const rows = await branchesOf(this.database, labId)
      if (!rows.some((row) => row.id === branchId && !row.hidden)) throw new Refusal('not-found')
      const others = rows.filter((row) => row.id !== branchId)
      await this.database.branch.update({
        where: { id: branchId }, data: { name: freeName(wanted, namesOf(others)) },
      })
    })
    return this.tree(labId)
  }

  /** A branch that others stand on is hidden, and goes when they no longer need it. */
  async remove(labId: string, branchId: string): Promise<BranchTree> {
    await this.host.exclusively(labId, async () => {
      const { branchId: open } = await this.database.lab.findUniqueOrThrow({
        where: { id: labId }, select: { branchId: true },
      })
      const rows = await branchesOf(this.database, labId)
      if (!rows.some((row) => row.id === branchId && !row.hidden)) throw new Refusal('not-found')
      if (open === branchId) throw new Refusal('branch-open')
      await this.database.$transaction(async (transaction) => {
        await transaction.branch.update({ where: { id: branchId }, data: { hidden: true } })
        // Who deletes a branch no longer wants it seen.
        await transaction.share.deleteMany({ where: { branchId } })
        await pruneBranches(transaction, labId, open ?? '')
      }, transactionLimits)
    })
    return this.tree(labId)
  }

  /** Begins the lesson anew on a branch of its own; the others stay. */
  async reset(labId: string, lesson: LoadedLesson): Promise<void> {
    await this.host.exclusively(labId, async (retire) => {
      const taken = this.roomForOne(await this.changeable(labId))
      await retire()
      await this.store.restart(labId, lesson, freeName('main', taken))
    })
  }

  /** A branch of this lab made of somebody's inputs, opened and paused at the moment. */
  async adopt(
    labId: string, name: string, copy: (transaction: Transaction, branchId: string) => Promise<{
      readonly lastSeq: number; readonly atMillis: number
    }>,
  ): Promise<void> {
    await this.host.exclusively(labId, async (retire) => {
      const taken = this.roomForOne(await this.changeable(labId))
      await retire()
      const id = randomUUID()
      await this.database.$transaction(async (transaction) => {
        await transaction.branch.create({ data: { id, labId, name: freeName(name, taken) } })
        const { lastSeq, atMillis } = await copy(transaction, id)
        await transaction.input.create({ data: pausedAt(id, lastSeq + 1, atMillis) })
        await this.setOpen(transaction, labId, id)
      }, transactionLimits)
    })
  }

  /** The branches of a lab about to be changed; changes that come too fast are refused. */
  private changeable(labId: string): Promise<BranchRow[]> {
    const perSecond = serverLimits.branchChangesPerMinute / 60
    const wall = () => performance.now()
    const allowance = this.allowances.get(labId)
      ?? new Allowance(wall, perSecond, serverLimits.branchChangesPerMinute)
    if (this.allowances.size > serverLimits.warmLabs) this.allowances.clear()
    this.allowances.set(labId, allowance)
    if (allowance.take(1) > 0) throw new Refusal('too-fast')
    return branchesOf(this.database, labId)
  }

  /** Names that are taken, if there is room for one more branch. */
  private roomForOne(rows: readonly BranchRow[]): readonly string[] {
    const shown = rows.filter((row) => !row.hidden)
    if (shown.length >= serverLimits.branchesPerLab) throw new Refusal('too-many-branches')
    return namesOf(rows)
  }

  private async addFork(parent: BranchRow, atMillis: number, name: string): Promise<void> {
    const last = await this.database.input.findFirst({
      // A clock mark at the end may still move.
      where: { branchId: parent.id, atMillis: { lte: atMillis }, kind: { not: 'clock-mark' } },
      orderBy: { seq: 'desc' }, select: { seq: true },
    })
    const forkSeq = last?.seq ?? parent.forkSeq ?? 0
    const [id, { labId, id: parentId }] = [randomUUID(), parent]
    await this.database.$transaction(async (transaction) => {
      await transaction.branch.create({
        data: { id, labId, parentId, forkSeq, forkAtMillis: atMillis, name },
      })
      await transaction.input.create({ data: pausedAt(id, forkSeq + 1, atMillis) })
      await this.setOpen(transaction, labId, id)
    }, transactionLimits)
  }

  private async setOpen(
    database: Pick<Database, '$queryRaw' | 'lab'>, labId: string, branchId: string,
  ): Promise<void> {
    const starts = await database.$queryRaw<{ version: string }[]>`
      WITH RECURSIVE line AS (
        SELECT id, "parentId" FROM "Branch" WHERE id = ${branchId}::uuid
        UNION ALL
        SELECT above.id, above."parentId" FROM "Branch" above JOIN line
          ON above.id = line."parentId"
      )
      SELECT input.data->>'simulatorVersion' AS version
      FROM line JOIN "Input" input ON input."branchId" = line.id AND input.seq = 0`
    const simulatorHash = starts[0]?.version
    await database.lab.update({
      where: { id: labId },
      data: { branchId, held: null, ...(simulatorHash === undefined ? {} : { simulatorHash }) },
    })
  }

  /** The last moment that each branch's own journal knows. */
  private async ends(labId: string): Promise<Map<string, number>> {
    const rows = await this.database.$queryRaw<{ id: string; at: number | null }[]>`
      SELECT id, (
        SELECT "atMillis" FROM "Input" WHERE "branchId" = branch.id ORDER BY seq DESC LIMIT 1
      ) AS at
      FROM "Branch" branch WHERE "labId" = ${labId}::uuid`
    return new Map(rows.flatMap(({ id, at }) => (at === null ? [] : [[id, at] as const])))
  }
}

/** Copying or joining a long journal takes its time; waiting for a connection should not. */
const transactionLimits = { maxWait: 5_000, timeout: 30_000 }

function namesOf(rows: readonly BranchRow[]): string[] {
  return rows.filter((row) => !row.hidden).map((row) => row.name)
}

/** A fork's own first input: it stands still at the moment it was made at. */
function pausedAt(branchId: string, seq: number, atMillis: number) {
  return { branchId, seq, atMillis, kind: 'pace', source: 'host', data: { pace: 0 } }
}

/** The fork as it is drawn: the nearest ancestor that is shown, and where they part. */
function shownFork(
  rows: readonly BranchRow[], row: BranchRow,
): Pick<BranchInfo, 'parentId' | 'forkAtMillis'> {
  let at: BranchRow | undefined = row
  let forkAtMillis = Infinity
  while (at?.parentId) {
    const { parentId }: BranchRow = at
    forkAtMillis = Math.min(forkAtMillis, at.forkAtMillis ?? 0)
    at = rows.find(({ id }) => id === parentId)
    if (at && !at.hidden) return { parentId: at.id, forkAtMillis }
  }
  return { parentId: null, forkAtMillis: null }
}
