import type {
  Input, InputBody, InputResult, WorkstationFile,
} from '../../simulator/lab-types.ts'
import type { Entry } from '../../simulator/trace/entries.ts'
import type { StepState } from '../protocol.ts'
import type { Alarm } from './alarm.ts'
import type { Journal } from './journal.ts'
import { serverLimits } from './limits.ts'
import { Pace } from './pace.ts'
import type { Runner, Sliced } from './runner.ts'
import type { SimulatedLab } from './simulators.ts'

/** Judges a lesson's steps over the trace (server/grading/grader.ts). */
export interface StepJudge {
  feed(entry: Entry, files: Readonly<Record<string, string>>): readonly StepState[] | undefined
  states(): readonly StepState[]
}

/** A page that watches the lab. It is told that something changed and reads what it needs. */
export interface Watcher {
  readonly client: string
  /** Output, trace, files, tabs or steps may have changed. */
  touched(): void
  acknowledge(n: number, result: InputResult): void
  clock(): void
  /** The lab is no more as it was: `restarted` from the beginning, or broken. */
  dismissed(why: 'restarted' | 'broken' | 'replaced' | 'closing'): void
  trouble(away: boolean): void
}

/** What one page has sent: its highest number, and the answers it may ask for again. */
export interface ClientRecord {
  last: number
  applied: number
  readonly results: Map<number, InputResult>
}

interface Pending {
  readonly input: Input
  readonly client: string
  readonly n: number
  committed: boolean
}

/** Where the journal of a lab's open branch stands. */
export interface JournalState {
  readonly branchId: string
  nextSeq: number
  lastStamp: number
  /** Number of the last row, if that is a clock mark: it can be moved. */
  markSeq: number | undefined
}

interface Surroundings {
  readonly runner: Runner
  readonly journal: Journal
  readonly alarm: Alarm<WarmLab>
  readonly wall: () => number
  /** The lab has closed itself; whoever keeps it must let go. */
  readonly onBroken: (lab: WarmLab) => void
}

/** Answers kept for a page that reconnects. */
const keptResults = 256

/** A lab in memory: inputs are stamped, committed, applied, and only then is their output read. */
export class WarmLab implements Sliced {
  readonly watchers = new Set<Watcher>()
  readonly clients = new Map<string, ClientRecord>()
  readonly pace: Pace
  filesVersion = 0
  stepsVersion = 0
  broken = false
  private readonly pending: Pending[] = []
  private fileTexts: Readonly<Record<string, string>> | undefined
  private readonly stopReading: (() => void)[] = []
  private readonly doneSteps = new Set<string>()

  constructor(
    readonly id: string,
    readonly sim: SimulatedLab,
    readonly startEpochMillis: number,
    private readonly judge: StepJudge,
    private readonly at: JournalState,
    private readonly around: Surroundings,
    chosen: { readonly rate: number; readonly skipsQuiet: boolean },
  ) {
    this.pace = new Pace(
      around.wall, Math.max(sim.nowMillis, at.lastStamp), chosen.rate, chosen.skipsQuiet,
    )
    for (const state of judge.states())
      if (state.doneAtMillis !== null) this.doneSteps.add(state.id)
    this.stopReading.push(
      sim.onFilesChanged(() => this.filesChanged()),
      sim.trace.subscribe((entry) => this.grade(entry)),
    )
  }

  get branchId(): string {
    return this.at.branchId
  }

  get steps(): readonly StepState[] {
    return this.judge.states()
  }

  get inputCount(): number {
    return this.at.nextSeq
  }

  get isIdle(): boolean {
    return this.pending.length === 0
  }

  record(client: string): ClientRecord {
    const known = this.clients.get(client)
    if (known) return known
    const record = { last: 0, applied: 0, results: new Map<number, InputResult>() }
    this.clients.set(client, record)
    return record
  }

