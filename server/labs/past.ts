import { Refusal } from '../answers.ts'
import type { PastView, SharedLab } from '../history.ts'
import type { TimelineEntry } from '../protocol.ts'
import { Allowance } from './allowance.ts'
import { serverLimits } from './limits.ts'
import type { StoredInput } from './lineage.ts'
import { turns } from './replay.ts'
import type { Simulators } from './simulators.ts'
import { Tape } from './tape.ts'
import { timelineEntry } from './timeline-entry.ts'

/** A journal that is looked back on, and how far it is known. */
export interface Source {
  /** Inputs from number `from` on, and the last known moment. */
  read(from: number): Promise<{
    readonly inputs: readonly StoredInput[]
    readonly endMillis: number
  }>
}

interface Waiting {
  readonly atMillis: number
  readonly resolve: (view: PastView) => void
  readonly reject: (error: unknown) => void
}

/** The past of one branch or link: a tape of it, and those who wait to see a moment. */
export class Past {
  private tape: Tape | undefined
  private readonly waiting: Waiting[] = []
  private isWorking = false
  private catchingUp: Promise<Tape> | undefined
  private readonly allowance = new Allowance(
    () => performance.now(), serverLimits.looksPerSecond, serverLimits.lookBurst,
  )

  constructor(private readonly simulators: Simulators, private readonly source: Source) {}

  /** Everything as it stood then; what waits too long behind newer looks is overtaken by them. */
  look(atMillis: number): Promise<PastView> {
    if (this.allowance.take(1) > 0) return Promise.reject(new Refusal('too-fast'))
    if (this.waiting.length >= serverLimits.looksWaiting) {
      this.waiting.shift()?.reject(new Refusal('superseded'))
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ atMillis, resolve, reject })
      void this.work()
    })
  }

  /** The whole trace as pages have it. */
  async entries(): Promise<Pick<SharedLab, 'startEpochMillis' | 'atMillis' | 'entries'>> {
    if (this.allowance.take(1) > 0) throw new Refusal('too-fast')
    const tape = await this.caughtUp()
    const giveWay = turns()
    const entries: TimelineEntry[] = []
    for (const entry of tape.sim.trace.entries) {
      entries.push(timelineEntry(entry))
      if (entry.id % serverLimits.entriesPerMessage === 0) await giveWay()
    }
    // A long trace is long to write: who asks for it again and again is asked to wait.
    this.allowance.take(entries.length / serverLimits.entriesPerMessage)
    return {
      startEpochMillis: tape.start.startEpochMillis, atMillis: tape.endMillis, entries,
    }
  }

  /** One look at a time, the newest first. */
  private async work(): Promise<void> {
    if (this.isWorking) return
    this.isWorking = true
    while (this.waiting.length > 0) {
      const caught = await this.caughtUp().then(
        (tape) => ({ tape }), (error: unknown) => ({ error }))
      const next = this.waiting.pop()
      if (!next) break
      if ('error' in caught) next.reject(caught.error)
      else await this.view(caught.tape, next.atMillis).then(next.resolve, next.reject)
    }
    this.isWorking = false
  }

  private async view(tape: Tape, atMillis: number): Promise<PastView> {
    const known = tape.view(atMillis)
    if (known) return known
    const { inputs } = await this.source.read(0)
    const again = await Tape.begin(this.simulators, inputs[0])
    await again.runOn(inputs.filter((input) => input.atMillis <= atMillis), atMillis, turns())
    return again.present()
  }

  private caughtUp(): Promise<Tape> {
    this.catchingUp ??= this.catchUp().finally(() => { this.catchingUp = undefined })
    return this.catchingUp
  }

  private async catchUp(): Promise<Tape> {
    const { tape } = this
    if (tape) {
      const { inputs, endMillis } = await this.source.read(tape.lastSeq)
      const fresh = inputs.filter((input) => input.seq > tape.lastSeq)
      // The live lab may have fallen back behind what was shown of it: then the tape is wrong.
      if (fresh.every((input) => input.atMillis >= tape.endMillis)) {
        await this.run(tape, fresh, endMillis)
        return tape
      }
    }
    const { inputs, endMillis } = await this.source.read(0)
    const anew = await Tape.begin(this.simulators, inputs[0])
    await this.run(anew, inputs, endMillis)
    this.tape = anew
    return anew
  }

  private async run(
    tape: Tape, inputs: readonly StoredInput[], endMillis: number,
  ): Promise<void> {
    try {
      await tape.runOn(inputs, Math.max(endMillis, tape.endMillis), turns())
    } catch (error) {
      // Half a run is of no use to the next look.
      this.tape = undefined
      throw error
    }
  }
}

/** Pasts that are being looked at; the one not looked at for longest goes first. */
export class Pasts {
  private readonly kept = new Map<string, { readonly past: Past; usedAt: number }>()
  private sweep: NodeJS.Timeout | undefined

  constructor(private readonly simulators: Simulators) {}

  get size(): number {
    return this.kept.size
  }

  of(key: string, source: () => Source): Past {
    const { past } = this.kept.get(key) ?? { past: new Past(this.simulators, source()) }
    this.kept.delete(key)
    this.kept.set(key, { past, usedAt: performance.now() })
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= serverLimits.pastsKept) break
      this.kept.delete(oldest)
    }
    this.sweep ??= setInterval(() => this.dropOld(), serverLimits.pastKeptMillis).unref()
    return past
  }

  forget(key: string): void {
    this.kept.delete(key)
  }

  close(): void {
    clearInterval(this.sweep)
    this.sweep = undefined
    this.kept.clear()
  }

  private dropOld(): void {
    const oldest = performance.now() - serverLimits.pastKeptMillis
    for (const [key, { usedAt }] of this.kept) if (usedAt < oldest) this.kept.delete(key)
    if (this.kept.size > 0) return
    clearInterval(this.sweep)
    this.sweep = undefined
  }
}
