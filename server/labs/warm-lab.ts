import type { Input, InputBody, InputResult } from '../../simulator/lab-types.ts'
import type { Entry } from '../../simulator/trace/entries.ts'
import type { RunUntil, StepState } from '../protocol.ts'
import type { Alarm } from './alarm.ts'
import { BranchWriter, type JournalState, type Written } from './branch-writer.ts'
import { ClientRecords } from './client-records.ts'
import { Drawn } from './drawn.ts'
import type { Journal } from './journal.ts'
import { runTo, skip, type Leap } from './leap.ts'
import { serverLimits } from './limits.ts'
import { Pace } from './pace.ts'
import { Quiet } from './quiet.ts'
import { Run } from './run.ts'
import type { Runner, Sliced } from './runner.ts'
import type { SimulatedLab } from './simulators.ts'
import { StepsDone, type StepJudge } from './steps-done.ts'
import type { Watcher } from './watcher.ts'

interface Pending {
  readonly input: Input
  committed: boolean
  readonly applied: (result: InputResult) => void
}

interface Surroundings {
  readonly runner: Runner
  readonly journal: Journal
  readonly alarm: Alarm<WarmLab>
  readonly wall: () => number
  /** The lab has closed itself; whoever keeps it must let go. */
  readonly onBroken: (lab: WarmLab) => void
}

/** A lab in memory: inputs are stamped, committed, applied, and only then is their output read. */
export class WarmLab implements Sliced {
  readonly watchers = new Set<Watcher>()
  readonly clients = new ClientRecords()
  readonly pace: Pace
  readonly stepsDone: StepsDone
  filesVersion = 0
  broken = false
  private readonly writer: BranchWriter
  private readonly pending: Pending[] = []
  private readonly drawn = new Drawn()
  private readonly quiet = new Quiet()
  /** Time that runs ahead of the clock; what comes of it is told once it is in the journal. */
  private ahead: { readonly run: Run; readonly leap: Leap } | undefined
  private nextLeap: Leap | undefined
  private resting: (() => void)[] = []
  private readonly stopReading: (() => void)[] = []

  constructor(
    readonly id: string,
    readonly sim: SimulatedLab,
    readonly startEpochMillis: number,
    judge: StepJudge,
    at: JournalState,
    private readonly around: Surroundings,
    chosen: { readonly rate: number; readonly skipsQuiet: boolean },
  ) {
    this.writer = new BranchWriter(around.journal, at)
    const now = Math.max(sim.nowMillis, at.lastStamp)
    this.pace = new Pace(around.wall, now, chosen.rate, chosen.skipsQuiet)
    this.stepsDone = new StepsDone(sim, judge)
    for (const entry of sim.trace.entries) this.quiet.take(entry, this.drawn.takes(entry))
    this.stopReading.push(
      sim.onFilesChanged(() => this.filesChanged()),
      sim.trace.subscribe((entry) => this.notice(entry)),
    )
  }

  get branchId(): string {
    return this.writer.branchId
  }

  get steps(): readonly StepState[] {
    return this.stepsDone.states
  }

  get inputCount(): number {
    return this.writer.inputCount
  }

  get isIdle(): boolean {
    return this.pending.length === 0 && !this.isAhead
  }

  /** Time has run ahead of what the journal knows: nothing of the lab may be told. */
  get isAhead(): boolean {
    return this.ahead !== undefined
  }

  /** Resolves when the lab is not ahead, or broken. */
  async rest(): Promise<void> {
    while (this.isAhead && !this.broken)
      await new Promise<void>((resolve) => this.resting.push(resolve))
  }

  /** Stamps an input and sends it to the journal; it is applied once it is committed. */
  submit(client: string, n: number, body: InputBody): void {
    this.stopLeap()
    this.quiet.keyPressed(this.around.wall())
    this.clients.of(client).last = n
    this.write(this.writer.append(this.stamp(), body, client, n), (result) => {
      this.clients.applied(client, n, result)
      for (const watcher of this.watchers) {
        if (watcher.client === client) watcher.acknowledge(n, result)
        if (body.kind === 'pace') watcher.clock()
      }
    })
  }

  /** Time runs at once to the next such moment, and stands still there. */
  runTo(until: RunUntil): void {
    if (!this.ahead) return this.leap(runTo(until))
    this.stopLeap()
    this.nextLeap = runTo(until)
  }

  /** Notes in the journal how far the clock has come. */
  markClock(): void {
    this.writer.mark(this.stamp()).committed.catch((error: unknown) => this.breakDown(error))
  }

  /** After a crash: a page has seen the lab at `millis`, so it goes on from there. */
  catchUp(millis: number): void {
    if (millis <= this.pace.now()) return
    this.pace.moveTo(millis)
    this.around.runner.wake(this)
  }

  startClock(): void {
    this.pace.start()
    this.around.runner.wake(this)
  }

  /** The moment at which it stops is journaled: it goes on from there. */
  stopClock(): void {
    this.stopLeap()
    this.pace.stop()
    this.around.alarm.clear(this)
    this.markClock()
  }

  slice(): boolean {
    if (this.broken) return false
    try {
      return this.work()
    } catch (error) {
      this.breakDown(error)
      return false
    }
  }