  /** Stamps an input and sends it to the journal; it is applied once it is committed. */
  submit(client: string, n: number, body: InputBody): void {
    this.record(client).last = n
    const stamp = this.stamp()
    const input = { seq: this.at.nextSeq++, atMillis: stamp, body }
    const pending = { input, client, n, committed: false }
    this.at.markSeq = undefined
    this.pending.push(pending)
    const { kind, ...data } = body
    this.around.journal
      .append({
        branchId: this.at.branchId, seq: input.seq, atMillis: stamp, kind, source: client,
        clientSeq: n, data,
      })
      .then(() => {
        pending.committed = true
        this.around.runner.wake(this)
      }, (error: unknown) => this.breakDown(error))
  }

  /** Notes in the journal how far the clock has come. */
  markClock(): void {
    const { journal } = this.around
    const atMillis = this.stamp()
    if (this.at.markSeq === undefined) {
      this.at.markSeq = this.at.nextSeq++
      journal.append({
        branchId: this.at.branchId, seq: this.at.markSeq, atMillis, kind: 'clock-mark',
        source: 'host', clientSeq: null, data: {},
      }).catch((error: unknown) => this.breakDown(error))
      return
    }
    journal.moveMark(this.at.branchId, this.at.markSeq, atMillis)
      .catch((error: unknown) => this.breakDown(error))
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
  }

  private work(): boolean {
    const first = this.pending[0]
    const target = first ? first.input.atMillis : this.pace.now()
    const reached = this.sim.advance(target, serverLimits.stepsPerSlice)
    if (reached && first?.committed) this.apply(first)
    for (const watcher of this.watchers) watcher.touched()
    if (!reached) {
      this.slowDown()
      return true
    }
    if (this.pending[0]) return this.pending[0].committed
    return this.sleep()
  }

  private apply(pending: Pending): void {
    const { input, client, n } = pending
    const result = this.sim.apply(input)
    this.pending.shift()
    if (input.body.kind === 'pace' && result.ok) {
      const { pace, skipsQuiet } = input.body
      this.pace.change(pace, Math.max(input.atMillis, this.at.lastStamp), skipsQuiet)
    }
    const record = this.record(client)
    record.applied = n
    record.results.set(n, result)
    if (record.results.size > keptResults) {
      record.results.delete(record.results.keys().next().value ?? n)
    }
    for (const watcher of this.watchers) {
      if (watcher.client === client) watcher.acknowledge(n, result)
      if (input.body.kind === 'pace') watcher.clock()
    }
  }

  /** Sets the alarm for what is due next; true if that is now. */
  private sleep(): boolean {
    const due = this.sim.nextDue()
    const wait = due === undefined ? undefined : this.pace.wallMillisUntil(due)
    if (wait === undefined) this.around.alarm.clear(this)
    else if (wait <= 0) return true
    else this.around.alarm.set(this, this.around.wall() + wait)
    return false
  }

  /** A lab that costs more than its time goes slower, instead of running after a clock in vain. */
  private slowDown(): void {
    const lag = serverLimits.lagMillis * Math.max(1, this.pace.chosen)
    const latest = Math.max(this.sim.nowMillis + lag, this.at.lastStamp)
    if (this.pace.now() > latest) this.pace.moveTo(latest)
  }

  private stamp(): number {
    const stamp = Math.max(this.pace.now(), this.at.lastStamp, this.sim.nowMillis)
    this.at.lastStamp = stamp
    return stamp
  }

  private filesChanged(): void {
    this.fileTexts = undefined
    this.filesVersion++
  }

  private grade(entry: Entry): void {
    if (entry.kind === 'file') this.fileTexts = undefined
    this.fileTexts ??= textsByPath(this.sim.files())
    const states = this.judge.feed(entry, this.fileTexts)
    if (!states) return
    this.stepsVersion++
    for (const { id, doneAtMillis } of states) {
      if (doneAtMillis === null || this.doneSteps.has(id)) continue
      this.doneSteps.add(id)
      this.around.journal.completeStep(this.at.branchId, id, doneAtMillis)
        .catch((error: unknown) => this.breakDown(error))
    }
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

export function textsByPath(files: readonly WorkstationFile[]): Record<string, string> {
  return Object.fromEntries(files.map((file) => [file.path, file.text]))
}
