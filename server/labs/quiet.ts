import type { Entry } from '../../simulator/trace/entries.ts'
import { serverLimits } from './limits.ts'
import type { Pace } from './pace.ts'

/** A pod that is on its way somewhere; back-off is not: it may go on for ever. */
const onItsWay = /^(Terminating|Pending|ContainerCreating|PodInitializing|Init:\d+\/\d+)$/

/** Commands that wait for a thing to happen, and then end. */
const waits = /(^|[\s;&|(])(sleep|wait|delete|rollout)\b/
/** … but not those that go on, or that wait for keys. */
const goesOn = /(^|[\s;&|(])(while|until|for|watch|exec|attach)\b|\s(-w|--watch|-[it]{1,2})\b/

/** Reads the trace for the one question: does somebody wait while nothing happens? */
export class Quiet {
  private readonly commands = new Map<string, string>()
  private readonly pods = new Set<string>()
  private lastMillis = 0
  private isInVain = false
  private keyWallMillis = -Infinity

  take(entry: Entry, isDrawn: boolean): void {
    if (isDrawn || entry.kind === 'input') {
      this.lastMillis = entry.at
      this.isInVain = false
    }
    if (entry.kind === 'command') this.commands.set(entry.tab, entry.line)
    if (entry.kind === 'command-end') this.commands.delete(entry.tab)
    if (entry.kind === 'input' && entry.input === 'tab-close') this.commands.delete(entry.summary)
    if (entry.kind !== 'pod-status') return
    if (onItsWay.test(entry.status)) this.pods.add(entry.podUid)
    else this.pods.delete(entry.podUid)
  }

  keyPressed(wallMillis: number): void {
    this.keyWallMillis = wallMillis
  }

  /** A skip has found nothing: the next one waits until something happens. */
  wasInVain(): void {
    this.isInVain = true
  }

  /** Wall time until this stretch is long enough to be left out; Infinity: as things stand, never. */
  skippableAfter(pace: Pace, wallMillis: number): number {
    if (!pace.skipsQuiet || this.isInVain || !this.isWaiting) return Infinity
    const quiet = pace.wallMillisUntil(this.lastMillis + serverLimits.quietMillis)
    const keysRest = this.keyWallMillis + serverLimits.quietMillis - wallMillis
    return Math.max(quiet ?? Infinity, keysRest)
  }

  private get isWaiting(): boolean {
    if (this.pods.size > 0) return true
    for (const line of this.commands.values())
      if (waits.test(line) && !goesOn.test(line)) return true
    return false
  }
}
