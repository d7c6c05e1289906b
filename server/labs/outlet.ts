import type { ServerMessage } from '../protocol.ts'
import { serverLimits } from './limits.ts'
import { timelineEntry } from './timeline-entry.ts'
import type { WarmLab } from './warm-lab.ts'

interface Line {
  send(message: ServerMessage): void
  /** True while the other end does not keep up: then nothing more is read from the lab. */
  isFull(): boolean
}

/** What one page has of a lab, and what it still needs. It reads; the lab never waits for it. */
export class Outlet {
  private readonly offsets = new Map<string, number>()
  private tabs: readonly string[] = []
  private entries: number
  private filesVersion: number
  private stepsVersion: number
  private filesSentAt = -Infinity
  private entriesSentAt = -Infinity
  private held: string | undefined

  constructor(
    private readonly lab: WarmLab,
    private readonly line: Line,
    private readonly wall: () => number,
    has: { readonly offsets: Readonly<Record<string, number>>; readonly entries: number },
  ) {
    for (const [tab, offset] of Object.entries(has.offsets)) this.offsets.set(tab, offset)
    const known = lab.sim.trace.entries.length
    this.entries = has.entries <= known ? has.entries : 0
    this.filesVersion = lab.filesVersion
    this.stepsVersion = lab.stepsDone.version
  }

  /** The first message: everything a page needs to stand where the lab stands. */
  welcome(acked: number, recovered: boolean): void {
    const { lab } = this
    this.tabs = [...lab.sim.tabs]
    this.line.send({
      t: 'welcome', nowMillis: lab.pace.now(), startEpochMillis: lab.startEpochMillis,
      pace: lab.pace.chosen, skipsQuiet: lab.pace.skipsQuiet, branchId: lab.branchId,
      acked, recovered,
      tabs: this.tabs.map((tab) => this.read(tab)),
      files: lab.sim.files(), steps: lab.steps,
    })
  }

  /**
   * Sends what is new; `atOnce`: entries too, which otherwise gather a little. Milliseconds after
   * which there is more to send, if there is.
   */
  flush(atOnce = false): number | undefined {
    if (this.lab.isAhead) return undefined
    this.flushTabs()
    this.flushOutput()
    const entriesWait = this.flushEntries(atOnce)
    if (this.stepsVersion !== this.lab.stepsDone.version) {
      this.stepsVersion = this.lab.stepsDone.version
      this.line.send({ t: 'steps', steps: this.lab.steps })
    }
    if (this.lab.sim.held !== this.held) {
      this.held = this.lab.sim.held
      if (this.held !== undefined) this.line.send({ t: 'held', reason: this.held })
    }
    const filesWait = this.flushFiles()
    const wait = Math.min(entriesWait ?? Infinity, filesWait ?? Infinity)
    return wait === Infinity ? undefined : wait
  }

  private flushTabs(): void {
    const { tabs } = this.lab.sim
    if (tabs.length === this.tabs.length && tabs.every((tab, at) => tab === this.tabs[at])) return
    for (const gone of this.tabs) if (!tabs.includes(gone)) this.offsets.delete(gone)
    this.tabs = [...tabs]
    this.line.send({ t: 'tabs', tabs: this.tabs })
  }

  private flushOutput(): void {
    for (const tab of this.tabs) {
      while (!this.line.isFull()) {
        const { offset, text } = this.read(tab, serverLimits.outputChunkChars)
        if (text === '') break
        this.line.send({ t: 'out', tab, offset, text })
      }
    }
  }

  /** Output the page lacks; a page that claims more than there is gets everything. */
  private read(tab: string, maxChars = Infinity): { tab: string; offset: number; text: string } {
    const from = this.offsets.get(tab) ?? 0
    const { offset, text } = this.lab.sim.output(tab, from)
    const part = text.length > maxChars ? text.slice(0, maxChars) : text
    this.offsets.set(tab, offset + part.length)
    return { tab, offset, text: part }
  }

  private flushEntries(atOnce: boolean): number | undefined {
    const all = this.lab.sim.trace.entries
    if (this.entries === all.length) return undefined
    const wait = this.entriesSentAt + serverLimits.entriesEveryMillis - this.wall()
    if (wait > 0 && !atOnce) return wait
    this.entriesSentAt = this.wall()
    while (this.entries < all.length && !this.line.isFull()) {
      const next = all.slice(this.entries, this.entries + serverLimits.entriesPerMessage)
      this.entries += next.length
      this.line.send({ t: 'entries', entries: next.map(timelineEntry) })
    }
    return undefined
  }

  private flushFiles(): number | undefined {
    if (this.filesVersion === this.lab.filesVersion) return undefined
    const wait = this.filesSentAt + serverLimits.filesEveryMillis - this.wall()
    if (wait > 0 || this.line.isFull()) return Math.max(wait, 1)
    this.filesVersion = this.lab.filesVersion
    this.filesSentAt = this.wall()
    this.line.send({ t: 'files', files: this.lab.sim.files() })
    return undefined
  }
}
