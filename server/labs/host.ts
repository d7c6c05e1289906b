import type { Database } from '../database/connect.ts'
import { Grader } from '../grading/grader.ts'
import { findLesson } from '../lessons.ts'
import { Alarm } from './alarm.ts'
import { Journal } from './journal.ts'
import { serverLimits } from './limits.ts'
import { readJournal } from './lineage.ts'
import { replay } from './replay.ts'
import { Runner } from './runner.ts'
import type { Simulators } from './simulators.ts'
import { Turnstile } from './turnstile.ts'
import type { StepJudge } from './steps-done.ts'
import { WarmLab } from './warm-lab.ts'
import type { Watcher } from './watcher.ts'

export interface HostOptions {
  readonly database: Database
  readonly simulators: Simulators
  /** Milliseconds of a clock that only goes forward. */
  readonly wall?: () => number
  readonly judgeOf?: (lessonId: string) => StepJudge
}

/** How far a page may have seen beyond the last clock mark: its interval, and the way. */
const seenSlackMillis = serverLimits.clockMarkMillis + 1_500

const beatsPerMark = serverLimits.clockMarkMillis / serverLimits.clockTellMillis

/** Keeps warm labs, lets their time follow wall time, and drops those nobody watches. */
export class Host {
  readonly journal: Journal
  private readonly database: Database
  private readonly simulators: Simulators
  private readonly wall: () => number
  private readonly judgeOf: (lessonId: string) => StepJudge
  private readonly runner: Runner
  private readonly wakeUps: Alarm<WarmLab>
  private readonly departures: Alarm<WarmLab>
  private readonly evictions: Alarm<WarmLab>
  private readonly labs = new Map<string, Promise<WarmLab>>()
  private readonly changes = new Turnstile()
  private readonly watched = new Set<WarmLab>()
  private readonly toldHeld = new Set<WarmLab>()
  private heartbeat: NodeJS.Timeout | undefined
  private beats = 0

  constructor(options: HostOptions) {
    this.database = options.database
    this.simulators = options.simulators
    this.wall = options.wall ?? (() => performance.now())
    this.judgeOf = options.judgeOf ?? judgeOfLesson
    this.journal = new Journal(this.database)
    this.journal.onTrouble = (away) => this.tellTrouble(away)
    this.runner = new Runner(this.wall)
    this.wakeUps = new Alarm(this.wall, (lab) => this.runner.wake(lab))
    this.departures = new Alarm(this.wall, (lab) => this.nobodyWatches(lab))
    this.evictions = new Alarm(this.wall, (lab) => void this.evict(lab))
  }

  /** Labs in memory. */
  get warm(): number {
    return this.labs.size
  }

  /** Timers that wait for a lab: none while nothing is due. */
  get alarms(): number {
    return this.wakeUps.size
  }

  isWarm(id: string): boolean {
    return this.labs.has(id)
  }

  /** The lab, from memory or from its journal. */
  open(id: string): Promise<WarmLab> {
    const known = this.labs.get(id)
    if (known) return known
    if (this.changes.isBusy(id)) return this.changes.ended(id).then(() => this.open(id))
    const opening = this.restore(id)
    this.labs.set(id, opening)
    opening.catch(() => this.labs.delete(id))
    if (this.labs.size > serverLimits.warmLabs) void this.evictLongestUnwatched()
    return opening
  }

  /** `seenMillis`: the last moment the page knows of, which a crash may have cut off. */
  watch(lab: WarmLab, watcher: Watcher, seenMillis: number): void {
    // It was closed while the page was on its way.
    if (lab.broken) return watcher.dismissed('restarted')
    for (const other of lab.watchers) {
      if (other.client === watcher.client) other.dismissed('replaced')
    }
    lab.watchers.add(watcher)
    this.watched.add(lab)
    this.departures.clear(lab)
    this.evictions.clear(lab)
    const slack = seenSlackMillis * lab.pace.chosen
    lab.catchUp(Math.min(seenMillis, lab.pace.now() + slack))
    lab.startClock()
    this.heartbeat ??= setInterval(() => this.beat(), serverLimits.clockTellMillis)
  }

  unwatch(lab: WarmLab, watcher: Watcher): void {
    lab.watchers.delete(watcher)
    if (lab.watchers.size > 0) return
    this.watched.delete(lab)
    if (this.watched.size === 0) {
      clearInterval(this.heartbeat)
      this.heartbeat = undefined
    }
    if (!lab.broken) this.departures.set(lab, this.wall() + serverLimits.clockStopsAfterMillis)
  }

  /**
   * Changes the lab's branches, one change at a time; a page that comes meanwhile waits for its
   * end. `retire` is called before another branch is opened: everything sent so far is committed
   * with the moment the clock stands at, and who watches must come again.
   */
  exclusively<T>(id: string, change: (retire: () => Promise<void>) => Promise<T>): Promise<T> {
    return this.changes.through(id, () => change(() => this.retire(id)))
  }

