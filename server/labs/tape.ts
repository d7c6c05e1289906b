import type { LabStart, TerminalOutput, WorkstationFile } from '../../simulator/lab-types.ts'
import type { PastView } from '../history.ts'
import { serverLimits } from './limits.ts'
import type { StoredInput } from './lineage.ts'
import { bodyOf, startOf } from './replay.ts'
import { lastLines, ScreenTape } from './screen-tape.ts'
import type { SimulatedLab, Simulators } from './simulators.ts'

interface FilesThen { readonly at: number; readonly files: readonly WorkstationFile[] }

/**
 * A lab run once more from its journal, with what it showed on the way: screens and files with
 * their moments. The cluster is read from the trace. So any moment can be shown without running
 * again. It stands beside the live lab and touches neither that nor the journal.
 */
export class Tape {
  /** Number of the last input it has run. */
  lastSeq = 0
  private readonly screens = new Map<string, ScreenTape[]>()
  private readonly order: ScreenTape[] = []
  private readonly filesThen: FilesThen[] = []
  private filesChanged = true
  private room = serverLimits.tapeChars
  private parts = serverLimits.tapeParts
  /** From here on too much happened to be kept: later moments are run again. */
  private fullAt = Infinity

  private constructor(readonly start: LabStart, readonly sim: SimulatedLab) {
    sim.onOutput((output) => this.hear(output))
    sim.onFilesChanged(() => { this.filesChanged = true })
    this.note()
  }

  static async begin(simulators: Simulators, first: StoredInput | undefined): Promise<Tape> {
    const start = startOf(first)
    const newLab = await simulators.load(start.simulatorVersion)
    return new Tape(start, newLab(start))
  }

  get endMillis(): number {
    return this.sim.nowMillis
  }

  /** Runs further inputs, then on to `endMillis`; `giveWay` lets other labs have their turn. */
  async runOn(
    inputs: readonly StoredInput[], endMillis: number, giveWay: () => Promise<void>,
  ): Promise<void> {
    for (const input of inputs) {
      await this.passTo(input.atMillis, giveWay)
      this.lastSeq = input.seq
      if (input.kind === 'clock-mark' || input.kind === 'start') continue
      this.sim.apply({ seq: input.seq, atMillis: input.atMillis, body: bodyOf(input) })
      this.note()
    }
    await this.passTo(endMillis, giveWay)
  }

  /** The moment as it was; undefined: it is not kept, and must be run again. */
  view(atMillis: number): PastView | undefined {
    if (atMillis >= this.endMillis) return this.present()
    if (atMillis >= this.fullAt) return undefined
    const files = this.filesThen.findLast(({ at }) => at <= atMillis)?.files ?? []
    const tabs = this.order.flatMap((screen) => {
      const text = screen.at(atMillis)
      return text === undefined ? [] : [{ tab: screen.tab, text }]
    })
    return { atMillis, tabs, files, cluster: this.sim.look(atMillis) }
  }

  /** Where it stands now. */
  present(): PastView {
    const { sim } = this
    return {
      atMillis: sim.nowMillis, files: sim.files(), cluster: sim.look(),
      tabs: sim.tabs.map((tab) => ({ tab, text: lastLines(sim.output(tab, 0).text) })),
    }
  }

  /** Moment by moment: what changed in one must be noted before the next begins. */
  private async passTo(target: number, giveWay: () => Promise<void>): Promise<void> {
    const { sim } = this
    for (;;) {
      const due = sim.nextDue()
      const next = due === undefined || due > target ? target : due
      while (!sim.advance(next, serverLimits.stepsPerSlice)) await giveWay()
      this.note()
      if (next >= target) return
      await giveWay()
    }
  }

  private hear({ tab, text }: TerminalOutput): void {
    if (this.fullAt < Infinity) return
    this.room -= text.length
    this.parts--
    this.openScreen(tab).hear(this.sim.nowMillis, text)
    this.checkRoom()
  }

  /** Notes which terminals there are, and the files if they have changed. */
  private note(): void {
    if (this.fullAt < Infinity) return
    const { tabs, nowMillis } = this.sim
    for (const tab of tabs) this.openScreen(tab)
    for (const [tab, lives] of this.screens) {
      if (!tabs.includes(tab)) lives.at(-1)?.close(nowMillis)
    }
    if (this.filesChanged) this.noteFiles()
    this.checkRoom()
  }

  private noteFiles(): void {
    this.filesChanged = false
    const before = new Map(this.filesThen.at(-1)?.files.map((file) => [file.path, file]))
    const files = this.sim.files().map((file) => {
      const same = before.get(file.path)
      if (same?.hash === file.hash) return same
      this.room -= file.text.length
      return file
    })
    this.parts -= 1 + files.length
    this.filesThen.push({ at: this.sim.nowMillis, files })
  }

  private openScreen(tab: string): ScreenTape {
    const lives = this.screens.get(tab) ?? []
    const last = lives.at(-1)
    if (last?.isOpen) return last
    const screen = new ScreenTape(tab, this.sim.nowMillis)
    this.screens.set(tab, [...lives, screen])
    this.order.push(screen)
    this.parts--
    return screen
  }

  private checkRoom(): void {
    if (this.room < 0 || this.parts < 0) this.fullAt = this.sim.nowMillis
  }
}
