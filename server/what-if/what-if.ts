import { Refusal } from '../answers.ts'
import type { BranchTree } from '../history.ts'
import type { Lesson } from '../grading/lesson.ts'
import { Allowance } from '../labs/allowance.ts'
import { cleanName } from '../labs/branch-names.ts'
import type { Branches } from '../labs/branches.ts'
import { serverLimits } from '../labs/limits.ts'
import { openingInputs } from './cell.ts'
import type { CellPicture, CellResult } from './orders.ts'
import type { CellPool } from './pool.ts'
import { canBe, plain, settingsOf } from './question.ts'
import { Recent } from './recent.ts'
import { shutdownsIn } from './shutdowns.ts'
import { subjectOf, type LabSource, type Subject } from './subject.ts'
import type {
  Outcome, Settings, WhatIfLine, WhatIfQuestion, WhatIfSubject,
} from './types.ts'

/** A lab as it stands: its open branch, and what is read of it. */
export interface OpenLab extends Omit<LabSource, 'lesson'> {
  readonly branchId: string
  readonly lessonId: string
}

export interface WhatIfOptions {
  readonly pool: CellPool
  readonly branches: Pick<Branches, 'adopt' | 'tree'>
  /** The lab's open branch: what is known of it is not read again. */
  readonly branchOf: (labId: string) => Promise<string>
  readonly readLab: (labId: string) => Promise<OpenLab>
  readonly lessonOf: (lessonId: string) => Lesson | undefined
  /** File of a simulator's bundle. */
  readonly bundleOf: (version: string) => Promise<string>
  readonly wall?: () => number
  /** Somebody asks: what the threads did for themselves must give way. */
  readonly onAsked?: () => void
}

interface Known { readonly key: string; readonly subject: Subject; readonly bundle: string }

/** Answers "what if" by playing the shutdown again with other settings. */
export class WhatIf {
  private readonly subjects = new Recent<Known>(serverLimits.shutdownsKept)
  private readonly outcomes = new Recent<Outcome>(serverLimits.outcomesKept)
  private readonly pictures = new Recent<CellPicture>(serverLimits.cellPicturesKept)
  private readonly allowances = new Recent<Allowance>(serverLimits.warmLabs)
  /** A lab's question of each kind: the newest stops the one before. */
  private readonly asked = new Map<string, AbortController>()

  constructor(private readonly options: WhatIfOptions) {}

  async subject(labId: string, podUid: string | undefined): Promise<WhatIfSubject> {
    this.take(labId)
    const lab = await this.options.readLab(labId)
    const lesson = this.options.lessonOf(lab.lessonId)
    const found = subjectOf({ ...lab, lesson }, podUid)
    const chosen = typeof found === 'string' ? { none: found } : found.shown
    return { shutdowns: shutdownsIn(lab.entries), chosen }
  }

  /** Plays what is asked; lines come as cells are done. Refuses before the first line or never. */
  async ask(
    labId: string, question: WhatIfQuestion, gone: AbortSignal,
  ): Promise<(onLine: (line: WhatIfLine) => void) => Promise<void>> {
    this.take(labId)
    if (this.options.pool.waiting >= serverLimits.whatIfsWaiting) throw new Refusal('too-fast')
    const known = await this.known(labId, question.pod)
    const settings = settingsOf(question)
    if (!settings.every((one) => canBe(one, known.subject))) throw new Refusal('bad-message')
    const isCell = 'cell' in question
    return (onLine) => this.answer(known, settings, isCell, onLine, {
      slot: `${labId}/${isCell ? 'cell' : 'map'}`, gone,
    })
  }

  /** The cell as a branch of the lab's own, paused just before the delete. */
  async open(
    labId: string, podUid: string, settings: Settings, name: string,
  ): Promise<BranchTree> {
    this.take(labId)
    const wanted = cleanName(name)
    const known = await this.known(labId, podUid)
    if (wanted === undefined || !canBe(settings, known.subject)) throw new Refusal('bad-message')
    const { start } = known.subject.recipe(plain(settings, known.subject))
    const { inputs, deleteMillis, endMillis } = await this.picture(known, settings)
    await this.options.branches.adopt(labId, wanted, async (transaction, branchId) => {
      const rows = [{ seq: 0, atMillis: 0, body: start }, ...openingInputs(inputs)]
      await transaction.input.createMany({
        data: rows.map(({ seq, atMillis, body: { kind, ...data } }) =>
          ({ branchId, seq, atMillis, kind, source: 'host', data })),
      })
      return { lastSeq: rows.length - 1, atMillis: deleteMillis ?? endMillis }
    })
    return this.options.branches.tree(labId)
  }