  /** The lab, if it is in memory. */
  async warmLab(id: string): Promise<WarmLab | undefined> {
    const lab = await this.labs.get(id)?.catch(() => undefined)
    return lab?.broken ? undefined : lab
  }

  private async retire(id: string): Promise<void> {
    const lab = await this.labs.get(id)?.catch(() => undefined)
    if (!lab) return
    await lab.rest()
    if (!lab.broken && lab.pace.effective > 0) lab.stopClock()
    await this.forget(lab)
    for (const watcher of [...lab.watchers]) watcher.dismissed('restarted')
    await this.journal.settled()
  }

  /** Commits what was sent and where each clock stands, then lets go of every lab. */
  async stop(): Promise<void> {
    clearInterval(this.heartbeat)
    this.departures.stop()
    this.evictions.stop()
    const labs = await Promise.all([...this.labs.values()].map((lab) => lab.catch(() => undefined)))
    for (const lab of labs) {
      if (lab && !lab.broken && (lab.pace.effective > 0 || lab.isAhead)) lab.stopClock()
    }
    await this.journal.stop()
    for (const lab of labs) {
      for (const watcher of [...(lab?.watchers ?? [])]) watcher.dismissed('closing')
      lab?.close()
    }
    this.wakeUps.stop()
  }

  private async restore(id: string): Promise<WarmLab> {
    const row = await this.database.lab.findUniqueOrThrow({ where: { id } })
    if (!row.branchId) throw new Error(`lab ${id} has no branch`)
    const inputs = await readJournal(this.database, row.branchId)
    const judge = this.judgeOf(row.lessonId)
    const replayed = await replay(this.simulators, row.branchId, inputs, judge)
    const lab = new WarmLab(
      id,
      replayed.sim,
      replayed.start.startEpochMillis,
      judge,
      replayed.at,
      {
        runner: this.runner,
        journal: this.journal,
        alarm: this.wakeUps,
        wall: this.wall,
        onBroken: (broken) => void this.forget(broken),
      },
      { rate: replayed.rate, skipsQuiet: replayed.skipsQuiet },
    )
    for (const [client, record] of replayed.clients) lab.clients.set(client, record)
    // Somebody opened it to watch; if they never do, it goes again.
    this.evictions.set(lab, this.wall() + serverLimits.evictAfterMillis)
    return lab
  }

  /** Fast clocks are told at every beat, the others and the journal at every so many. */
  private beat(): void {
    const marks = ++this.beats % beatsPerMark === 0
    for (const lab of this.watched) {
      if (lab.broken || lab.isAhead) continue
      if (marks && lab.pace.effective > 0) lab.markClock()
      if (marks || lab.pace.effective > 1)
        for (const watcher of lab.watchers) watcher.clock()
      if (marks) this.noteHeld(lab)
    }
  }

  private noteHeld(lab: WarmLab): void {
    const held = lab.sim.held
    if (held === undefined || this.toldHeld.has(lab)) return
    this.toldHeld.add(lab)
    this.database.lab
      .update({ where: { id: lab.id }, data: { held } })
      .catch((error: unknown) => console.error(`lab ${lab.id}: ${String(error)}`))
  }

  private nobodyWatches(lab: WarmLab): void {
    lab.stopClock()
    this.evictions.set(lab, this.wall() + serverLimits.evictAfterMillis)
  }

  private async evict(lab: WarmLab): Promise<void> {
    if (lab.watchers.size > 0) return
    if (!lab.isIdle) {
      this.evictions.set(lab, this.wall() + serverLimits.clockStopsAfterMillis)
      return
    }
    await this.forget(lab)
  }

  private async forget(lab: WarmLab): Promise<void> {
    lab.close()
    this.departures.clear(lab)
    this.evictions.clear(lab)
    this.watched.delete(lab)
    this.toldHeld.delete(lab)
    const known = await this.labs.get(lab.id)?.catch(() => undefined)
    if (known === lab) this.labs.delete(lab.id)
  }

  private async evictLongestUnwatched(): Promise<void> {
    // A map keeps the order in which labs were opened.
    for (const opening of this.labs.values()) {
      const lab = await opening.catch(() => undefined)
      if (!lab || lab.watchers.size > 0 || !lab.isIdle) continue
      if (lab.pace.effective === 0) return this.forget(lab)
      // Its last clock mark must be in the journal before anybody replays it.
      lab.stopClock()
    }
  }

  private tellTrouble(away: boolean): void {
    console.error(away ? 'The database does not answer; inputs wait.' : 'The database is back.')
    for (const lab of this.watched) {
      for (const watcher of lab.watchers) watcher.trouble(away)
    }
  }
}

function judgeOfLesson(lessonId: string): StepJudge {
  const found = findLesson(lessonId)
  return found ? new Grader(found.lesson) : { feed: () => undefined, states: () => [] }
}
