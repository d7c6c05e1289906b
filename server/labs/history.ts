import { Refusal } from '../answers.ts'
import type { Database } from '../database/connect.ts'
import type { BranchEntries, PastView } from '../history.ts'
import type { Branches } from './branches.ts'
import type { Host } from './host.ts'
import { branchesOf, lineage, readSegments } from './lineage.ts'
import type { Pasts, Source } from './past.ts'
import type { WarmLab } from './warm-lab.ts'

/** What was on a lab's branches, for its owner. */
export class History {
  constructor(
    private readonly database: Database,
    private readonly host: Host,
    private readonly branches: Branches,
    private readonly pasts: Pasts,
  ) {}

  async look(labId: string, branchId: string, atMillis: number): Promise<PastView> {
    const shown = await this.database.branch.count({
      where: { id: branchId, labId, hidden: false },
    })
    if (shown === 0) throw new Refusal('not-found')
    return this.past(labId, branchId).look(atMillis)
  }

  async entries(labId: string, branchId: string): Promise<BranchEntries> {
    const branch = await this.branches.info(labId, branchId)
    const { entries, atMillis } = await this.past(labId, branchId).entries()
    return { branch, nowMillis: atMillis, entries }
  }

  private past(labId: string, branchId: string) {
    return this.pasts.of(branchId, () => branchSource(this.database, this.host, labId, branchId))
  }
}

/** A branch's journal for who looks back on it; the open one reaches to where its lab stands. */
function branchSource(
  database: Database, host: Host, labId: string, branchId: string,
): Source {
  return {
    read: async (from) => {
      const warm = await host.warmLab(labId)
      // Read before the journal: what is typed from here on carries a later stamp.
      const live = warm?.branchId === branchId ? settledMillis(warm) : 0
      // Its own later inputs need no look at the branches above.
      const segments = from > 0
        ? [{ branchId, upTo: undefined }] : lineage(await branchesOf(database, labId), branchId)
      const inputs = await readSegments(database, segments, from)
      return { inputs, endMillis: Math.max(live, inputs.at(-1)?.atMillis ?? 0) }
    },
  }
}

/** Up to here nothing of a live lab can change any more. */
function settledMillis(lab: WarmLab): number {
  if (lab.isAhead) return 0
  const [now, due] = [lab.pace.now(), lab.sim.nextDue()]
  return lab.isIdle && (due === undefined || due > now) ? now : lab.sim.nowMillis
}