  close(): void {
    this.options.pool.close()
  }

  private async known(labId: string, podUid: string): Promise<Known> {
    const keyOn = (branchId: string): string => `${labId}/${branchId}/${podUid}`
    const cached = this.subjects.get(keyOn(await this.options.branchOf(labId)))
    if (cached) return cached
    const lab = await this.options.readLab(labId)
    const subject = subjectOf({ ...lab, lesson: this.options.lessonOf(lab.lessonId) }, podUid)
    if (typeof subject === 'string') throw new Refusal('not-found')
    const bundle = await this.options.bundleOf(lab.start.simulatorVersion)
    const known = { key: keyOn(lab.branchId), subject, bundle }
    this.subjects.set(known.key, known)
    return known
  }

  private async answer(
    known: Known, settings: readonly Settings[], isCell: boolean,
    onLine: (line: WhatIfLine) => void,
    { slot, gone }: { readonly slot: string; readonly gone: AbortSignal },
  ): Promise<void> {
    const stop = new AbortController()
    this.asked.get(slot)?.abort()
    this.asked.set(slot, stop)
    const missing: Settings[] = []
    for (const one of settings) {
      const line = this.remembered(known, one, isCell)
      if (line) onLine(line)
      else missing.push(one)
    }
    const late = AbortSignal.timeout(serverLimits.whatIfMillis)
    await this.play(known, missing, isCell, AbortSignal.any([stop.signal, gone, late]), onLine)
    if (this.asked.get(slot) === stop) this.asked.delete(slot)
    if (gone.aborted) return
    onLine({ end: stop.signal.aborted ? 'superseded' : late.aborted ? 'stopped' : 'done' })
  }

  private remembered(known: Known, settings: Settings, isCell: boolean): WhatIfLine | undefined {
    const key = cellKey(known, settings)
    const outcome = this.outcomes.get(key)
    if (!isCell) return outcome && { settings, outcome }
    const picture = this.pictures.get(key)
    return outcome && picture && pictured(settings, outcome, picture)
  }

  private play(
    known: Known, settings: readonly Settings[], withEntries: boolean, signal: AbortSignal,
    onLine: (line: WhatIfLine) => void,
  ): Promise<void> {
    const jobs = settings.map((one) => ({
      bundle: known.bundle, recipe: known.subject.recipe(plain(one, known.subject)), withEntries,
    }))
    return this.options.pool.play(jobs, (index, result) => {
      const one = settings[index]
      if (!one) return
      this.keep(cellKey(known, one), result)
      const { outcome, picture } = result
      onLine(picture ? pictured(one, outcome, picture) : { settings: one, outcome })
    }, signal)
  }

  /** A cell whose thread ended may be asked for again. */
  private keep(key: string, { outcome, picture }: CellResult): void {
    if (outcome.kind === 'failed') return
    this.outcomes.set(key, outcome)
    if (picture) this.pictures.set(key, picture)
  }

  private async picture(known: Known, settings: Settings): Promise<CellPicture> {
    const key = cellKey(known, settings)
    if (!this.pictures.get(key)) {
      await this.play(known, [settings], true, new AbortController().signal, () => undefined)
    }
    const picture = this.pictures.get(key)
    if (!picture) throw new Refusal('internal')
    return picture
  }

  private take(labId: string): void {
    this.options.onAsked?.()
    const wall = this.options.wall ?? (() => performance.now())
    const allowance = this.allowances.get(labId)
      ?? new Allowance(wall, serverLimits.whatIfsPerSecond, serverLimits.whatIfBurst)
    this.allowances.set(labId, allowance)
    if (allowance.take(1) > 0) throw new Refusal('too-fast')
  }
}

function cellKey({ key, subject }: Known, settings: Settings): string {
  const { grace, hook, app } = plain(settings, subject)
  return `${key}|${grace}/${hook}/${app}`
}

function pictured(settings: Settings, outcome: Outcome, picture: CellPicture): WhatIfLine {
  const { entries, deleteMillis } = picture
  return {
    settings, outcome, entries, ...(deleteMillis === null ? {} : { deleteMillis }),
  }
}
