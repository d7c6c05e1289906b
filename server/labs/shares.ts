import { randomBytes } from 'node:crypto'
import { Refusal } from '../answers.ts'
import type { Database, Transaction } from '../database/connect.ts'
import type { PastView, SharedLab, ShareInfo } from '../history.ts'
import { serverLimits } from './limits.ts'
import { branchAt, branchesOf, lineage, readSegments, type Segment } from './lineage.ts'
import type { Pasts, Source } from './past.ts'
import type { Branches } from './branches.ts'
import type { Host } from './host.ts'

const tokenFormat = /^[A-Za-z0-9_-]{22}$/

interface Live {
  readonly token: string
  readonly labId: string
  readonly branchId: string
  readonly seq: number
  readonly atMillis: number
  readonly lesson: string
}

/** Links by which anybody sees a lab as it stood at one moment, and may continue from there. */
export class Shares {
  constructor(
    private readonly database: Database,
    private readonly host: Host,
    private readonly branches: Branches,
    private readonly pasts: Pasts,
  ) {}

  async list(labId: string): Promise<readonly ShareInfo[]> {
    const rows = await this.database.share.findMany({
      where: { labId, revokedAt: null }, orderBy: [{ createdAt: 'asc' }, { token: 'asc' }],
      include: { branch: { select: { name: true } } },
    })
    return rows.map(({ token, branchId, branch, atMillis, createdAt }) => ({
      token, branchId, branchName: branch.name, atMillis, createdAt: createdAt.toISOString(),
    }))
  }

  async create(labId: string, branchId: string, atMillis: number): Promise<readonly ShareInfo[]> {
    await this.host.exclusively(labId, async () => {
      const rows = await branchesOf(this.database, labId)
      if (!rows.some((row) => row.id === branchId && !row.hidden)) throw new Refusal('not-found')
      const live = await this.database.share.count({ where: { labId, revokedAt: null } })
      if (live >= serverLimits.sharesPerLab) throw new Refusal('too-many-shares')
      const { endMillis } = await this.branches.info(labId, branchId)
      const moment = Math.max(0, Math.min(atMillis, endMillis))
      const parent = branchAt(rows, branchId, moment)
      const last = await this.database.input.findFirst({
        where: {
          branchId: parent?.id ?? branchId, atMillis: { lte: moment }, kind: { not: 'clock-mark' },
        },
        orderBy: { seq: 'desc' }, select: { seq: true },
      })
      // A revoked link is as good as unknown.
      await this.database.share.deleteMany({ where: { labId, revokedAt: { not: null } } })
      const token = randomBytes(16).toString('base64url')
      await this.database.share.create({
        data: { token, labId, branchId, atMillis: moment, seq: last?.seq ?? parent?.forkSeq ?? 0 },
      })
    })
    return this.list(labId)
  }

  async revoke(labId: string, token: string): Promise<readonly ShareInfo[]> {
    const { count } = await this.database.share.updateMany({
      where: { token, labId, revokedAt: null }, data: { revokedAt: new Date() },
    })
    if (count === 0) throw new Refusal('not-found')
    this.pasts.forget(pastKey(token))
    return this.list(labId)
  }

  /** What a reader begins with: nothing after the moment, and nobody's name. */
  async read(token: string): Promise<SharedLab> {
    const live = await this.live(token)
    return { lesson: live.lesson, ...await this.past(live).entries() }
  }

  async look(token: string, atMillis: number): Promise<PastView> {
    return this.past(await this.live(token)).look(atMillis)
  }

  async lessonOf(token: string): Promise<string> {
    return (await this.live(token)).lesson
  }

  /** Continues the shared lab in a lab of the reader's own, on a branch of its own. */
  async forkInto(labId: string, token: string): Promise<void> {
    const live = await this.live(token)
    const segments = await this.segments(live)
    await this.branches.adopt(labId, 'shared', async (transaction, branchId) => {
      for (const { branchId: from, upTo = live.seq } of segments) {
        await copyInputs(transaction, from, upTo, branchId)
      }
      return { lastSeq: live.seq, atMillis: live.atMillis }
    })
  }

  /** Unknown, revoked, or of a lab that is gone: to a stranger these are the same. */
  private async live(token: string): Promise<Live> {
    const found = tokenFormat.test(token)
      ? await this.database.share.findUnique({
        where: { token, revokedAt: null }, include: { lab: { select: { lessonId: true } } },
      })
      : null
    if (!found) throw new Refusal('not-found')
    const { labId, branchId, seq, atMillis, lab } = found
    return { token, labId, branchId, seq, atMillis, lesson: lab.lessonId }
  }

  private past(live: Live) {
    return this.pasts.of(pastKey(live.token), () => this.source(live))
  }

  /** Only the inputs it shows: what came later at the same moment is never even run. */
  private source(live: Live): Source {
    return {
      read: async (from) => ({
        inputs: await readSegments(this.database, await this.segments(live), from),
        endMillis: live.atMillis,
      }),
    }
  }

  private async segments({ labId, branchId, seq }: Live): Promise<readonly Segment[]> {
    const line = lineage(await branchesOf(this.database, labId), branchId)
    return line.map(({ branchId: id, upTo = seq }) => ({
      branchId: id, upTo: Math.min(upTo, seq),
    }))
  }
}

function pastKey(token: string): string {
  return `share:${token}`
}

/** Whose pages sent the inputs is not copied, nor are clock marks: nothing waits for them. */
async function copyInputs(
  transaction: Transaction, from: string, upTo: number, to: string,
): Promise<void> {
  await transaction.$executeRaw`
    INSERT INTO "Input" ("branchId", seq, "atMillis", kind, source, "clientSeq", data)
    SELECT ${to}::uuid, seq, "atMillis", kind, 'shared', NULL, data
    FROM "Input"
    WHERE "branchId" = ${from}::uuid AND seq <= ${upTo} AND kind <> 'clock-mark'`
}
