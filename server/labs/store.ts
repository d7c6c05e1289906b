import { randomInt, randomUUID } from 'node:crypto'
import type { LabStart } from '../../simulator/lab-types.ts'
import type { Database } from '../database/connect.ts'
import type { LoadedLesson } from '../lessons.ts'
import { serverLimits } from './limits.ts'

/** Labs as rows: who has which, and where each begins. */
export class LabStore {
  private made = 0
  private minute = 0

  constructor(
    private readonly database: Database,
    private readonly simulatorVersion: () => string,
    private readonly epochMillis: () => number,
  ) {}

  /** The learner's lab for a lesson; undefined: there is none yet. */
  async find(learnerId: string, lessonId: string): Promise<string | undefined> {
    const lab = await this.database.lab.findUnique({
      where: { learnerId_lessonId: { learnerId, lessonId } }, select: { id: true },
    })
    return lab?.id
  }

  async isOwnedBy(labId: string, learnerId: string): Promise<boolean> {
    return (await this.database.lab.count({ where: { id: labId, learnerId } })) === 1
  }

  /** Lesson of a lab that belongs to the learner. */
  async lessonOf(labId: string, learnerId: string): Promise<string | undefined> {
    const lab = await this.database.lab.findFirst({
      where: { id: labId, learnerId }, select: { lessonId: true },
    })
    return lab?.lessonId
  }

  /** Makes the learner, if new, and the lab with its first branch and input, in one transaction. */
  async create(learnerId: string, lesson: LoadedLesson): Promise<string | 'too-many-labs'> {
    if (this.tooFast()) return 'too-many-labs'
    const owned = await this.database.lab.count({ where: { learnerId } })
    if (owned >= serverLimits.labsPerLearner) return 'too-many-labs'
    const [id, branchId, seed] = [randomUUID(), randomUUID(), randomInt(0x7fff_ffff)]
    try {
      await this.database.$transaction([
        this.database.learner.createMany({ data: [{ id: learnerId }], skipDuplicates: true }),
        this.database.lab.create({
          data: {
            id, learnerId, lessonId: lesson.lesson.id, lessonVersion: lesson.version, seed,
            simulatorHash: this.simulatorVersion(), branchId,
          },
        }),
        ...this.firstBranch(id, branchId, seed, lesson),
      ])
      return id
    } catch (error) {
      // Two tabs at once: the other was first, and its lab is the one.
      const other = isDuplicate(error) ? await this.find(learnerId, lesson.lesson.id) : undefined
      if (other) return other
      throw error
    }
  }

  /** Begins the lab anew on a branch of this name, with today's lesson and simulator. */
  async restart(labId: string, lesson: LoadedLesson, name = 'main'): Promise<void> {
    const { seed } = await this.database.lab.findUniqueOrThrow({ where: { id: labId } })
    const branchId = randomUUID()
    await this.database.$transaction([
      ...this.firstBranch(labId, branchId, seed, lesson, name),
      this.database.lab.update({
        where: { id: labId },
        data: {
          branchId, held: null, lessonVersion: lesson.version,
          simulatorHash: this.simulatorVersion(),
        },
      }),
    ])
  }

  /** Steps done, by lesson, on any branch. */
  async progress(learnerId: string): Promise<Record<string, string[]>> {
    const labs = await this.database.lab.findMany({
      where: { learnerId },
      select: {
        lessonId: true,
        branches: { select: { completions: { select: { stepId: true } } } },
      },
    })
    return Object.fromEntries(labs.map(({ lessonId, branches }) => {
      const steps = branches.flatMap((branch) => branch.completions.map((step) => step.stepId))
      return [lessonId, [...new Set(steps)]]
    }))
  }

  private firstBranch(
    labId: string, branchId: string, seed: number, lesson: LoadedLesson, name = 'main',
  ) {
    const start: LabStart = {
      kind: 'start', files: lesson.files, seed, startEpochMillis: this.epochMillis(),
      simulatorVersion: this.simulatorVersion(),
    }
    return [
      this.database.branch.create({ data: { id: branchId, labId, name } }),
      this.database.input.create({
        data: { branchId, seq: 0, atMillis: 0, kind: 'start', source: 'host', data: { ...start } },
      }),
    ]
  }

  /** A bound on what strangers can make the database grow by. */
  private tooFast(): boolean {
    const minute = Math.floor(this.epochMillis() / 60_000)
    if (minute !== this.minute) this.made = 0
    this.minute = minute
    return ++this.made > serverLimits.labsPerMinute
  }
}

/** Compared by code: one process may hold two copies of the client's classes. */
function isDuplicate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'P2002'
}