  close(): void {
    this.broken = true
    this.around.alarm.clear(this)
    this.around.runner.drop(this)
    for (const stop of this.stopReading) stop()
    this.rested()
  }

  private work(): boolean {
    const first = this.pending[0]
    const target = first ? first.input.atMillis : this.pace.now()
    const reached = this.sim.advance(target, serverLimits.stepsPerSlice)
    if (reached && first?.committed) this.apply(first)
    this.tellNews()
    if (!reached) {
      this.slowDown()
      return true
    }
    if (this.pending[0]) return this.pending[0].committed
    return this.ahead ? this.workAhead(this.ahead.run) : this.sleep()
  }

  private workAhead(run: Run): boolean {
    if (run.end === undefined && !run.slice()) this.land()
    return run.end === undefined
  }

  private tellNews(): void {
    if (this.ahead) return
    // What the journal no longer takes, it is told when the lab is brought back.
    for (const { id, atMillis } of this.stepsDone.takeFresh())
      this.writer.completeStep(id, atMillis).catch(() => undefined)
    for (const watcher of this.watchers) watcher.touched()
  }

  private write(written: Written, applied: (result: InputResult) => void): void {
    const pending = { input: written.input, committed: false, applied }
    this.pending.push(pending)
    written.committed.then(() => {
      pending.committed = true
      this.around.runner.wake(this)
    }, (error: unknown) => this.breakDown(error))
  }

  private apply({ input, applied }: Pending): void {
    const { body } = input
    // A clock mark is no part of the lab: a replay does not see it either.
    const result: InputResult = body.kind === 'clock-mark' ? { ok: true } : this.sim.apply(input)
    this.pending.shift()
    // A lab that is held refuses even this, but its clock is the host's.
    if (body.kind === 'pace')
      this.pace.change(body.pace, Math.max(input.atMillis, this.writer.lastStamp), body.skipsQuiet)
    applied(result)
  }

  private leap(leap: Leap): void {
    const from = this.stamp()
    this.pace.hold(from)
    this.around.alarm.clear(this)
    this.ahead = { run: new Run(this.sim, from, leap, this.around.wall), leap }
    if (leap.pauses) for (const watcher of this.watchers) watcher.clock()
    this.around.runner.wake(this)
  }

  private stopLeap(): void {
    this.nextLeap = undefined
    if (!this.ahead || this.ahead.run.end) return
    this.ahead.run.stop('stopped')
    this.land()
  }

  /** The moment reached goes into the journal; a run from a pause only moves the clock mark. */
  private land(): void {
    const { ahead, writer } = this
    if (!ahead) return
    const at = this.stamp()
    const pauses = ahead.leap.pauses && this.pace.chosen > 0
    this.write(
      pauses ? writer.append(at, { kind: 'pace', pace: 0 }, 'host', null) : writer.mark(at),
      () => this.landed(at),
    )
  }

  private landed(at: number): void {
    const { ahead, nextLeap } = this
    const end = ahead?.run.end
    if (!ahead || !end) return
    const { run, leap } = ahead
    this.ahead = this.nextLeap = undefined
    this.pace.letGo(at)
    if (!leap.pauses && end.why !== 'reached') this.quiet.wasInVain()
    const message = leap.tell(run.fromMillis, end)
    for (const watcher of this.watchers) watcher.leapt(message)
    this.tellNews()
    if (nextLeap) this.leap(nextLeap)
    else this.rested()
  }

  private rested(): void {
    for (const resolve of this.resting.splice(0)) resolve()
  }

  /** Sets the alarm for what is due next; true if that is now. */
  private sleep(): boolean {
    const due = this.sim.nextDue()
    const wait = due === undefined ? undefined : this.pace.wallMillisUntil(due)
    if (wait === undefined) this.around.alarm.clear(this)
    if (wait === undefined || wait <= 0) return wait !== undefined
    const wall = this.around.wall()
    const skips = this.watchers.size > 0 ? this.quiet.skippableAfter(this.pace, wall) : Infinity
    if (skips <= 0) this.leap(skip)
    else this.around.alarm.set(this, wall + Math.min(wait, skips))
    return false
  }

  /** A lab that costs more than its time goes slower, instead of running after a clock in vain. */
  private slowDown(): void {
    const lag = serverLimits.lagMillis * Math.max(1, this.pace.chosen)
    this.pace.holdBack(Math.max(this.sim.nowMillis + lag, this.writer.lastStamp))
  }

  private stamp(): number {
    return this.writer.stamp(Math.max(this.pace.now(), this.sim.nowMillis))
  }

  private filesChanged(): void {
    this.stepsDone.filesChanged()
    this.filesVersion++
  }

  private notice(entry: Entry): void {
    const isDrawn = this.drawn.takes(entry)
    this.quiet.take(entry, isDrawn)
    const ticks = this.stepsDone.take(entry)
    this.ahead?.run.notice({ entry, isDrawn, ticks })
  }

  /** The lab cannot go on here: it is dropped, and brought back from its journal. */
  private breakDown(error: unknown): void {
    if (this.broken) return
    console.error(`lab ${this.id}: ${error instanceof Error ? error.stack : String(error)}`)
    this.close()
    this.around.onBroken(this)
    for (const watcher of [...this.watchers]) watcher.dismissed('broken')
  }
}
